// AWS::Connect::ApprovedOrigin.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"InstanceId*^ Origin*^">();

constexpr Mapping kMapping{
    .type = "AWS::Connect::ApprovedOrigin",
    .properties = kProperties,
    .service = "connect",
    .create = "AssociateApprovedOrigin",
    .remove = "DisassociateApprovedOrigin",
    .id = "InstanceId Origin",
    .ids_of_arns = true,
};

}  // namespace

constinit const ResourceType kConnectApprovedOriginType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
