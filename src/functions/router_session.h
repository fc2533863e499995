// Session: one invocation of the router: what it may ask, and for how long.
#pragma once

#include <string>

#include "base/clock.h"
#include "functions/function.h"
#include "functions/router_settings.h"
#include "net/http.h"

namespace trunkline::functions::router {

// GitHub waits 10 s for an answer; the way there and a cold start are part of it.
inline constexpr Milliseconds kPushTime{8000};
// Nobody waits for a reconciliation but the function's own time limit.
inline constexpr Milliseconds kReconcileTime{25000};

class Session {
 public:
  Session(const FunctionWorld& world, Settings settings, Milliseconds time)
      : world_(world), settings_(std::move(settings)), end_(world.clock.Now() + time) {}

  const Settings& settings() const { return settings_; }
  Clock& clock() const { return world_.clock; }
  Log& log() const { return world_.log; }
  Memory& memory() const { return world_.memory; }

  // One call of AWS; given up when it takes more than its share of the time.
  net::aw<Result<json::Object>> Call(std::string service, std::string operation,
                                     json::Object input) const;
  // One GET of GitHub's REST API below settings().github_api, with a token if there is one.
  net::aw<Result<net::Response>> AskGithub(std::string path, std::string token) const;

 private:
  Milliseconds Left(Milliseconds share) const;

  const FunctionWorld& world_;
  Settings settings_;
  TimePoint end_;
};

}  // namespace trunkline::functions::router
