// AWS::Connect::TestCase.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "InstanceArn* Name* Content* Description Status InitializationData EntryPoint Tags">();

constexpr auto kAttributes = Words<"TestCaseArn LastModifiedRegion LastModifiedTime">();

constexpr Change kChanges[] = {
    {"UpdateTestCase", "Name Content Description Status InitializationData EntryPoint"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::TestCase",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateTestCase",
    .describe = "DescribeTestCase",
    .described = "TestCase",
    .remove = "DeleteTestCase",
    .changes = kChanges,
    .id = "TestCaseArn",
    .keys = "InstanceId TestCaseId",
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "TestCaseArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectTestCaseType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
