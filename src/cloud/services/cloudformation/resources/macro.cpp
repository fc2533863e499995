// AWS::CloudFormation::Macro: a name for a function that transforms templates.
#include <fmt/format.h>

#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/macros.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Property kProperties[] = {
    {.name = "Description"},
    {.name = "FunctionName", .required = true},
    {.name = "LogGroupName"},
    {.name = "LogRoleARN"},
    {.name = "Name", .required = true, .create_only = true},
};

Answer<void> Put(const WaitContext& context, const ResourceOrder& order, bool fresh) {
  const std::string name(order.properties.GetString("Name"));
  TL_DO(context.State([&](Context& state) -> Answer<> {
    if (fresh && state.store.Find(state.RegionScope(), kMacro, name))
      return ServiceError("AlreadyExists", fmt::format("Macro {} already exists", name));
    state.store.Put(state.RegionScope(), kMacro,
                    {.id = name, .parent = {}, .name = name, .body = order.properties});
    return json::Object();
  }));
  return {};
}

net::aw<Answer<MadeResource>> Create(WaitContext context, ResourceOrder order) {
  TL_CO_DO(Put(context, order, true));
  MadeResource made;
  made.physical_id = order.properties.GetString("Name");
  order.created(made.physical_id);
  co_return made;
}

net::aw<Answer<MadeResource>> Update(WaitContext context, ResourceOrder order) {
  TL_CO_DO(Put(context, order, false));
  MadeResource made;
  made.physical_id = order.physical_id;
  co_return made;
}

net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    state.store.Delete(state.RegionScope(), kMacro, order.physical_id);
    return json::Object();
  }));
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kMacroType{.name = "AWS::CloudFormation::Macro",
                                        .properties = kProperties,
                                        .attributes = {},
                                        .create = Create,
                                        .update = Update,
                                        .remove = Remove};

}  // namespace trunkline::cloud::cloudformation
