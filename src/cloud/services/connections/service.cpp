// CodeConnections, and CodeStar Connections as it was called before.
#include "cloud/services.h"
#include "cloud/services/connections/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kNewFamilies[] = {&connections::kConnectionOperations,
                                          &connections::kHostOperations,
                                          &connections::kTagOperations};
constexpr const Family* kOldFamilies[] = {&connections::kStarConnectionOperations,
                                          &connections::kStarHostOperations,
                                          &connections::kTagOperations};

}  // namespace

constinit const Service kCodeConnectionsService{.model = "codeconnections",
                                                .families = kNewFamilies};
constinit const Service kCodeStarConnectionsService{.model = "codestar-connections",
                                                    .families = kOldFamilies};

}  // namespace trunkline::cloud
