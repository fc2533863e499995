#include "deploy/flow_kind.h"

#include <algorithm>
#include <set>

#include "center/declared.h"
#include "deploy/flow_restore.h"
#include "deploy/gone.h"
#include "deploy/symbol_text.h"
#include "flow/content_hash.h"
#include "flow/stub.h"

namespace trunkline::deploy {
namespace {

flow::LinkMode ModeOf(const Target& target) {
  return target.center.settings.link_mode == center::LinkMode::kAttribute
             ? flow::LinkMode::kAttribute
             : flow::LinkMode::kStatic;
}

void AddPending(const Target& target, flow::ResourceKind kind, const std::string& name,
                flow::SymbolTable& table) {
  if (table.Find(kind, name) != nullptr) return;
  const std::string arn = fmt::format("arn:aws:connect:{}:{}:instance/pending/pending/{}",
                                      target.region, target.account, name);
  table.Add(kind, name, {.arn = arn, .id = "pending", .number = {}});
}

// The table as it will be when everything the center declares is there: tells what is missing for
// good from what only is not there yet. A new instance also brings its defaults.
flow::SymbolTable FutureSymbols(const Target& target, const Live& live) {
  flow::SymbolTable table = Symbols(target, live);
  const center::Center& center = target.center;
  if (!live.HasActiveInstance()) {
    const center::DeclaredNames names(center);
    for (const flow::ResourceKind kind : flow::AllResourceKinds()) {
      if (!names.Knows(kind)) continue;
      for (const std::string& name : names.Names(kind)) AddPending(target, kind, name, table);
    }
    return table;
  }
  const auto add = [&](flow::ResourceKind kind, const auto& resources) {
    for (const auto& one : resources) AddPending(target, kind, one.name.value, table);
  };
  add(flow::ResourceKind::kQueue, center.queues);
  add(flow::ResourceKind::kHours, center.hours);
  add(flow::ResourceKind::kPrompt, center.prompts);
  add(flow::ResourceKind::kFlow, center.flows);
  add(flow::ResourceKind::kModule, center.modules);
  add(flow::ResourceKind::kBot, center.bots);
  return table;
}

std::string Hash(const center::Flow& flow, const std::string& content) {
  const json::Object wanted{{"content", flow::NormalisedHash(content)},
                            {"description", flow.description},
                            {"settings", flow.settings}};
  return HashOf(wanted);
}

std::string WhyUpdate(const LiveResource& there, const FlowKind& kind, const std::string& hash) {
  const std::string recorded = there.Tag(kContentTag);
  const std::string_view service = there.body.GetString(kind.sha);
  if (there.Tag(kHashTag).empty()) return "not applied completely before";
  if (IsArchived(there)) return "is archived";
  if (!recorded.empty() && !service.empty() && recorded != service)
    return "was changed since it was delivered";
  return there.Tag(kHashTag) == hash ? "its tags differ" : "differs";
}

bool IsAsWanted(const LiveResource& there, const FlowKind& kind, const std::string& hash,
                const center::Tags& own) {
  if (there.OwnedByStack()) return true;
  if (IsArchived(there)) return false;
  const std::string recorded = there.Tag(kContentTag);
  const std::string_view service = there.body.GetString(kind.sha);
  return there.Tag(kHashTag) == hash && there.HasTags(own) &&
         (recorded.empty() || service.empty() || recorded == service);
}

std::vector<std::string> After(const flow::LinkOutcome& linked, const FlowKind& kind,
                               const std::string& name) {
  std::set<std::string> after{std::string(kind.stub_kind) + ":" + name};
  for (const flow::UsedSymbol& used : linked.used) {
    if (used.at_run_time) after.insert("mapping:mapping");
    std::string change = ChangeOf(used.kind, used.name);
    if (!change.empty() && change != std::string(kind.kind) + ":" + name)
      after.insert(std::move(change));
  }
  if (linked.calls_mapping) after.insert("function association:mapping");
  return {after.begin(), after.end()};
}

bool UsesPending(const std::string& content) {
  return content.find(":instance/pending/") != std::string::npos;
}

void PlanContent(const Target& target, const Live& live, const FlowKind& kind,
                 const center::Flow& flow, const flow::SymbolTable& future, Plan& plan) {
  flow::LinkOutcome linked = flow::Link(flow.document, future, ModeOf(target));
  const bool failed = !linked.content;
  std::vector<std::string> after = After(linked, kind, flow.name.value);
  for (Finding& finding : linked.findings) plan.findings.push_back(std::move(finding));
  if (failed) return;
  const LiveResource* there = live.Find(kind.kind, flow.name.value);
  const std::string hash = Hash(flow, *linked.content);
  const bool as_wanted = there != nullptr && !UsesPending(*linked.content) &&
                         IsAsWanted(*there, kind, hash, flow.tags);
  if (as_wanted) {
    ++plan.unchanged;
    return;
  }
  plan.changes.push_back({.kind = std::string(kind.kind),
                          .name = flow.name.value,
                          .action = there == nullptr ? Action::kCreate : Action::kUpdate,
                          .why = there == nullptr ? "" : WhyUpdate(*there, kind, hash),
                          .after = std::move(after)});
}

const center::Flow& Wanted(const Target& target, const FlowKind& kind, const std::string& name) {
  const auto& all = kind.Of(target.center);
  return *std::find_if(all.begin(), all.end(),
                       [&](const center::Flow& one) { return one.name.value == name; });
}

net::aw<Result<void>> WriteMetadata(Session& session, const FlowKind& kind,
                                    const LiveResource& there, std::string description) {
  const bool archived = IsArchived(there);
  if (there.body.GetString("Description") == description && !archived) co_return Result<void>();
  json::Object metadata = kind.Where(session, there.id);
  metadata.Set("Description", description);
  if (archived) metadata.Set(kind.state, "ACTIVE");
  TL_CO_DO(
      co_await session.Call("connect", std::string(kind.update_metadata), std::move(metadata)));
  co_return Result<void>();
}

// What the service says of the content now: compared with its word at the next plan, it shows edits
// made in the console.
net::aw<Result<std::string>> ServiceHash(Session& session, const FlowKind& kind, std::string id) {
  json::Object where = kind.Where(session, id);
  TL_CO_TRY(const json::Object described,
            co_await session.Call("connect", std::string(kind.describe), std::move(where)));
  co_return std::string(described.GetObject(kind.described).GetString(kind.sha));
}

}  // namespace

json::Object FlowKind::Where(const Session& session, std::string_view flow_id) const {
  return {{"InstanceId", session.live.InstanceId()}, {std::string(id), flow_id}};
}

bool IsArchived(const LiveResource& flow) {
  return flow.body.GetString("State") == "ARCHIVED";
}

const FlowKind kFlows{.kind = "flow",
                      .stub_kind = "flow stub",
                      .search = "SearchContactFlows",
                      .list = "ContactFlows",
                      .create = "CreateContactFlow",
                      .created_id = "ContactFlowId",
                      .created_arn = "ContactFlowArn",
                      .update_content = "UpdateContactFlowContent",
                      .update_metadata = "UpdateContactFlowMetadata",
                      .describe = "DescribeContactFlow",
                      .described = "ContactFlow",
                      .id = "ContactFlowId",
                      .state = "ContactFlowState",
                      .remove = "DeleteContactFlow",
                      .sha = "FlowContentSha256"};

const FlowKind kModules{.kind = "module",
                        .stub_kind = "module stub",
                        .search = "SearchContactFlowModules",
                        .list = "ContactFlowModules",
                        .create = "CreateContactFlowModule",
                        .created_id = "Id",
                        .created_arn = "Arn",
                        .update_content = "UpdateContactFlowModuleContent",
                        .update_metadata = "UpdateContactFlowModuleMetadata",
                        .describe = "DescribeContactFlowModule",
                        .described = "ContactFlowModule",
                        .id = "ContactFlowModuleId",
                        .state = "State",
                        .remove = "DeleteContactFlowModule",
                        .sha = "FlowModuleContentSha256",
                        .is_module = true};

net::aw<Result<void>> ReadFlows(Session& session, const FlowKind& kind) {
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"MaxResults", 100}};
  TL_CO_TRY(const json::Object found,
            co_await session.CallAllPages("connect", std::string(kind.search), std::move(input)));
  for (const json::Value& item : found.GetArray(kind.list)) {
    const json::Object& body = item.AsObject();
    LiveResource flow{.id = std::string(body.GetString("Id")),
                      .arn = std::string(body.GetString("Arn")),
                      .tags = ReadTags(body.GetObject("Tags")),
                      .body = body};
    flow.body.Remove("Content");  // 500 contents are of no use here
    session.live.Put(kind.kind, std::string(body.GetString("Name")), std::move(flow));
  }
  co_return Result<void>();
}

