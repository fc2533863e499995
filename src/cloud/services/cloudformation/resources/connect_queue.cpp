// AWS::Connect::Queue.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddType(const WaitContext& /*context*/, const ResourceOrder& /*order*/, json::Object& known) {
  known.Set("Type", "STANDARD");
}

constexpr auto kProperties = Properties<
    "AdditionalEmailAddresses~ Description HoursOfOperationArn* InstanceArn* MaxContacts "
    "Name* OutboundCallerConfig OutboundEmailConfig QuickConnectArns Status Tags">();

constexpr auto kAttributes = Words<"QueueArn Type">();

constexpr Name kNames[] = {
    {"AdditionalEmailAddresses", "EmailAddressesConfig"},
};

constexpr Change kChanges[] = {
    {"UpdateQueueName", "Name Description"},
    {"UpdateQueueHoursOfOperation", "HoursOfOperationArn"},
    {"UpdateQueueMaxContacts", "MaxContacts"},
    {"UpdateQueueOutboundCallerConfig", "OutboundCallerConfig"},
    {"UpdateQueueOutboundEmailConfig", "OutboundEmailConfig"},
    {"UpdateQueueStatus", "Status"},
};

constexpr Members kMembers[] = {
    {.property = "QuickConnectArns",
     .add = "AssociateQueueQuickConnects",
     .remove = "DisassociateQueueQuickConnects",
     .member = "QuickConnectArns"},
    {.property = "AdditionalEmailAddresses",
     .add = "AssociateQueueEmailAddresses",
     .remove = "DisassociateQueueEmailAddresses",
     .key = "EmailAddressArn",
     .member = "AdditionalEmailAddresses",
     .removed = "EmailAddressesId",
     .part = "EmailAddressArn"},
};

constexpr Reading kReadings[] = {
    {"QuickConnectArns", "ListQueueQuickConnects", "QuickConnectSummaryList[].Arn"},
};

constexpr Fallback kFallbacks[] = {
    {"OutboundCallerConfig", R"({})"},
    {"Status", R"("ENABLED")"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::Queue",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateQueue",
    .describe = "DescribeQueue",
    .described = "Queue",
    .remove = "DeleteQueue",
    .changes = kChanges,
    .members = kMembers,
    .readings = kReadings,
    .id = "QueueArn",
    .keys = "InstanceId QueueId",
    .names = kNames,
    .fallbacks = kFallbacks,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "QueueArn",
    .complete = AddType,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectQueueType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
