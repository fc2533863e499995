#include "app/bootstrap.h"

#include <algorithm>

#include "app/named_connection.h"
#include "app/own_program.h"
#include "app/program_asset.h"
#include "app/stack_deploy.h"
#include "base/json_write.h"
#include "center/load.h"
#include "stacks/names.h"
#include "stacks/roles.h"
#include "stacks/synth.h"
#include "stacks/tooling.h"

namespace trunkline::app {
namespace {

constexpr Milliseconds kFar{2500};
constexpr Milliseconds kNear{40};

struct Work {
  AppWorld& world;
  const BootstrapArgs& args;
  const Tell& tell;
  center::Center center;
  BootstrapReport& report;

  const std::string& tooling_account() const { return center.tooling->account.value; }
  const std::string& tooling_region() const { return center.tooling->region.value; }
};

// Loads and checks; nothing when the report's findings say why not.
std::optional<center::Center> Load(AppWorld& world, const BootstrapArgs& args,
                                   BootstrapReport& report) {
  center::Loaded loaded = center::LoadCenter(world.files, args.folder);
  report.findings = std::move(loaded.findings);
  if (!loaded.center) return std::nullopt;
  for (Finding& finding : stacks::CheckSynth(*loaded.center))
    report.findings.push_back(std::move(finding));
  if (HasErrors(report.findings)) return std::nullopt;
  return std::move(loaded.center);
}

std::string TextOf(const stacks::Template& made) {
  return json::Write(made.ToJson());
}

aws::ClientOptions OptionsFor(const BootstrapArgs& args, std::string profile, std::string region) {
  aws::ClientOptions options;
  options.endpoint_url = args.endpoint_url;
  options.profile = std::move(profile);
  options.region = std::move(region);
  return options;
}

net::aw<Result<StackOutcome>> Deploy(Work& work, Connection& connection, std::string account,
                                     std::string region, StackOrder order) {
  StackWorld stack_world{.client = connection.WithAccount(account).InRegion(region),
                         .timers = connection.timers(),
                         .poll = connection.IsEmbedded() ? kNear : kFar,
                         .tell = {}};
  order.capabilities = {"CAPABILITY_NAMED_IAM"};
  const std::string name = order.name;
  Result<StackOutcome> outcome = co_await DeployStack(stack_world, std::move(order));
  if (!outcome)
    co_return std::move(outcome).error().While("deploying '{}' to account {} in {}", name, account,
                                               region);
  work.report.stacks.push_back(
      {.stack = name, .account = account, .region = region, .changed = outcome->changed});
  work.tell(fmt::format("{} in account {}, {}: {}", name, account, region,
                        outcome->changed ? "deployed" : "no changes"));
  co_return outcome;
}

net::aw<Result<ProgramAsset>> Upload(Work& work, Connection& connection) {
  const OwnProgram own{.world = work.world, .embedded_cloud = connection.IsEmbedded()};
  TL_CO_TRY(std::string program, own.Read());
  std::string bucket = stacks::ArtifactBucket(work.tooling_account(), work.tooling_region());
  TL_CO_TRY(ProgramAsset asset,
            co_await UploadProgram(connection.WithAccount(work.tooling_account()),
                                   std::move(bucket), std::move(program)));
  work.report.program = asset.key;
  work.report.uploaded = asset.uploaded;
  work.tell(fmt::format("the program: {}", asset.uploaded ? "uploaded" : "there already"));
  co_return asset;
}

net::aw<Result<void>> BootstrapTooling(Work& work, Connection& connection) {
  TL_CO_DO(co_await CheckAccount(connection.WithAccount(work.tooling_account()),
                                 work.tooling_account(), "the tooling account"));
  const std::string body = TextOf(stacks::MakeArtifacts(work.center));
  for (const std::string& region : stacks::ArtifactRegions(work.center)) {
    StackOrder order;
    order.name = stacks::kArtifactsStack;
    order.template_body = body;
    TL_CO_DO(co_await Deploy(work, connection, work.tooling_account(), region, std::move(order)));
  }
  TL_CO_DO(co_await Upload(work, connection));
  co_return Result<void>();
}

net::aw<Result<void>> BootstrapTarget(Work& work, Connection& connection,
                                      const center::Environment& environment) {
  const std::string& account = environment.account.value;
  TL_CO_DO(co_await CheckAccount(connection.WithAccount(account), account,
                                 fmt::format("environment '{}'", environment.name.value)));
  StackOrder order;
  order.name = stacks::RolesStack(environment.name.value);
  order.template_body = TextOf(stacks::MakeRoles(work.center, environment));
  TL_CO_DO(co_await Deploy(work, connection, account, environment.regions.front().value,
                           std::move(order)));
  co_return Result<void>();
}

Result<std::vector<const center::Environment*>> Wanted(const center::Center& center,
                                                       const BootstrapArgs& args) {
  std::vector<const center::Environment*> wanted;
  for (const std::string& name : args.environments) {
    TL_TRY(const center::Environment* environment, center::SelectEnvironment(center, name));
    wanted.push_back(environment);
  }
  for (const auto& [name, profile] : args.profiles) TL_DO(center::SelectEnvironment(center, name));
  if (!wanted.empty()) return wanted;
  for (const center::Environment& environment : center.environments) {
    if (environment.enabled) wanted.push_back(&environment);
  }
  return wanted;
}

std::string ProfileFor(const BootstrapArgs& args, const std::string& environment) {
  const auto found = args.profiles.find(environment);
  return found == args.profiles.end() ? args.profile : found->second;
}

// Each Region's key, as the tooling stack's parameters want them.
net::aw<Result<std::map<std::string, std::string>>> KeyParameters(Work& work,
                                                                  Connection& connection) {
  std::map<std::string, std::string> parameters;
  for (const std::string& region : stacks::ArtifactRegions(work.center)) {
    const aws::Client client = connection.WithAccount(work.tooling_account()).InRegion(region);
    TL_CO_TRY(const std::optional<json::Object> stack,
              co_await DescribeStack(client, std::string(stacks::kArtifactsStack)));
    const std::string key = stack ? OutputsOf(*stack)["KeyArn"] : std::string();
    if (key.empty()) {
      co_return Error(ErrorKind::kNotFound,
                      "there is no stack '{}' in account {}, {}: run 'trunkline bootstrap' first",
                      stacks::kArtifactsStack, work.tooling_account(), region);
    }
    parameters.emplace(stacks::KeyParameter(region), key);
  }
  co_return parameters;
}

net::aw<Result<void>> DeployTooling(Work& work, Connection& connection) {
  const std::string& account = work.tooling_account();
  TL_CO_DO(co_await CheckAccount(connection.WithAccount(account), account, "the tooling account"));
  StackOrder order;
  order.name = stacks::kToolingStack;
  TL_CO_TRY(order.parameters, co_await KeyParameters(work, connection));
  TL_CO_TRY(const ProgramAsset asset, co_await Upload(work, connection));
  order.parameters["CodeBucket"] = asset.bucket;
  order.parameters["CodeKey"] = asset.key;
  if (connection.IsEmbedded())
    order.parameters["GithubApi"] = connection.endpoint() + "/_trunkline/github";
  TL_CO_DO(co_await PlaceTemplate(connection.WithAccount(account).InRegion(work.tooling_region()),
                                  asset.bucket, TextOf(stacks::MakeTooling(work.center)), order));
  TL_CO_TRY(StackOutcome outcome,
            co_await Deploy(work, connection, account, work.tooling_region(), std::move(order)));
  work.report.outputs = std::move(outcome.outputs);
  co_return Result<void>();
}

}  // namespace

Result<BootstrapReport> Bootstrap(AppWorld& world, const BootstrapArgs& args, const Tell& tell) {
  TL_DO(CheckEndpointUrl(args.endpoint_url));
  BootstrapReport report;
  std::optional<center::Center> center = Load(world, args, report);
  if (!center) return report;
  Work work{
      .world = world, .args = args, .tell = tell, .center = std::move(*center), .report = report};
  TL_TRY(const std::vector<const center::Environment*> wanted, Wanted(work.center, args));
  {
    Connection connection(world, OptionsFor(args, args.profile, work.tooling_region()));
    TL_DO(connection.Run(BootstrapTooling(work, connection)));
  }
  for (const center::Environment* environment : wanted) {
    Connection connection(world, OptionsFor(args, ProfileFor(args, environment->name.value),
                                            environment->regions.front().value));
    TL_DO(connection.Run(BootstrapTarget(work, connection, *environment)));
  }
  return report;
}

Result<BootstrapReport> DeployPipelines(AppWorld& world, const BootstrapArgs& args,
                                        const Tell& tell) {
  TL_DO(CheckEndpointUrl(args.endpoint_url));
  BootstrapReport report;
  std::optional<center::Center> center = Load(world, args, report);
  if (!center) return report;
  Work work{
      .world = world, .args = args, .tell = tell, .center = std::move(*center), .report = report};
  Connection connection(world, OptionsFor(args, args.profile, work.tooling_region()));
  TL_DO(PrepareConnection(world, *work.center.tooling, connection, tell));
  TL_DO(connection.Run(DeployTooling(work, connection)));
  return report;
}

}  // namespace trunkline::app
