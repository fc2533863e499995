#include "cloud/services.h"
#include "cloud/services/lexv2_runtime/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {&lexv2_runtime::kRecognizeOperations,
                                       &lexv2_runtime::kSessionOperations};

}  // namespace

constinit const Service kLexv2RuntimeService{.model = "lexv2-runtime", .families = kFamilies};

}  // namespace trunkline::cloud
