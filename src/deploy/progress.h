// Progress: what a delivery tells while it runs. The command line shows it, tests collect it.
#pragma once

#include <string>

#include "base/result.h"
#include "deploy/plan.h"

namespace trunkline::deploy {

class Progress {
 public:
  virtual ~Progress() = default;
  virtual void Started(const Target& target, const Change& change) = 0;
  virtual void Done(const Target& target, const Change& change) = 0;
  virtual void Failed(const Target& target, const Change& change, const Error& error) = 0;
  // How far a change is that takes minutes.
  virtual void Told(const Target&, const Change&, const std::string& /*what*/) {}
  // What `change` had changed is as it was.
  virtual void Restored(const Target&, const Change&) {}
  virtual void NotRestored(const Target&, const Change&, const Error&) {}
};

}  // namespace trunkline::deploy
