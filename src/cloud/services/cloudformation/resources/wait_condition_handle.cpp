// AWS::CloudFormation::WaitConditionHandle: an address that takes signals; it is what Ref gives.
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/resources/signals.h"
#include "cloud/services/cloudformation/resources/slots.h"

namespace trunkline::cloud::cloudformation {
namespace {

net::aw<Answer<MadeResource>> Create(WaitContext context, ResourceOrder order) {
  MadeResource made;
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    bool fresh = false;
    made.physical_id = OpenSlot(state, order.token, true, fresh).url;
    return json::Object();
  }));
  order.created(made.physical_id);
  co_return made;
}

net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    const std::string token = TokenOfUrl(order.physical_id);
    DropSignals(state, token);
    CloseSlot(state, token);
    return json::Object();
  }));
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kWaitConditionHandleType{
    .name = "AWS::CloudFormation::WaitConditionHandle",
    .properties = {},
    .attributes = {},
    .create = Create,
    .update = nullptr,
    .remove = Remove};

}  // namespace trunkline::cloud::cloudformation
