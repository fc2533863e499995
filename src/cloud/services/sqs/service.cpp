#include "cloud/services.h"
#include "cloud/services/sqs/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &sqs::kDeleteOperations, &sqs::kMoveTaskOperations, &sqs::kPermissionOperations,
    &sqs::kQueueOperations,  &sqs::kReceiveOperations,  &sqs::kSendOperations,
    &sqs::kTagOperations,
};
// The clients that speak it are older than move tasks.
constexpr const Family* kQueryFamilies[] = {
    &sqs::kDeleteOperations,  &sqs::kPermissionOperations, &sqs::kQueueOperations,
    &sqs::kReceiveOperations, &sqs::kSendOperations,       &sqs::kTagOperations,
};

}  // namespace

constinit const Service kSqsService{.model = "sqs", .families = kFamilies};
constinit const Service kSqsQueryService{.model = "sqs-query", .families = kQueryFamilies};

}  // namespace trunkline::cloud
