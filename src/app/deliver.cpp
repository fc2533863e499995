#include "app/deliver.h"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include "app/connection.h"
#include "app/open_environment.h"
#include "base/text.h"
#include "center/check.h"
#include "center/load.h"
#include "deploy/target.h"
#include "net/timers.h"
#include "stacks/delivery_time.h"

namespace trunkline::app {
namespace {

struct Delivery {
  AppWorld& world;
  const DeliverArgs& args;
  deploy::Progress& progress;
  const center::Center& center;
  const center::Environment& environment;
  aws::Client client;
  deploy::DeployWorld deploy_world;
  std::optional<Milliseconds> longest_shift;
};

// A build of the pipelines ends when its project's time is over; the project says how much of it
// is for shifting callers.
Result<std::optional<Milliseconds>> LongestShift(const AppWorld& world) {
  const std::string name(stacks::kLongestShiftVariable);
  const std::string text = world.environment.GetOr(name, "");
  if (text.empty()) return std::optional<Milliseconds>();
  const auto minutes = ToInt(text);
  if (!minutes || *minutes < 0)
    return Error(ErrorKind::kInvalid, "expected {} to be minutes, such as 30, but got '{}'", name,
                 text);
  return std::optional<Milliseconds>(std::chrono::minutes(*minutes));
}

net::aw<RegionReport> DeliverRegion(Delivery& delivery, std::string region) {
  const TimePoint begin = delivery.world.clock.Now();
  const deploy::Target target = deploy::MakeTarget(delivery.center, delivery.environment, region);
  RegionReport report;
  report.region = region;
  report.primary = target.primary;
  const aws::Client client = delivery.client.InRegion(region);
  Result<deploy::Live> live = co_await deploy::ReadLive(client, target, delivery.deploy_world);
  if (!live) {
    report.error = std::move(live).error();
    co_return report;
  }
  deploy::PlanOptions wanted;
  wanted.project = delivery.args.project;
  wanted.prune = delivery.args.prune;
  wanted.map_last = delivery.args.rollback;
  wanted.longest_shift = delivery.longest_shift;
  report.plan = deploy::MakePlan(target, *live, std::move(wanted));
  if (!delivery.args.plan_only && !HasErrors(report.plan.findings)) {
    deploy::ApplyOptions options;
    options.stop = delivery.args.stop;
    options.rollback = delivery.args.rollback;
    report.applied = co_await deploy::Apply(client, target, delivery.deploy_world, *live,
                                            report.plan, options, delivery.progress);
  }
  report.duration = delivery.world.clock.Now() - begin;
  co_return report;
}

net::aw<void> DeliverOne(Delivery& delivery, std::string region, RegionReport& report,
                         std::size_t& left) {
  report = co_await DeliverRegion(delivery, std::move(region));
  --left;
}

// The others, at most settings.region_concurrency at a time.
net::aw<void> DeliverOthers(Delivery& delivery, std::vector<std::string> regions,
                            std::vector<RegionReport>& reports) {
  const net::Executor executor = co_await net::asio::this_coro::executor;
  const auto at_once =
      static_cast<std::size_t>(std::max(1, delivery.center.settings.region_concurrency));
  for (std::size_t first = 0; first < regions.size(); first += at_once) {
    const std::size_t last = std::min(first + at_once, regions.size());
    std::size_t left = last - first;
    for (std::size_t i = first; i < last; ++i) {
      net::asio::co_spawn(executor, DeliverOne(delivery, regions[i], reports[i], left),
                          net::asio::detached);
    }
    // NOLINTNEXTLINE(bugprone-infinite-loop): the coroutines count it down.
    while (left > 0) co_await delivery.deploy_world.timers.Wait(Milliseconds(5));
  }
}

net::aw<Result<void>> DeliverAll(Delivery& delivery, std::vector<std::string> regions,
                                 DeliverReport& report) {
  TL_CO_DO(co_await CheckAccount(delivery.client, delivery.environment.account.value,
                                 fmt::format("environment '{}'", delivery.environment.name.value)));
  report.regions.push_back(co_await DeliverRegion(delivery, regions.front()));
  std::vector<std::string> others(regions.begin() + 1, regions.end());
  if (!report.regions.front().ok()) {
    report.not_tried = std::move(others);
    co_return Result<void>();
  }
  std::vector<RegionReport> reports(others.size());
  co_await DeliverOthers(delivery, std::move(others), reports);
  for (RegionReport& one : reports) report.regions.push_back(std::move(one));
  co_return Result<void>();
}

Result<void> Run(AppWorld& world, const DeliverArgs& args, deploy::Progress& progress,
                 const center::Center& center, const center::Environment& environment,
                 const std::vector<std::string>& regions, DeliverReport& report) {
  aws::ClientOptions options =
      ClientOptionsFor(center, regions.front(), args.endpoint_url, args.profile);
  Connection connection(world, std::move(options), args.role);
  const OwnProgram program{.world = world, .embedded_cloud = connection.IsEmbedded()};
  TL_TRY(const std::optional<Milliseconds> longest_shift, LongestShift(world));
  Delivery delivery{.world = world,
                    .args = args,
                    .progress = progress,
                    .center = center,
                    .environment = environment,
                    .client = connection.WithAccount(environment.account.value),
                    .deploy_world = DeployWorldFor(world, connection, program),
                    .longest_shift = longest_shift};
  return connection.Run(DeliverAll(delivery, regions, report));
}

}  // namespace

bool DeliverReport::ok() const {
  return !HasErrors(findings) && not_tried.empty() &&
         std::all_of(regions.begin(), regions.end(),
                     [](const RegionReport& region) { return region.ok(); });
}

Result<void> CheckDeliverArgs(const DeliverArgs& args) {
  TL_DO(CheckEndpointUrl(args.endpoint_url));
  const std::string& project = args.project;
  const std::vector<std::string> known = deploy::PlannedProjects();
  if (project.empty() || std::find(known.begin(), known.end(), project) != known.end()) return {};
  const auto nearest = Nearest(project, known);
  return Error(ErrorKind::kInvalid, "'{}' is not a project that is delivered; there is {}{}",
               project, Join(known, ", "),
               nearest ? fmt::format(" (did you mean '{}'?)", *nearest) : "");
}

Result<DeliverReport> Deliver(AppWorld& world, const DeliverArgs& args,
                              deploy::Progress& progress) {
  TL_DO(CheckDeliverArgs(args));
  DeliverReport report;
  report.plan_only = args.plan_only;
  report.folder = args.folder;
  center::Loaded loaded = center::LoadCenter(world.files, args.folder);
  report.findings = std::move(loaded.findings);
  if (!loaded.center) return report;
  const center::Center& center = *loaded.center;
  TL_TRY(const center::Environment* environment,
         center::SelectEnvironment(center, args.environment));
  TL_TRY(const std::vector<std::string> regions, center::SelectRegions(*environment, args.region));
  for (Finding& finding : center::CheckTarget(center, *environment))
    report.findings.push_back(std::move(finding));
  report.environment = environment->name.value;
  report.account = environment->account.value;
  if (HasErrors(report.findings)) return report;
  // From here on nothing is read from disk: a plan depends on what was loaded, and on the cloud.
  TL_DO(Run(world, args, progress, center, *environment, regions, report));
  return report;
}

}  // namespace trunkline::app
