// What numbers are claimed for.
#include <fmt/format.h>

#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/traffic_groups.h"

namespace trunkline::cloud::connect {

Answer<NumberTarget> FindNumberTarget(Context& context, const json::Object& input) {
  const std::string_view target = input.GetString("TargetArn");
  if (input.Has("InstanceId") == input.Has("TargetArn")) {
    return InvalidParameter("expected either an InstanceId or a TargetArn");
  }
  if (target.find(":traffic-distribution-group/") != std::string_view::npos) {
    TL_TRY(const TrafficGroup found, FindTrafficGroup(context, target));
    if (found.group->body.GetString("Status") == "PENDING_DELETION") {
      return InvalidParameter(
          fmt::format("traffic distribution group '{}' is being deleted", found.group->name));
    }
    TL_TRY(const Record* instance, FindInstance(context, found.group->parent));
    return NumberTarget{.instance = instance, .arn = std::string(target), .is_group = true};
  }
  TL_TRY(const Record* instance,
         FindInstance(context, target.empty() ? input.GetString("InstanceId") : target));
  return NumberTarget{.instance = instance, .arn = InstanceArn(context, instance->id)};
}

Answer<NumberTarget> FindNumberTargetParameter(Context& context, const json::Object& input) {
  Answer<NumberTarget> target = FindNumberTarget(context, input);
  if (!target) return InvalidParameter(target.error().message);
  return target;
}

void SetNumberTarget(const NumberTarget& target, Record& number) {
  number.parent = target.instance->id;
  number.body.Set("TargetArn", target.arn);
  number.body.Remove("InstanceId");
  if (!target.is_group) number.body.Set("InstanceId", target.instance->id);
}

}  // namespace trunkline::cloud::connect
