// Flow modules: what their operations share.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// The module named by input's InstanceId and ContactFlowModuleId; a qualifier behind the id ("3",
// an alias, "$LATEST") is given back.
struct ModuleRequest {
  const Record* module = nullptr;
  std::string qualifier;
};
Answer<ModuleRequest> FindModule(Context& context, const json::Object& input);

// The content that a qualifier means: a version, an alias, "$LATEST" or nothing for the current
// one.
Answer<const Record*> FindModuleContent(Context& context, const Record& module,
                                        std::string_view qualifier);

// The version the input names, or ResourceNotFoundException.
Answer<const Record*> FindModuleVersion(Context& context, const Record& module,
                                        std::int64_t version);

// "{}" or {"input": {"schema"}, "resultData": {"schema"}, "transitions": {"results": [{"name",
// "description"}]}} with at most 8 results: the contract callers of the module keep to.
Answer<void> CheckModuleSettings(std::string_view settings);

}  // namespace trunkline::cloud::connect
