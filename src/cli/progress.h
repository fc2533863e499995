// Shows a delivery while it runs, a line per change, on stderr; colour only on a terminal.
#pragma once

#include "cli/world.h"
#include "deploy/progress.h"

namespace trunkline::cli {

class LineProgress final : public deploy::Progress {
 public:
  explicit LineProgress(Output& out) : out_(out) {}
  void Started(const deploy::Target& target, const deploy::Change& change) override;
  void Done(const deploy::Target& target, const deploy::Change& change) override;
  void Failed(const deploy::Target& target, const deploy::Change& change,
              const Error& error) override;

 private:
  void Line(std::string_view mark, std::string_view colour, const deploy::Target& target,
            const deploy::Change& change);
  Output& out_;
};

}  // namespace trunkline::cli
