#include "cloud/services.h"
#include "cloud/services/sns/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &sns::kMessageSettingOperations, &sns::kPermissionOperations, &sns::kPublishOperations,
    &sns::kSubscriptionOperations,   &sns::kTagOperations,        &sns::kTopicOperations,
};

}  // namespace

constinit const Service kSnsService{.model = "sns", .families = kFamilies};

}  // namespace trunkline::cloud
