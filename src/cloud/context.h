// Context: what a state handler sees. Made by the dispatch for one call, gone after it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "cloud/operation.h"
#include "cloud/store.h"
#include "net/http.h"

namespace trunkline::cloud {

class Dispatch;  // cloud/dispatch.h: finds and runs operations
class Jobs;      // cloud/jobs.h: work that goes on after the answer
class Objects;   // cloud/objects.h: bodies too large for a record

// Who calls: the account, and the identity as STS names it.
struct Caller {
  std::string account;  // 12 digits
  std::string
      arn;  // "arn:aws:iam::123456789012:root", "arn:aws:sts::...:assumed-role/Name/Session"
  std::string user_id;        // the account; or the role's id, ':' and the session's name
  std::string access_key_id;  // empty: the cloud itself (jobs, calls between services)
  std::string session_name;   // of an assumed role, else empty
  // A service that acts in a role: its calls from within need that role's permissions, too.
  bool acts_in_role = false;
};

// What an answer carries beside the operation's output; empty for almost all of them.
struct Reply {
  int status = 0;                     // instead of the model row's (206 for a range)
  net::Headers headers;               // added to the answer's, an error's too
  std::optional<net::FileBody> file;  // sent as the body
};

// What the user may set for services, beside CloudOptions' own.
struct Settings {
  std::size_t connect_instances = 2;  // Connect instances per account and Region (AWS's quota)
  bool enforce_iam = false;           // --enforce-iam: policies decide on every call
  // How long DescribeStacks waits, in the client's time, for a stack under way to end. Tests whose
  // clock stands still set zero.
  Milliseconds stack_linger{200};
};

struct Context {
  Store& store;
  Objects& objects;
  Jobs& jobs;
  Dispatch& dispatch;
  const Clock& clock;       // the injected one: life cycles, schedules, the times records carry
  const Clock& real_clock;  // signatures and the expiry of credentials
  Random& random;
  const Caller& caller;
  std::string_view region;
  std::string_view request_id;
  std::string_view endpoint;  // "http://127.0.0.1:4566": how the cloud names itself
  Reply& reply;               // of the outermost call; a call from within has a blank one
  const net::Request* request =
      nullptr;  // as it came, for headers the model does not know; null when called from within
  Settings settings{};

  // Calls a state operation of any service within the same transaction, as our caller in our
  // Region. The input is checked against the model as the gateway does. What an answer of an error
  // has changed is undone.
  Answer<> Call(std::string_view service, std::string_view operation, const json::Object& input);
  // The same as somebody else, or in another Region.
  Answer<> CallAs(const Caller& other, std::string_view other_region, std::string_view service,
                  std::string_view operation, const json::Object& input);

  Scope RegionScope() const { return {caller.account, std::string(region)}; }
  Scope AccountScope() const { return {caller.account, ""}; }
  static Scope GlobalScope() { return {}; }
  TimePoint Now() const { return clock.Now(); }
};

}  // namespace trunkline::cloud
