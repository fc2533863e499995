// trunkline.json: how this center is delivered. The file and everything in it is optional.
#include "center/file_kinds.h"
#include "center/read_lint.h"
#include "center/read_shift.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

constexpr std::string_view kLinkModes[] = {"static", "attribute"};
constexpr std::string_view kGoneFlows[] = {"setAside", "archive"};
constexpr Pattern kOperationPattern{"[a-z0-9-]+:[A-Z][A-Za-z0-9]+",
                                    "an operation, such as 'connect:CreateQueue'"};
constexpr Range kRateRange{0.01, 10000};
constexpr Range kBurstRange{1, 10000};
constexpr Range kConcurrencyRange{1, 32};

constexpr Field kApproval{.kind = Kind::kString, .pattern = &kSomethingPattern};
constexpr Field kQuotaMembers[] = {
    {.name = "rate",
     .summary = "Calls in a second.",
     .kind = Kind::kNumber,
     .required = true,
     .range = &kRateRange},
    {.name = "burst",
     .summary = "Calls at once, after a pause.",
     .kind = Kind::kNumber,
     .required = true,
     .range = &kBurstRange},
};
constexpr Field kQuota{.kind = Kind::kObject, .members = kQuotaMembers};

constexpr std::string_view kStarters[] = {"router", "triggers"};
constexpr Field kPipelinesMembers[] = {
    {.name = "toolingBranch",
     .summary = "The branch whose amzconnect-devops-pipelines updates the pipelines; 'main' unless "
                "given.",
     .pattern = &kBranchPattern},
    {.name = "startedBy",
     .summary = "What starts pipelines when something is pushed: 'router' is a webhook and a "
                "function of Trunkline's, 'triggers' are CodePipeline's own.",
     .one_of = kStarters},
};

constexpr Field kSomething{.kind = Kind::kString, .pattern = &kSomethingPattern};
constexpr Field kProofMembers[] = {
    {.name = "attributes",
     .summary = "User-defined attributes and the value of each that is a proof.",
     .kind = Kind::kMap,
     .pattern = &kSomethingPattern,
     .element = &kSomething},
    {.name = "blocks",
     .summary = "Identifiers of actions that are a proof once they were left by a branch that is "
                "no error.",
     .kind = Kind::kList,
     .element = &kSomething},
};
constexpr Field kExploreMembers[] = {
    {.name = "sensitiveQueues",
     .summary = "Queues, by name or symbol, that only callers who proved who they are may reach.",
     .kind = Kind::kList,
     .required = true,
     .element = &kSomething},
    {.name = "authenticated",
     .summary = "What proves who a caller is; one of it is enough.",
     .kind = Kind::kObject,
     .members = kProofMembers},
};

constexpr Field kSettingsMembers[] = {
    {.name = "linkMode",
     .summary = "How flows get at ARNs: 'static' writes them in when the flow is delivered, "
                "'attribute' lets the mapping function serve them during the call.",
     .one_of = kLinkModes},
    {.name = "goneFlows",
     .summary = "What becomes of flows and modules that are in the monorepo no more: 'setAside' "
                "renames them to 'z_<name>', 'archive' archives them.",
     .one_of = kGoneFlows},
    {.name = "lint",
     .summary = "How flows are linted. Levels of single rules may also stand here, by code.",
     .kind = Kind::kObject,
     .pattern = &kLintCodePattern,
     .members = kLintMembers,
     .element = &kLintLevel},
    {.name = "approvals",
     .summary = "The environments whose pipelines wait for a person; 'prod' unless given.",
     .kind = Kind::kList,
     .element = &kApproval},
    {.name = "quotas",
     .summary = "What the accounts allow beyond AWS's default quotas, by operation.",
     .kind = Kind::kMap,
     .pattern = &kOperationPattern,
     .element = &kQuota},
    {.name = "regionConcurrency",
     .summary = "How many Regions are delivered to at a time, once the primary is done.",
     .kind = Kind::kInteger,
     .range = &kConcurrencyRange},
    {.name = "deploymentPreference",
     .summary = "How callers come to a new version of a function, by environment; function.json "
                "may say otherwise.",
     .kind = Kind::kMap,
     .element = &kShift},
    {.name = "explore",
     .summary = "What 'trunkline explore' watches.",
     .kind = Kind::kObject,
     .members = kExploreMembers},
    {.name = "pipelines",
     .summary = "How the pipelines are made and started.",
     .kind = Kind::kObject,
     .members = kPipelinesMembers},
};

void FillShifts(Settings& settings, Source& source, const json::Object& preferences) {
  for (const json::Member& preference : preferences) {
    std::optional<Shift> shift = ReadShift(source, preference.value);
    if (!shift) continue;
    json::Value key(preference.key);
    key.set_offset(preference.key_offset);
    shift->place = source.PlaceOf(key);
    settings.shifts.emplace(preference.key, std::move(*shift));
  }
}

std::vector<std::string> TextsOf(const json::Object& object, std::string_view key) {
  std::vector<std::string> texts;
  for (const json::Value& one : object.GetArray(key)) {
    if (one.IsString()) texts.push_back(one.AsString());
  }
  return texts;
}

ExploreSettings ReadExplore(const json::Object& explore) {
  const json::Object& proofs = explore.GetObject("authenticated");
  ExploreSettings settings{.sensitive_queues = TextsOf(explore, "sensitiveQueues"),
                           .attributes = {},
                           .blocks = TextsOf(proofs, "blocks")};
  for (const json::Member& attribute : proofs.GetObject("attributes")) {
    if (attribute.value.IsString())
      settings.attributes.emplace_back(attribute.key, attribute.value.AsString());
  }
  return settings;
}

void Fill(Settings& settings, Source& source, const json::Object& root) {
  if (root.GetString("linkMode") == "attribute") settings.link_mode = LinkMode::kAttribute;
  if (root.GetString("goneFlows") == "archive") settings.gone_flows = GoneFlows::kArchive;
  settings.lint = ReadLint(source, root.GetObject("lint"));
  if (root.Has("approvals")) settings.approvals = source.GetList(root, "approvals");
  for (const json::Member& quota : root.GetObject("quotas")) {
    if (!quota.value.IsObject()) continue;
    settings.quotas.push_back({.operation = quota.key,
                               .rate = quota.value.AsObject().GetDouble("rate"),
                               .burst = quota.value.AsObject().GetDouble("burst")});
  }
  settings.region_concurrency =
      static_cast<int>(root.GetInt("regionConcurrency", settings.region_concurrency));
  settings.explore = ReadExplore(root.GetObject("explore"));
  FillShifts(settings, source, root.GetObject("deploymentPreference"));
  const json::Object& pipelines = root.GetObject("pipelines");
  settings.pipelines.tooling_branch = source.Get(pipelines, "toolingBranch", "main");
  if (pipelines.GetString("startedBy") == "triggers")
    settings.pipelines.started_by = StartedBy::kTriggers;
}

}  // namespace

constinit const Field kSettingsShape{.kind = Kind::kObject, .members = kSettingsMembers};

void ReadSettings(Reading& reading) {
  reading.center.settings.approvals = {{"prod", {}}};
  if (!reading.Has("trunkline.json")) return;
  std::optional<Source> source =
      Source::Open(reading, reading.Path("trunkline.json"), kSettingsShape);
  if (!source || !source->root().IsObject()) return;
  Fill(reading.center.settings, *source, source->root().AsObject());
}

}  // namespace trunkline::center
