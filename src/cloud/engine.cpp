#include "cloud/engine.h"

#include <optional>
#include <utility>

#include "cloud/access/enforce.h"
#include "cloud/access/usage.h"
#include "cloud/faults.h"

namespace trunkline::cloud {
namespace {

// The policies that were read for calls before this one.
class KnownPolicies final : public Resident {
 public:
  explicit KnownPolicies(Engine&) {}
  access::PolicyCache cache;
};

}  // namespace

Answer<> Engine::State(const Caller& caller, std::string_view region, std::string_view request_id,
                       const net::Request* request, Reply& reply,
                       const std::function<Answer<>(Context&)>& work) {
  Context context{.store = store,
                  .objects = objects,
                  .jobs = jobs,
                  .dispatch = dispatch,
                  .clock = clock,
                  .real_clock = real_clock,
                  .random = random,
                  .caller = caller,
                  .region = region,
                  .request_id = request_id,
                  .endpoint = endpoint,
                  .reply = reply,
                  .request = request,
                  .settings = settings};
  std::optional<Answer<>> answer;
  const auto done = store.Transact([&] {
    answer.emplace(work(context));
    return answer->ok();
  });
  if (!done) return done.error();
  return std::move(*answer);
}

Answer<void> Engine::Permit(const Caller& caller, std::string_view region,
                            std::string_view request_id, const net::Request* request,
                            const Route& route, const json::Object& input) {
  if (fault) TL_DO(fault(route.model->service, route.row->name));
  TL_DO(MeetFault(*this, caller, region, route));
  const bool itself = caller.access_key_id.empty() && !caller.acts_in_role;
  if (!settings.enforce_iam || itself) return {};
  Reply dropped;
  access::PolicyCache& cache = Get<KnownPolicies>().cache;
  Answer<> answer =
      State(caller, region, request_id, request, dropped, [&](Context& context) -> Answer<> {
        TL_DO(access::CheckAccess(context, cache, route, input));
        return json::Object();
      });
  if (answer) return {};
  ServiceError denied = std::move(answer).error();
  log.Warn("{}; {}", denied.message, denied.members.GetString(access::kDetail));
  denied.members.Remove(access::kDetail);
  return denied;
}

Result<void> Engine::Reset() {
  for (const auto& [type, resident] : residents) resident->Reset();
  if (access::Usage* usage = dispatch.usage()) usage->Forget();
  TL_DO(store.Reset());
  TL_DO(objects.Reset());
  jobs.Resume();
  return {};
}

}  // namespace trunkline::cloud
