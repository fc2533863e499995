// Amazon DynamoDB, without PartiQL, backups, exports and imports, and tables in several Regions.
#include "cloud/services.h"
#include "cloud/services/dynamodb/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &dynamodb::kBackupOperations,      &dynamodb::kBatchOperations,
    &dynamodb::kChangeTableOperations, &dynamodb::kExpiryOperations,
    &dynamodb::kItemOperations,        &dynamodb::kLimitOperations,
    &dynamodb::kPolicyOperations,      &dynamodb::kReadOperations,
    &dynamodb::kTableOperations,       &dynamodb::kTagOperations,
    &dynamodb::kTransactionOperations};

}  // namespace

constinit const Service kDynamoDbService{.model = "dynamodb", .families = kFamilies};

}  // namespace trunkline::cloud
