#include <fmt/format.h>

#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

// The API's text: "This API only supports creating versions for flows of type Campaign."
Answer<void> CheckVersionable(const Record& flow, const json::Object& input) {
  if (flow.body.GetString("Type") != "CAMPAIGN") {
    return InvalidRequest(
        fmt::format("only flows of the type CAMPAIGN have versions, flow '{}' has the type {}",
                    flow.name, flow.body.GetString("Type")));
  }
  for (const std::string_view member :
       {"ContactFlowVersion", "LastModifiedTime", "LastModifiedRegion"}) {
    if (input.Has(member)) {
      return InvalidRequest(fmt::format(
          "the embedded cloud does not implement {} in CreateContactFlowVersion", member));
    }
  }
  return {};
}

Answer<> CreateContactFlowVersion(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  TL_DO(CheckVersionable(*request.flow, input));
  const Record* latest = FindContent(context, kFlowContent, request.flow->id, kLatest);
  if (latest == nullptr) {
    return InvalidRequest(
        fmt::format("flow '{}' is not published: only what is published becomes a version",
                    request.flow->name));
  }
  const std::string_view expected = input.GetString("FlowContentSha256");
  if (!expected.empty() && expected != latest->body.GetString("FlowContentSha256")) {
    return InvalidRequest(
        fmt::format("the published content of flow '{}' has another FlowContentSha256 than '{}'",
                    request.flow->name, expected));
  }
  json::Object body = latest->body;
  body.SetIfNotEmpty("VersionDescription", input.GetString("Description"));
  const std::int64_t version = AddVersion(context, kFlowContent, request.flow->id, std::move(body));
  json::Object output;
  output.Set("ContactFlowArn", fmt::format("{}:{}", request.flow->body.GetString("Arn"), version));
  output.Set("Version", version);
  return output;
}

Answer<> DeleteContactFlowVersion(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  const std::string version = std::to_string(input.GetInt("ContactFlowVersion"));
  if (FindContent(context, kFlowContent, request.flow->id, version) == nullptr) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("flow '{}' has no version '{}'", request.flow->name, version));
  }
  DeleteContent(context, kFlowContent, request.flow->id, version);
  return json::Object();
}

Answer<> ListContactFlowVersions(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  std::vector<PageItem> items;
  for (const Record* version : ListVersions(context, kFlowContent, request.flow->id)) {
    const std::int64_t number = version->body.GetInt("Version");
    json::Object summary;
    summary.Set("Arn", fmt::format("{}:{}", request.flow->body.GetString("Arn"), number));
    CopyMembers(version->body, {"VersionDescription", "Version"}, summary);
    items.push_back({.key = fmt::format("{:020}", number), .value = std::move(summary)});
  }
  return PageOf(input, "ContactFlowVersionSummaryList", std::move(items),
                {.listing = "ListContactFlowVersions " + request.flow->id});
}

constexpr Operation kOperations[] = {
    {.name = "CreateContactFlowVersion", .handle = CreateContactFlowVersion},
    {.name = "DeleteContactFlowVersion", .handle = DeleteContactFlowVersion},
    {.name = "ListContactFlowVersions", .handle = ListContactFlowVersions},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kFlowVersionOperations = kOperations;

}  // namespace trunkline::cloud::connect
