// AWS::CDK::Metadata: what the CDK says of itself in its templates. It is kept, and is nothing.
#include "base/random.h"
#include "cloud/services/cloudformation/resource_types.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Property kProperties[] = {{.name = "Analytics"}};

net::aw<Answer<MadeResource>> Create(WaitContext, ResourceOrder order) {
  MadeResource made;
  made.physical_id = order.token;
  order.created(made.physical_id);
  co_return made;
}

net::aw<Answer<MadeResource>> Update(WaitContext, ResourceOrder order) {
  MadeResource made;
  made.physical_id = order.physical_id;
  co_return made;
}

net::aw<Answer<void>> Remove(WaitContext, ResourceOrder) {
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kCdkMetadataType{.name = "AWS::CDK::Metadata",
                                              .properties = kProperties,
                                              .attributes = {},
                                              .create = Create,
                                              .update = Update,
                                              .remove = Remove};

}  // namespace trunkline::cloud::cloudformation
