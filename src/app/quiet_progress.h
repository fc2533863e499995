// A delivery that nobody watches; what went wrong is kept.
#pragma once

#include <string>

#include "deploy/progress.h"

namespace trunkline::app {

class QuietProgress final : public deploy::Progress {
 public:
  void Started(const deploy::Target&, const deploy::Change&) override {}
  void Done(const deploy::Target&, const deploy::Change&) override {}
  void Failed(const deploy::Target&, const deploy::Change&, const Error& error) override {
    errors_ += error.ToText() + "\n";
  }
  const std::string& errors() const { return errors_; }

 private:
  std::string errors_;
};

}  // namespace trunkline::app
