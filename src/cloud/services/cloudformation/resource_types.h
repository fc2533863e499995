// The resource types stacks know: one file each in resources/, which defines
// `constinit const ResourceType k<Name>Type`; add a line here, alphabetically. Listed but not
// written: the linker names what is missing. Written but not listed: a test does.
#pragma once

#include <span>

#include "cloud/services/cloudformation/resource_type.h"

// clang-format off: a line for each, so that additions merge
#define TL_CLOUDFORMATION_TYPES(X) \
  X(CdkMetadata)                   \
  X(CustomResource)                \
  X(Macro)                         \
  X(NestedStack)                   \
  X(SsmParameter)                  \
  X(WaitCondition)                 \
  X(WaitConditionHandle)
// clang-format on

namespace trunkline::cloud::cloudformation {

#define TL_DECLARE_TYPE(name) extern constinit const ResourceType k##name##Type;
TL_CLOUDFORMATION_TYPES(TL_DECLARE_TYPE)
#undef TL_DECLARE_TYPE

// All of the list, in its order.
std::span<const ResourceType* const> AllResourceTypes();
// Null: there is none of this name.
const ResourceType* FindResourceType(std::string_view name);

}  // namespace trunkline::cloud::cloudformation
