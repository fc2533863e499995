#include "cloud/services.h"
#include "cloud/services/events/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &events::kArchiveOperations,     &events::kBusOperations,        &events::kConnectionOperations,
    &events::kDestinationOperations, &events::kPermissionOperations, &events::kPutOperations,
    &events::kReplayOperations,      &events::kRuleOperations,       &events::kTagOperations,
    &events::kTargetOperations,
};

}  // namespace

constinit const Service kEventsService{.model = "events", .families = kFamilies};

}  // namespace trunkline::cloud
