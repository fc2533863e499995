#include "deploy/inventory.h"

#include <fmt/format.h>

namespace trunkline::deploy {
namespace {

// A listing of Amazon Connect whose items have a name. Members as the service's API has them.
struct Listing {
  flow::ResourceKind kind;
  std::string_view operation;
  std::string_view items;
  std::string_view name = "Name";
};
constexpr Listing kListings[] = {
    {flow::ResourceKind::kQueue, "ListQueues", "QueueSummaryList"},
    {flow::ResourceKind::kPrompt, "ListPrompts", "PromptSummaryList"},
    {flow::ResourceKind::kHours, "ListHoursOfOperations", "HoursOfOperationSummaryList"},
    {flow::ResourceKind::kFlow, "ListContactFlows", "ContactFlowSummaryList"},
    {flow::ResourceKind::kModule, "ListContactFlowModules", "ContactFlowModulesSummaryList"},
    {flow::ResourceKind::kUser, "ListUsers", "UserSummaryList", "Username"},
    {flow::ResourceKind::kView, "ListViews", "ViewsSummaryList"},
    {flow::ResourceKind::kTaskTemplate, "ListTaskTemplates", "TaskTemplates"},
};

class Reader {
 public:
  Reader(aws::Client client, std::string instance_id, std::string alias)
      : client_(std::move(client)), instance_id_(std::move(instance_id)), alias_(alias + "-") {}

  net::aw<Inventory> Run() {
    for (const Listing& listing : kListings) co_await ReadListing(listing);
    co_await ReadFunctions();
    co_await ReadBots();
    co_return std::move(inventory_);
  }

 private:
  net::aw<Result<json::Object>> List(std::string_view operation) {
    json::Object input{{"InstanceId", instance_id_}};
    if (operation == "ListBots") input.Set("LexVersion", "V2");
    Result<json::Object> listed =
        co_await client_.CallAllPages("connect", std::string(operation), std::move(input));
    if (!listed) {
      Report(fmt::format("what flows refer to is not known in part: {}", listed.error().message()));
    }
    co_return listed;
  }

  void Report(std::string message) {
    inventory_.findings.push_back({.severity = Severity::kWarning,
                                   .code = "TL-D010",
                                   .message = std::move(message),
                                   .hint = "such ARNs and ids stay as they are",
                                   .place = {},
                                   .source_line = {}});
  }

  net::aw<void> ReadListing(const Listing& listing) {
    const Result<json::Object> listed = co_await List(listing.operation);
    if (!listed) co_return;
    for (const json::Value& item : listed->GetArray(listing.items)) {
      const json::Object& body = item.AsObject();
      const std::string name(body.GetString(listing.name));
      if (name.empty()) continue;  // an agent's own queue
      for (const std::string_view member : {"Arn", "Id"}) {
        std::string text(body.GetString(member));
        if (text.empty()) continue;
        inventory_.names.Add(std::move(text), listing.kind, name);
      }
    }
  }

  // The name without what Trunkline puts in front of it.
  std::string Short(std::string_view name) const {
    if (name.starts_with(alias_)) name.remove_prefix(alias_.size());
    return std::string(name);
  }

  net::aw<void> ReadFunctions() {
    const Result<json::Object> listed = co_await List("ListLambdaFunctions");
    if (!listed) co_return;
    for (const json::Value& item : listed->GetArray("LambdaFunctions")) {
      const std::string& arn = item.AsString();
      const std::optional<flow::Arn> parts = flow::ParseArn(arn);
      if (!parts || parts->kind != flow::ResourceKind::kLambda) continue;
      const std::string name = parts->id.substr(0, parts->id.find(':'));
      inventory_.names.Add(arn, flow::ResourceKind::kLambda, Short(name));
      // Flows may call another alias than the one that is associated, or none.
      const std::size_t end = arn.find(":function:") + 10 + name.size();
      inventory_.names.Add(arn.substr(0, end), flow::ResourceKind::kLambda, Short(name));
    }
  }

  net::aw<void> ReadBots() {
    const Result<json::Object> listed = co_await List("ListBots");
    if (!listed) co_return;
    for (const json::Value& item : listed->GetArray("LexBots")) {
      const std::string arn(item.AsObject().GetObject("LexV2Bot").GetString("AliasArn"));
      const std::optional<flow::Arn> parts = flow::ParseArn(arn);
      if (!parts) continue;
      json::Object input{{"botId", parts->id.substr(0, parts->id.find('/'))}};
      const Result<json::Object> bot =
          co_await client_.Call("lexv2-models", "DescribeBot", std::move(input));
      if (bot) {
        inventory_.names.Add(arn, flow::ResourceKind::kBot, Short(bot->GetString("botName")));
      } else {
        Report(fmt::format("a bot's name is not known: {}", bot.error().message()));
      }
    }
  }

  const aws::Client client_;
  const std::string instance_id_;
  const std::string alias_;
  Inventory inventory_;
};

}  // namespace

net::aw<Inventory> ReadInventory(aws::Client client, std::string instance_id,
                                 std::string instance_alias) {
  Reader reader(std::move(client), std::move(instance_id), std::move(instance_alias));
  co_return co_await reader.Run();
}

}  // namespace trunkline::deploy
