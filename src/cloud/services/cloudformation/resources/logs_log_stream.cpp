// AWS::Logs::LogStream.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

json::Object KeysOfStream(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("LogStreamName", order.physical_id);
  keys.Set("LogGroupName", order.properties.GetString("LogGroupName"));
  return keys;
}

constexpr auto kProperties = Properties<"LogGroupName*^ LogStreamName^">();

constexpr Name kNames[] = {
    {"LogStreamName", "logStreamNamePrefix"},
};

constexpr Mapping kMapping{
    .type = "AWS::Logs::LogStream",
    .properties = kProperties,
    .service = "logs",
    .create = "CreateLogStream",
    .describe = "DescribeLogStreams",
    .described = "logStreams",
    .remove = "DeleteLogStream",
    .id = "LogStreamName",
    .names = kNames,
    .naming = {.property = "LogStreamName", .limit = 512},
    .keys_of = KeysOfStream,
};

}  // namespace

constinit const ResourceType kLogsLogStreamType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