void PlanStubs(const Target& target, const Live& live, const FlowKind& kind, Plan& plan) {
  for (const center::Flow& flow : kind.Of(target.center)) {
    const LiveResource* there = live.Find(kind.kind, flow.name.value);
    if (there == nullptr) {
      plan.changes.push_back(
          {.kind = std::string(kind.stub_kind), .name = flow.name.value, .internal = true});
      continue;
    }
    const std::string_view type = there->body.GetString("Type");
    if (kind.is_module || type.empty() || type == flow.type) continue;
    plan.findings.push_back(center::FindingAt(
        target.center, Severity::kError, "TL-D002", flow.name.place,
        fmt::format("flow '{}' is a {} here, but the instance has a {} of that name",
                    flow.name.value, flow.type, type),
        "a flow's type cannot be changed: rename one of them"));
  }
}

void PlanContents(const Target& target, const Live& live, const FlowKind& kind, Plan& plan) {
  const flow::SymbolTable future = FutureSymbols(target, live);
  for (const center::Flow& flow : kind.Of(target.center))
    PlanContent(target, live, kind, flow, future, plan);
}

net::aw<Result<void>> ApplyStub(Session& session, const FlowKind& kind, const Change& change) {
  // A new instance brings flows of its own; their content is written like any other's.
  if (session.live.Find(kind.kind, change.name) != nullptr) co_return Result<void>();
  const center::Flow& flow = Wanted(session.target, kind, change.name);
  if (FindSetAside(session.live, kind, flow) != nullptr)
    co_return co_await BringBack(session, kind, flow);
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"Name", change.name},
                     {"Content", flow::MinimalContent(kind.is_module ? "MODULE" : flow.type)},
                     {"Tags", TagsFor(flow.tags, "")}};
  if (!kind.is_module) input.Set("Type", flow.type);
  if (kind.is_module && !flow.settings.empty()) input.Set("Settings", flow.settings);
  input.SetIfNotEmpty("Description", flow.description);
  session.NoteNew(kind.stub_kind, change.name);
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", std::string(kind.create), std::move(input)));
  LiveResource resource{.id = std::string(made.GetString(kind.created_id)),
                        .arn = std::string(made.GetString(kind.created_arn)),
                        .tags = {},
                        .body = {}};
  resource.body.Set("Description", flow.description);
  session.live.Put(kind.kind, change.name, std::move(resource));
  co_return Result<void>();
}

