// Waiting for something that another party does: a function's answer, a signal, a nested stack.
//
// It asks again after a pause that grows from 5 ms to half a second: what is quick is not held up,
// and a wait of an hour costs little. All of it is in the store, so a restart goes on asking.
#pragma once

#include <algorithm>

#include "cloud/wait.h"

namespace trunkline::cloud::cloudformation {

class Pauses {
 public:
  net::aw<void> Next(WaitContext context) {
    const Milliseconds pause = pause_;
    pause_ = std::min(pause_ + pause_ / 2 + Milliseconds(1), Milliseconds(500));
    co_await context.Sleep(pause);
  }

 private:
  Milliseconds pause_{5};
};

}  // namespace trunkline::cloud::cloudformation
