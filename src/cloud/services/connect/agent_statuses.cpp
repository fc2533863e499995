#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

Answer<> CreateAgentStatus(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(Record status,
         NewResource(context, *instance, kAgentStatus, input.GetString("Name"), input));
  status.body.Set("Type", "CUSTOM");
  CopyMembers(input, {"State", "DisplayOrder"}, status.body);
  json::Object output;
  CopyMembers(status.body, {"AgentStatusARN", "AgentStatusId"}, output);
  context.store.Put(context.RegionScope(), kAgentStatus.kind, std::move(status));
  return output;
}

Answer<> DescribeAgentStatus(Context& context, const json::Object& input) {
  return Describe(context, kAgentStatus, input);
}

json::Value StatusSummary(Context&, const Record& status) {
  json::Object summary = Summary(kAgentStatus, status);
  CopyMembers(status.body, {"Type"}, summary);
  return summary;
}

Answer<> ListAgentStatuses(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const json::Array& types = input.GetArray("AgentStatusTypes");
  std::string listing = "ListAgentStatuses " + instance->id;
  for (const json::Value& type : types) listing += " " + type.AsString();
  std::vector<const Record*> statuses;
  for (const Record* status :
       context.store.List(context.RegionScope(), kAgentStatus.kind, instance->id)) {
    const json::Value type(status->body.GetString("Type"));
    if (types.empty() || std::ranges::find(types, type) != types.end()) statuses.push_back(status);
  }
  return PageOf(context, input, "AgentStatusSummaryList", statuses, StatusSummary,
                {.listing = std::move(listing)});
}

std::vector<std::string> SearchState(const Record& status) {
  return {std::string(status.body.GetString("State"))};
}
std::vector<std::string> SearchType(const Record& status) {
  return {std::string(status.body.GetString("Type"))};
}
std::vector<std::string> SearchOrder(const Record& status) {
  if (!status.body.Has("DisplayOrder")) return {};
  return {std::to_string(status.body.GetInt("DisplayOrder"))};
}

constexpr SearchField kFields[] = {
    {"name", SearchName}, {"description", SearchDescription}, {"state", SearchState},
    {"type", SearchType}, {"displayOrder", SearchOrder},      {"resourceID", SearchId}};

Answer<> SearchAgentStatuses(Context& context, const json::Object& input) {
  return Search(context, input, kAgentStatus,
                {.operation = "SearchAgentStatuses",
                 .output = "AgentStatuses",
                 .fields = kFields,
                 .passes = PassesAttributeFilter});
}

Answer<> UpdateAgentStatus(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kAgentStatus, input));
  Record status = *found;
  if (status.body.GetString("Type") != "CUSTOM" &&
      input.GetString("State", "ENABLED") != "ENABLED") {
    return InvalidRequest(fmt::format(
        "the agent status '{}' comes with the instance and stays enabled", status.name));
  }
  TL_DO(Rename(context, kAgentStatus, input, status));
  CopyMembers(input, {"State", "DisplayOrder"}, status.body);
  if (input.GetBool("ResetOrderNumber")) status.body.Remove("DisplayOrder");
  Save(context, kAgentStatus.kind, std::move(status));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateAgentStatus", .handle = CreateAgentStatus},
    {.name = "DescribeAgentStatus", .handle = DescribeAgentStatus},
    {.name = "ListAgentStatuses", .handle = ListAgentStatuses},
    {.name = "SearchAgentStatuses", .handle = SearchAgentStatuses},
    {.name = "UpdateAgentStatus", .handle = UpdateAgentStatus},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kAgentStatusOperations = kOperations;

}  // namespace trunkline::cloud::connect
