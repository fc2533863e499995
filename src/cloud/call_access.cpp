#include "cloud/call_access.h"

#include "cloud/access/enforce.h"
#include "cloud/context_as.h"

namespace trunkline::cloud {
namespace {

// Within an operation that waits a session acts as the operation; its ARN is still its own.
bool IsCloud(const Caller& caller) {
  return caller.access_key_id.empty() && !caller.acts_in_role && caller.arn.ends_with(":root");
}

}  // namespace

Answer<void> CheckCall(Context& context, const Caller& caller, std::string_view service,
                       std::string_view operation, const json::Object& input) {
  if (!context.settings.enforce_iam || IsCloud(caller)) return {};
  TL_TRY(const Route route, context.dispatch.Find(service, operation));
  Reply dropped;
  Context as_caller = ContextAs(context, caller, context.region, dropped);
  access::PolicyCache cache;
  const Answer<void> may = access::CheckAccess(as_caller, cache, route, input);
  // Without what is for the log alone.
  if (!may) return ServiceError(may.error().code, may.error().message);
  return {};
}

}  // namespace trunkline::cloud
