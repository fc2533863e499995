// What functions that deliver share: the delivery's world, and an end before Lambda's.
#pragma once

#include "base/clock.h"
#include "deploy/progress.h"
#include "deploy/resource.h"
#include "functions/function.h"

namespace trunkline::functions {

// `world` outlives it.
deploy::DeployWorld DeployWorldOf(const FunctionWorld& world);

// Stops a delivery that has run so long: what is under way ends, nothing new is started. It looks
// at the clock whenever a change begins or ends.
class TimeLimit final : public deploy::Progress {
 public:
  TimeLimit(const Clock& clock, Milliseconds limit) : clock_(clock), end_(clock.Now() + limit) {}
  const bool* stop() const { return &stop_; }

  void Started(const deploy::Target&, const deploy::Change&) override { Look(); }
  void Done(const deploy::Target&, const deploy::Change&) override { Look(); }
  void Failed(const deploy::Target&, const deploy::Change&, const Error&) override { Look(); }

 private:
  void Look() { stop_ = clock_.Now() >= end_; }

  const Clock& clock_;
  TimePoint end_;
  bool stop_ = false;
};

}  // namespace trunkline::functions
