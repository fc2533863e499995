// AWS::Connect::PredefinedAttribute.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"AttributeConfiguration InstanceArn*^ Name*^ Purposes Values">();

constexpr auto kAttributes = Words<"LastModifiedRegion LastModifiedTime">();

constexpr Change kChanges[] = {
    {"UpdatePredefinedAttribute", "Values Purposes AttributeConfiguration"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::PredefinedAttribute",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreatePredefinedAttribute",
    .describe = "DescribePredefinedAttribute",
    .described = "PredefinedAttribute",
    .remove = "DeletePredefinedAttribute",
    .changes = kChanges,
    .id = "InstanceArn Name",
    .ids_of_arns = true,
};

}  // namespace

constinit const ResourceType kConnectPredefinedAttributeType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
