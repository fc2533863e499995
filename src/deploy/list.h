// The kinds of resources, dependencies first. Add a line and write src/deploy/resources/<name>.cpp:
// the linker says which is missing.
#pragma once

#include "deploy/resource.h"

#define TL_RESOURCE_KINDS(X) \
  X(Instance)                \
  X(Bucket)                  \
  X(Storage)                 \
  X(Parameter)               \
  X(Hours)                   \
  X(Queue)                   \
  X(Prompt)                  \
  X(Function)                \
  X(FunctionAssociation)     \
  X(Bot)                     \
  X(BotAssociation)          \
  X(ModuleStub)              \
  X(FlowStub)                \
  X(Mapping)                 \
  X(Module)                  \
  X(Flow)

namespace trunkline::deploy {

#define TL_DECLARE_KIND(name) extern const ResourceKind k##name##Kind;
TL_RESOURCE_KINDS(TL_DECLARE_KIND)
#undef TL_DECLARE_KIND

}  // namespace trunkline::deploy
