// amzconnect-devops-pipelines/env/accountvars.json and the devops.json files: who owns what, and
// where.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "center/file_kinds.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

// The environment's name becomes part of instance, bucket and bot alias names.
constexpr Pattern kEnvironmentPattern{"[0-9a-zA-Z]+(-[0-9a-zA-Z]+)*",
                                      "letters and digits, with single hyphens between"};
constexpr Pattern kConnectionPattern{
    R"(arn:aws[a-z-]*:code(star-)?connections:[^:]+:[^:]+:connection/.+)",
    "the ARN of a CodeConnections connection"};
constexpr Pattern kEmailPattern{R"([^\s@]+@[^\s@]+)", "an e-mail address"};

constexpr Field kRegion{.kind = Kind::kString, .pattern = &kRegionPattern};

constexpr Field kEnvironmentMembers[] = {
    {.name = "env",
     .summary = "The environment's short name, such as dev, staging or prod.",
     .required = true,
     .pattern = &kEnvironmentPattern},
    {.name = "branch",
     .summary = "The git branch whose pushes are delivered to this environment.",
     .required = true,
     .pattern = &kBranchPattern},
    {.name = "enabled",
     .summary = "Whether the environment has pipelines and is delivered to.",
     .kind = Kind::kBoolean,
     .required = true},
    {.name = "account",
     .summary = "The AWS account of the environment.",
     .required = true,
     .pattern = &kAccountPattern},
    {.name = "region",
     .summary = "The Regions of the environment, the primary one first.",
     .kind = Kind::kList,
     .required = true,
     .range = &kAtLeastOne,
     .element = &kRegion},
    {.name = "app",
     .summary = "The application's name; it becomes part of stack and parameter names.",
     .required = true,
     .pattern = &kSomethingPattern},
};
constexpr Field kEnvironment{.kind = Kind::kObject, .members = kEnvironmentMembers};

constexpr Field kAccountsMembers[] = {
    {.name = "accounts",
     .summary = "One entry for each environment.",
     .kind = Kind::kList,
     .required = true,
     .range = &kAtLeastOne,
     .element = &kEnvironment,
     .unique = "env"},
};

constexpr Field kDevopsMembers[] = {
    {.name = "env", .summary = "The name of the tooling environment, normally devops."},
    {.name = "account",
     .summary = "The tooling account, which holds the pipelines.",
     .required = true,
     .pattern = &kAccountPattern},
    {.name = "region",
     .summary = "The Region of the pipelines.",
     .required = true,
     .pattern = &kRegionPattern},
    {.name = "codestarArn",
     .summary = "The connection to GitHub in the tooling account.",
     .required = true,
     .pattern = &kConnectionPattern},
    {.name = "repo",
     .summary = "The repository's name on GitHub.",
     .required = true,
     .pattern = &kSomethingPattern},
    {.name = "owner",
     .summary = "The GitHub account or organisation that owns the repository.",
     .required = true,
     .pattern = &kSomethingPattern},
    {.name = "email",
     .summary = "Who is told about approvals and failures.",
     .required = true,
     .pattern = &kEmailPattern},
};

constexpr Field kProjectDevopsMembers[] = {
    {.name = "account",
     .summary = "The tooling account.",
     .required = true,
     .pattern = &kAccountPattern},
    {.name = "region",
     .summary = "The tooling account's Region.",
     .required = true,
     .pattern = &kRegionPattern},
};

constexpr std::string_view kPipelines = "amzconnect-devops-pipelines";

Environment ReadEnvironment(const Source& source, const json::Value& value) {
  const json::Object& object = value.AsObject();
  return {.name = source.Get(object, "env"),
          .branch = source.Get(object, "branch"),
          .enabled = object.GetBool("enabled", true),
          .account = source.Get(object, "account"),
          .regions = source.GetList(object, "region"),
          .app = source.Get(object, "app"),
          .place = source.PlaceOf(value)};
}

// Two environments on one branch would each deliver every push of it to the other's customers, too.
void CheckBranches(Source& source, const std::vector<Environment>& environments) {
  for (std::size_t i = 0; i < environments.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (*environments[i].branch != *environments[j].branch) continue;
      source.Say(Severity::kError, "TL-C008", environments[i].branch.place,
                 fmt::format("branch '{}' is given to two environments, '{}' and '{}'",
                             *environments[i].branch, *environments[j].name, *environments[i].name),
                 "each environment has a branch of its own");
    }
  }
}

