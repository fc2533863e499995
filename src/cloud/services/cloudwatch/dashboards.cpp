#include "cloud/services/cloudwatch/dashboards.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/families.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::size_t kMostWidgets = 500;
constexpr std::size_t kPage = 1000;

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
}

ServiceError WrongBody(std::string_view path, std::string_view text) {
  json::Array messages;
  messages.emplace_back(json::Object{{"DataPath", path}, {"Message", text}});
  return {"DashboardInvalidInputError",
          "The field DashboardBody must be a valid JSON object",
          {{"dashboardValidationMessages", std::move(messages)}}};
}

Answer<void> CheckBody(std::string_view text) {
  const auto body = json::Parse(text);
  if (!body || !body->IsObject()) return WrongBody("/", "The dashboard body is not valid JSON");
  const json::Value* widgets = body->AsObject().Find("widgets");
  if (!widgets || !widgets->IsArray()) return WrongBody("/", "Should have property 'widgets'");
  if (widgets->AsArray().size() > kMostWidgets)
    return WrongBody("/widgets", fmt::format("Should have no more than {} items", kMostWidgets));
  std::size_t number = 0;
  for (const json::Value& widget : widgets->AsArray()) {
    const std::string path = fmt::format("/widgets/{}", number++);
    if (!widget.IsObject()) return WrongBody(path, "Should be an object");
    if (!widget.AsObject().Has("type")) return WrongBody(path, "Should have property 'type'");
  }
  return {};
}

ServiceError NoDashboard(std::string_view name) {
  return {"DashboardNotFoundError", fmt::format("Dashboard {} does not exist", name)};
}

Answer<> PutDashboard(Context& context, const json::Object& input) {
  const std::string name(input.GetString("DashboardName"));
  if (!IsName(name)) {
    return ServiceError("DashboardInvalidInputError",
                        fmt::format("The value {} for field DashboardName contains invalid "
                                    "characters. It can only contain alphanumerics, dash (-) and "
                                    "underscore (_).\n",
                                    name));
  }
  TL_DO(CheckBody(input.GetString("DashboardBody")));
  const Record* before = context.store.Find(context.AccountScope(), kDashboard, name);
  json::Object body{{"DashboardBody", input.GetString("DashboardBody")},
                    {"LastModified", SecondsNow(context)},
                    {"Tags", before ? before->body.GetArray("Tags") : input.GetArray("Tags")}};
  context.store.Put(context.AccountScope(), kDashboard,
                    {.id = name, .parent = "", .name = name, .body = std::move(body)});
  return json::Object{{"DashboardValidationMessages", json::Array()}};
}

Answer<> GetDashboard(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("DashboardName");
  const Record* dashboard = context.store.Find(context.AccountScope(), kDashboard, name);
  if (!dashboard) return NoDashboard(name);
  return json::Object{{"DashboardArn", DashboardArn(context, name)},
                      {"DashboardBody", dashboard->body.At("DashboardBody")},
                      {"DashboardName", name}};
}

// All of them or none.
Answer<> DeleteDashboards(Context& context, const json::Object& input) {
  for (const json::Value& name : input.GetArray("DashboardNames")) {
    if (!context.store.Delete(context.AccountScope(), kDashboard, name.AsString()))
      return NoDashboard(name.AsString());
  }
  return json::Object();
}

Answer<> ListDashboards(Context& context, const json::Object& input) {
  const std::string prefix(input.GetString("DashboardNamePrefix"));
  const RecordFilter filter{.text = prefix, .keep = [&](const Record& dashboard) {
                              return dashboard.id.starts_with(prefix);
                            }};
  const auto page = context.store.ListPage(context.AccountScope(), kDashboard, "", kPage,
                                           input.GetString("NextToken"), filter);
  if (!page) {
    return ServiceError("InvalidParameterValueException",
                        "Request parameter NextToken is invalid.");
  }
  json::Array entries;
  for (const Record* dashboard : page->records) {
    entries.emplace_back(json::Object{{"DashboardName", dashboard->id},
                                      {"DashboardArn", DashboardArn(context, dashboard->id)},
                                      {"LastModified", dashboard->body.At("LastModified")},
                                      {"Size", dashboard->body.GetString("DashboardBody").size()}});
  }
  json::Object answer{{"DashboardEntries", std::move(entries)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteDashboards", .handle = DeleteDashboards},
    {.name = "GetDashboard", .handle = GetDashboard},
    {.name = "ListDashboards", .handle = ListDashboards},
    {.name = "PutDashboard", .handle = PutDashboard},
};
static_assert(InOrder(kOperations));

}  // namespace

std::string DashboardArn(const Context& context, std::string_view name) {
  return fmt::format("arn:aws:cloudwatch::{}:dashboard/{}", context.caller.account, name);
}

constinit const Family kDashboardOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
