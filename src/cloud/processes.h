// Child processes that a coroutine waits for, on the loop, with limits of time and output.
//
// Time limits are real time: a child process knows no other. When the cloud stops while a coroutine
// waits, the coroutine is destroyed and the process (with its whole group) is ended.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/subprocess.h"
#include "net/async.h"

namespace trunkline::cloud {

struct ProcessLimits {
  std::chrono::milliseconds time{60'000};  // then the group is killed
  std::uint64_t output = 16U << 20U;       // bytes of stdout that are kept; of stderr 64 KB
  // Called on the loop with what comes on stdout and stderr, as it comes; the output is then not
  // kept. For logs.
  std::function<void(std::string_view text)> on_output;
};

struct ProcessEnd {
  int exit_code = 0;  // 128 + signal when a signal ended it
  bool timed_out = false;
  bool truncated = false;  // stdout had more than `limits.output`; the process was killed for it
  std::string out;
  std::string err;  // the first 64 KB
};

// Starts `spec` (its `input` is written to standard input) and waits for its end. The error: it
// could not be started.
net::aw<Result<ProcessEnd>> RunToEnd(net::Loop& loop, ProcessSpec spec, ProcessLimits limits);

}  // namespace trunkline::cloud
