#include "cloud/execute_api/access_log.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/execute_api/variables.h"

namespace trunkline::cloud::execute_api {
namespace {

std::string Member(const json::Object& settings, std::string_view upper, std::string_view lower) {
  return std::string(settings.Has(upper) ? settings.GetString(upper) : settings.GetString(lower));
}

// What has no value is a dash, as in the logs of web servers.
std::string Value(const ApiCall& call, const net::Response& response, Milliseconds took,
                  std::string_view name) {
  if (name == "status") return std::to_string(response.status);
  if (name == "responseLength") return std::to_string(response.body.size());
  if (name == "responseLatency" || name == "integrationLatency")
    return std::to_string(took.count());
  return ContextVariable(call, name).value_or("-");
}

std::string Line(const ApiCall& call, const net::Response& response, Milliseconds took,
                 std::string_view format) {
  constexpr std::string_view kMark = "$context.";
  std::string line;
  for (std::size_t at = format.find(kMark); at != std::string_view::npos; at = format.find(kMark)) {
    line += format.substr(0, at);
    format.remove_prefix(at + kMark.size());
    std::size_t end = 0;
    while (end < format.size() && (std::isalnum(static_cast<unsigned char>(format[end])) != 0 ||
                                   format[end] == '.' || format[end] == '_' || format[end] == '-'))
      ++end;
    line += Value(call, response, took, format.substr(0, end));
    format.remove_prefix(end);
  }
  return line + std::string(format);
}

// Creating what is there already is fine.
bool Fails(const Answer<>& answer) {
  return !answer && answer.error().code != "ResourceAlreadyExistsException";
}

}  // namespace

void WriteAccessLog(const WaitContext& context, const json::Object& settings, const ApiCall& call,
                    const net::Response& response, Milliseconds took) {
  const auto arn = ParseArn(Member(settings, "DestinationArn", "destinationArn"));
  constexpr std::string_view kGroup = "log-group:";
  if (!arn || arn->service != "logs" || !arn->resource.starts_with(kGroup)) return;
  std::string group = arn->resource.substr(kGroup.size());
  if (group.ends_with(":*")) group.resize(group.size() - 2);
  json::Object stream{{"logGroupName", group}};
  // One stream for a stage: its name tells nothing of the API, as AWS's do.
  stream.Set("logStreamName", ToHex(Md5(call.api_id + "/" + call.stage)));
  json::Object put = stream;
  json::Object event{{"timestamp", call.time.time_since_epoch().count()}};
  event.Set("message", Line(call, response, took, Member(settings, "Format", "format")));
  put.Set("logEvents", json::Array{std::move(event)});
  if (Fails(context.Dispatch("logs", "CreateLogStream", stream)) ||
      Fails(context.Dispatch("logs", "PutLogEvents", put)))
    context.log().Warn("the access log of API '{}' could not be written to '{}'", call.api_id,
                       group);
}

}  // namespace trunkline::cloud::execute_api
