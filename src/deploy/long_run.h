// LongRun: what a change that takes minutes needs of the run it is part of.
#pragma once

#include <string>

namespace trunkline::deploy {

class LongRun {
 public:
  virtual ~LongRun() = default;
  // Between these two the change only waits: it does not count as one of those at once, so that any
  // number can wait side by side.
  virtual void BeginsToWait() = 0;
  virtual void EndsToWait() = 0;
  // Tells how far the change with this Id() is: "version 8 has 10 % of the calls".
  virtual void Tell(const std::string& id, const std::string& what) = 0;
  // The run was stopped, or is to be rolled back: the change shall end soon, and undo itself.
  virtual bool ShouldStop() const = 0;
};

// Waits as long as it lives. Without a run nothing is to be told.
class Waiting {
 public:
  explicit Waiting(LongRun* run) : run_(run) {
    if (run_ != nullptr) run_->BeginsToWait();
  }
  ~Waiting() {
    if (run_ != nullptr) run_->EndsToWait();
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  LongRun* run_;
};

}  // namespace trunkline::deploy
