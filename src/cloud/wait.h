// Waits operations: handlers that are coroutines, because they wait for a process, a timer or
// another operation.
//
// They run on the loop thread, many at a time, and hold no pointer into the store while they wait:
// state is touched only inside State() and Dispatch(), each in a transaction of its own.
//
//   net::aw<Answer<>> Invoke(WaitContext context, json::Object input) { ... }
//   constexpr WaitHandler kInvoke{Invoke};
//   constexpr Operation kOperations[] = {{.name = "Invoke", .wait = &kInvoke}};
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/environment.h"
#include "base/json.h"
#include "base/log.h"
#include "cloud/context.h"
#include "cloud/operation.h"
#include "cloud/timers.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::cloud {

struct Engine;  // cloud/engine.h: the parts of a running cloud, joined

// What a waits handler sees. A value that is cheap to copy; it outlives every handler of its cloud.
class WaitContext {
 public:
  WaitContext(Engine& engine, Caller caller, std::string region, std::string request_id,
              std::shared_ptr<const net::Request> request = nullptr);

  // Runs `work` in one transaction: a state operation without a name. Never waits.
  Answer<> State(const std::function<Answer<>(Context&)>& work) const;
  // A state operation in a transaction of its own, at once.
  Answer<> Dispatch(std::string_view service, std::string_view operation,
                    const json::Object& input) const;
  // Any operation, state or waits; as our caller in our Region, unless `As` says otherwise.
  net::aw<Answer<>> Call(std::string service, std::string operation, json::Object input) const;
  // The same context as somebody else, or in another Region.
  WaitContext As(Caller caller, std::string region) const;

  // On the injected clock.
  net::aw<void> Sleep(Milliseconds duration) const;
  // Runs `work` on a worker thread: hashing and zipping of large bodies. It must touch no state.
  net::aw<void> OnWorker(std::function<void()> work) const;

  // Everything a child process (a function, a build) needs to call this cloud as `role`'s session,
  // and nothing of the user's own environment: AWS_* credentials, Region, AWS_ENDPOINT_URL, PATH, a
  // proxy that refuses everything but loopback. An empty role_arn gives the account's root
  // credentials. Error: the role does not exist.
  Answer<std::map<std::string, std::string>> ChildEnvironment(std::string_view role_arn,
                                                              std::string_view session_name) const;

  net::Loop& loop() const;
  Timers& timers() const;
  const Clock& clock() const;
  Random& random() const;
  Log& log() const;
  Objects& objects()
      const;  // Stage, Read and what else any thread may call; Keep and Drop only within State
  const Caller& caller() const { return caller_; }
  const std::string& region() const { return region_; }
  const std::string& request_id() const { return request_id_; }
  const std::string& endpoint() const;
  const std::string& data_folder()
      const;  // private files of services; a temporary one with --ephemeral
  const net::Request* request() const { return request_.get(); }  // null when called from within
  Reply& reply() const { return *reply_; }
  Engine& engine() const { return *engine_; }

 private:
  Engine* engine_;
  Caller caller_;
  std::string region_;
  std::string request_id_;
  std::shared_ptr<const net::Request> request_;
  std::shared_ptr<Reply> reply_;  // shared by the handler and whoever sends the answer
};

struct WaitHandler {
  net::aw<Answer<>> (*run)(WaitContext context, json::Object input);
};

}  // namespace trunkline::cloud