net::aw<Result<void>> ApplyContent(Session& session, const FlowKind& kind, const Change& change) {
  const center::Flow& flow = Wanted(session.target, kind, change.name);
  const flow::LinkOutcome linked =
      flow::Link(flow.document, Symbols(session.target, session.live), ModeOf(session.target));
  if (!linked.content) {
    const auto error =
        std::find_if(linked.findings.begin(), linked.findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
    co_return Error(ErrorKind::kNotFound, "{}", error->message);
  }
  const LiveResource there = *session.live.Find(kind.kind, change.name);
  TL_CO_DO(co_await NoteFlow(session, kind, change.name));
  json::Object content = kind.Where(session, there.id);
  content.Set("Content", *linked.content);
  if (kind.is_module && !flow.settings.empty()) content.Set("Settings", flow.settings);
  TL_CO_DO(co_await session.Call("connect", std::string(kind.update_content), std::move(content)));
  TL_CO_DO(co_await WriteMetadata(session, kind, there, flow.description));
  TL_CO_TRY(const std::string service_hash, co_await ServiceHash(session, kind, there.id));
  json::Object tags = TagsFor(flow.tags, Hash(flow, *linked.content));
  tags.SetIfNotEmpty(kContentTag, service_hash);
  co_return co_await Tag(session, there, flow.tags, std::move(tags));
}

}  // namespace trunkline::deploy
