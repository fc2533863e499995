// Engine: the parts of a running cloud, joined, as the gateway, jobs and waiting handlers see them.
// Owned by Cloud.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <typeindex>

#include "base/environment.h"
#include "base/log.h"
#include "base/random.h"
#include "cloud/context.h"
#include "cloud/dispatch.h"
#include "cloud/jobs.h"
#include "cloud/objects.h"
#include "cloud/store.h"
#include "cloud/timers.h"
#include "net/async.h"

namespace trunkline::cloud {

// Something a service keeps in memory while the cloud runs (warm processes, contacts): gone with
// the cloud, never the only copy of state.
class Resident {
 public:
  virtual ~Resident() = default;
  virtual void Reset() {}  // everything was forgotten (POST /_trunkline/reset): end what is running
};

struct Engine {
  net::Loop& loop;
  Timers& timers;
  const Clock& clock;       // life cycles and schedules
  const Clock& real_clock;  // signatures and credential expiry: what other processes agree on
  Random& random;
  Log& log;
  const Environment& environment;
  Store& store;
  Objects& objects;
  Jobs& jobs;
  Dispatch& dispatch;
  Settings settings;
  std::string endpoint;      // "http://127.0.0.1:4566"
  std::string data_folder;   // for services' private files; exists
  std::string repositories;  // a folder of git repositories, absolute; empty: none (cloud/git)
  std::function<void(std::function<void()> work)> on_worker;  // runs `work` on a worker thread
  std::map<std::type_index, std::unique_ptr<Resident>> residents;
  // Set by tests: the error a call shall meet instead of being made; none, and it is made.
  std::function<Answer<void>(std::string_view service, std::string_view operation)> fault;

  // Runs `work` in one transaction: committed unless it answers an error. `request` as in Context.
  Answer<> State(const Caller& caller, std::string_view region, std::string_view request_id,
                 const net::Request* request, Reply& reply,
                 const std::function<Answer<>(Context&)>& work);

  // Whether policies (and `fault`) let the call happen: always, unless --enforce-iam. A denial is
  // logged with its reasons. The cloud itself may do everything, but for what a service does in a
  // role.
  Answer<void> Permit(const Caller& caller, std::string_view region, std::string_view request_id,
                      const net::Request* request, const Route& route, const json::Object& input);

  // Forgets everything: records, objects, jobs, what services keep in memory.
  Result<void> Reset();

  // The service's own object of type T (derived from Resident, constructed from Engine&), made when
  // first asked for.
  template <class T>
  T& Get() {
    auto& slot = residents[typeid(T)];
    if (!slot) slot = std::make_unique<T>(*this);
    return static_cast<T&>(*slot);
  }
};

}  // namespace trunkline::cloud
