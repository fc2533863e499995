// Sandbox: one process that runs one version of one function, and the Runtime API it talks to.
//
// The process is `bootstrap` of the zip, or Node.js or Python with our own loop (runtimes/). It
// asks a server of its own on a free loopback port for invocations (AWS Lambda Runtime API
// 2018-06-01), answers one at a time, and stays warm. Time limits are real time: a child process
// knows no other.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/private_mounts.h"
#include "base/result.h"
#include "net/async.h"

namespace trunkline::cloud::lambda {

struct Launch {
  std::vector<std::string> arguments;
  std::map<std::string, std::string> environment;  // AWS_LAMBDA_RUNTIME_API is added
  std::string folder;                              // working folder: the code's
  std::int64_t memory_mb = 128;                    // more resident memory than this ends it
  std::string log_stream;                          // takes the log of all its invocations
  std::vector<PrivateMount> mounts{};              // what it sees elsewhere: its layers at /opt
};

struct Invocation {
  std::string request_id;
  std::string function_arn;
  std::string payload;
  std::string client_context;
  std::chrono::milliseconds limit{3000};
};

struct Outcome {
  std::string payload;  // the answer, or the error's JSON
  bool function_error = false;
  std::string stream_type;  // of an answer that was streamed: what it is
  bool timed_out = false;
  bool alive = true;   // false: the process is gone or was ended
  std::string note;    // what Lambda itself has to say about it, for the log
  std::string output;  // what it wrote to stdout and stderr meanwhile, at most 256 KB
  std::chrono::microseconds duration{0};
  std::int64_t peak_memory_mb = 0;
};

class Sandbox {
 public:
  // Starts the process; it initialises while the first invocation waits. Errors: the program is not
  // there.
  static Result<std::shared_ptr<Sandbox>> Start(net::Loop& loop, Launch launch, Log& log);
  ~Sandbox();

  // One at a time.
  net::aw<Outcome> Invoke(Invocation invocation);
  bool alive() const;
  const std::string& log_stream() const;
  void Kill();

 private:
  struct State;
  explicit Sandbox(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;  // shared with the server's sessions and the readers of its output
};

}  // namespace trunkline::cloud::lambda
