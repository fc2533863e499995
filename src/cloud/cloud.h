// Cloud: the embedded AWS, as `trunkline up` and tests hold it.
//
//   TL_TRY(auto cloud, Cloud::Open(options, world));
//   TL_DO(cloud->Start());            // answers from now on, when the loop runs
//   loop.run();
//
// Everything runs on the loop's thread but what handlers send to worker threads.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/environment.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "cloud/admin.h"
#include "cloud/context.h"
#include "cloud/engine.h"
#include "cloud/jobs.h"
#include "cloud/operation.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::cloud {

struct CloudOptions {
  std::string data;  // the folder of the state; empty: in memory (--ephemeral)
  std::string address = "127.0.0.1";
  std::uint16_t port = 4566;        // 0: a free one
  bool require_signatures = false;  // --require-signatures
  bool realistic_delays = false;    // --realistic-delays
  std::string repositories;         // --repositories: a folder of git repositories, absolute
  Settings settings;
  // Empty: all that are linked in. Tests give their own.
  std::span<const Service* const> services;
  std::span<const JobKind* const> job_kinds;
};

// What a cloud needs from outside; all of it outlives the cloud.
struct CloudWorld {
  net::Loop& loop;
  Timers& timers;
  const Clock& clock;  // what `timers` goes by
  const Clock& real_clock;
  Random& random;
  Log& log;
  const Environment& environment;  // PATH and the like, for children; never handed on as a whole
};

class Cloud {
 public:
  // Opens the store and takes up the jobs in it; nothing listens yet.
  static Result<std::unique_ptr<Cloud>> Open(CloudOptions options, CloudWorld world);
  ~Cloud();
  Cloud(const Cloud&) = delete;
  Cloud& operator=(const Cloud&) = delete;

  Result<void> Start();  // listens; a port in use is ErrorKind::kConflict
  void Stop();           // no new connections; requests under way are answered

  std::uint16_t port() const;           // 0 until started
  const std::string& endpoint() const;  // "http://127.0.0.1:4566"

  // What the server calls, for tests that need no socket.
  net::aw<net::Response> Handle(net::Request request);
  // Any operation, without HTTP: for contacts, the console and tests.
  net::aw<Answer<>> Call(Caller caller, std::string region, std::string service,
                         std::string operation, json::Object input);
  Result<void> Reset();  // forgets everything: POST /_trunkline/reset
  Engine& engine();

 private:
  struct State;
  explicit Cloud(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace trunkline::cloud