// Names that the workshop's other stacks look up (AmazonConnectInstanceId and the like) are once in
// an account and Region: the second environment would take them from the first. An account of two
// environments in different Regions is fine.
void CheckSharedRegions(Source& source, const Environment& first, const Environment& second) {
  const bool placeholder = first.account->starts_with("X") || first.account->empty();
  if (placeholder || !first.enabled || !second.enabled || *first.account != *second.account) return;
  for (const Text& region : second.regions) {
    const bool shared =
        std::ranges::any_of(first.regions, [&](const Text& other) { return *other == *region; });
    if (!shared || *first.name == *second.name) continue;
    source.Say(Severity::kError, "TL-C008", region.place,
               fmt::format("account {} and Region '{}' are given to two environments, '{}' and "
                           "'{}'",
                           *first.account, *region, *first.name, *second.name),
               "they would overwrite each other's SSM parameters: another account, another Region, "
               "or \"enabled\": false for one of them");
  }
}

void CheckRegions(Source& source, const Environment& environment) {
  std::set<std::string> seen;
  for (const Text& region : environment.regions) {
    if (seen.insert(*region).second) continue;
    source.Say(
        Severity::kError, "TL-C008", region.place,
        fmt::format("Region '{}' is given twice for environment '{}'", *region, *environment.name));
  }
}

void ReadAccountVars(Reading& reading) {
  const std::string path = reading.Path("amzconnect-devops-pipelines/env/accountvars.json");
  if (!reading.files.Exists(path)) {
    reading.Say(Severity::kError, "TL-C001", path,
                "this file is missing, it names the environments",
                "'trunkline init' writes a monorepo to start from");
    return;
  }
  std::optional<Source> source = Source::Open(reading, path, kAccountsShape);
  if (!source || !source->root().IsObject()) return;
  for (const json::Value& account : source->root().AsObject().GetArray("accounts")) {
    if (!account.IsObject()) continue;
    reading.center.environments.push_back(ReadEnvironment(*source, account));
    CheckRegions(*source, reading.center.environments.back());
  }
  CheckBranches(*source, reading.center.environments);
  const std::vector<Environment>& all = reading.center.environments;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) CheckSharedRegions(*source, all[j], all[i]);
  }
}

void ReadTooling(Reading& reading) {
  const std::string path = reading.Path("amzconnect-devops-pipelines/env/devops.json");
  if (!reading.files.Exists(path)) return;
  const std::optional<Source> source = Source::Open(reading, path, kDevopsShape);
  if (!source || !source->root().IsObject()) return;
  const json::Object& root = source->root().AsObject();
  reading.center.tooling = Tooling{.account = source->Get(root, "account"),
                                   .region = source->Get(root, "region"),
                                   .codestar_arn = source->Get(root, "codestarArn"),
                                   .repo = source->Get(root, "repo"),
                                   .owner = source->Get(root, "owner"),
                                   .email = source->Get(root, "email"),
                                   .place = source->PlaceOf(source->root())};
}

// The workshop has the file in env/ in some projects, and beside it in others.
void ReadProjectTooling(Reading& reading, const std::string& folder) {
  for (const std::string_view where : {"/env/devops.json", "/devops.json"}) {
    const std::string path = reading.Path(folder + std::string(where));
    if (!reading.files.Exists(path)) continue;
    const std::optional<Source> source = Source::Open(reading, path, kProjectDevopsShape);
    if (!source || !source->root().IsObject()) continue;
    const json::Object& root = source->root().AsObject();
    reading.center.project_tooling.push_back(
        {.project = folder.substr(std::string_view("amzconnect-").size()),
         .account = source->Get(root, "account"),
         .region = source->Get(root, "region")});
  }
}

}  // namespace

// What git refuses in a branch name and people do write.
constinit const Pattern kBranchPattern{R"([^\s~^:?*\[\\]+)", "a git branch name"};

constinit const Field kAccountsShape{.kind = Kind::kObject, .members = kAccountsMembers};
constinit const Field kDevopsShape{.kind = Kind::kObject, .members = kDevopsMembers};
constinit const Field kProjectDevopsShape{.kind = Kind::kObject, .members = kProjectDevopsMembers};

void ReadAccounts(Reading& reading) {
  ReadAccountVars(reading);
  ReadTooling(reading);
  const Result<std::vector<FileEntry>> entries = reading.files.List(reading.center.folder);
  if (!entries.ok()) return;  // said by LoadCenter
  for (const FileEntry& entry : *entries) {
    const bool project = entry.is_folder && entry.name.starts_with("amzconnect-");
    if (project && entry.name != kPipelines) ReadProjectTooling(reading, entry.name);
  }
}

}  // namespace trunkline::center
