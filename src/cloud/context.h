// Context: what a state handler sees. Made by the gateway for one call, gone after it.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "cloud/operation.h"
#include "cloud/store.h"

namespace trunkline::cloud {

class Jobs;  // cloud/jobs.h: work that goes on after the answer

// Who calls: the account, and the identity as STS names it.
struct Caller {
  std::string account;         // 12 digits
  std::string arn;             // "arn:aws:iam::123456789012:root", "arn:aws:sts::...:assumed-role/Name/Session"
  std::string user_id;
  std::string access_key_id;
  std::string session_name;
};

struct Context {
  Store& store;
  const Clock& clock;
  Random& random;
  Jobs& jobs;
  const Caller& caller;
  std::string_view region;
  std::string_view request_id;
  std::string_view endpoint;      // "http://127.0.0.1:4566": how the cloud names itself
  // Calls a state operation of any service within the same transaction, as the given caller (default: ours).
  Answer<> (*call)(Context&, std::string_view service, std::string_view operation, const json::Object& input);

  Answer<> Call(std::string_view service, std::string_view operation, const json::Object& input) {
    return call(*this, service, operation, input);
  }
  Scope RegionScope() const { return {caller.account, std::string(region)}; }
  Scope AccountScope() const { return {caller.account, ""}; }
  TimePoint Now() const { return clock.Now(); }
};

}  // namespace trunkline::cloud
