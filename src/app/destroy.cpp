#include "app/destroy.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/finding_json.h"
#include "deploy/change_text.h"

namespace trunkline::app {
namespace {

net::aw<Result<void>> PlanOne(OpenedEnvironment& opened, RegionRemoval& region) {
  const aws::Client client = opened.client.InRegion(region.target.region);
  TL_CO_TRY(region.live, co_await deploy::ReadLive(client, region.target, opened.deploy_world));
  deploy::Session session{
      .client = client, .target = region.target, .live = region.live, .world = opened.deploy_world};
  TL_CO_TRY(region.removal, co_await deploy::PlanRemoval(session));
  co_return Result<void>();
}

Result<void> CheckNumbers(const RegionRemoval& region, bool release_numbers) {
  const deploy::Removal& removal = region.removal;
  const bool goes = removal.plan.Find("instance:" + region.target.instance_name) != nullptr;
  if (goes && removal.other_numbers > 0) {
    return Error(ErrorKind::kConflict,
                 "instance '{}' has {} phone numbers that Trunkline did not claim; they would be "
                 "lost with it: release or move them first (trunkline phone list)",
                 region.target.instance_name, removal.other_numbers);
  }
  if (release_numbers || removal.numbers.empty() || !goes) return {};
  return Error(ErrorKind::kConflict,
               "instance '{}' has {} phone numbers, which would be lost with it and may never be "
               "had again: say --release-numbers, or move them first",
               region.target.instance_name, removal.numbers.size());
}

net::aw<Result<void>> ReleaseAll(deploy::Session& session, RegionRemoval& region) {
  for (const deploy::PhoneNumber& number : region.removal.numbers) {
    TL_CO_DO(co_await deploy::ReleaseNumber(session, number.number));
    region.released.push_back(number.number);
  }
  co_return Result<void>();
}

net::aw<Result<void>> DestroyOne(OpenedEnvironment& opened, RegionRemoval& region,
                                 deploy::Progress& progress, const bool* stop) {
  const aws::Client client = opened.client.InRegion(region.target.region);
  deploy::Session session{
      .client = client, .target = region.target, .live = region.live, .world = opened.deploy_world};
  TL_CO_DO(co_await ReleaseAll(session, region));
  deploy::ApplyOptions options;
  options.stop = stop;
  region.applied = co_await deploy::Apply(client, region.target, opened.deploy_world, region.live,
                                          region.removal.plan, options, progress);
  co_return Result<void>();
}

}  // namespace

bool Destruction::IsNothing() const {
  return std::ranges::all_of(regions, [](const RegionRemoval& region) {
    return region.removal.plan.changes.empty() && region.removal.numbers.empty();
  });
}

bool Destruction::ok() const {
  return std::ranges::all_of(regions, [](const RegionRemoval& region) { return region.ok(); });
}

Result<Destruction> PlanDestruction(AppWorld& world, const EnvironmentArgs& args,
                                    bool release_numbers) {
  Destruction destruction;
  TL_TRY(destruction.opened, OpenEnvironment(world, args));
  OpenedEnvironment& opened = *destruction.opened;
  for (auto region = opened.regions.rbegin(); region != opened.regions.rend(); ++region) {
    RegionRemoval removal{.target = opened.TargetIn(*region)};
    TL_DO(opened.connection.Run(PlanOne(opened, removal)));
    TL_DO(CheckNumbers(removal, release_numbers));
    if (!release_numbers) removal.removal.numbers.clear();
    destruction.regions.push_back(std::move(removal));
  }
  return destruction;
}

void Destroy(Destruction& destruction, deploy::Progress& progress, const bool* stop) {
  OpenedEnvironment& opened = *destruction.opened;
  for (RegionRemoval& region : destruction.regions) {
    Result<void> done = opened.connection.Run(DestroyOne(opened, region, progress, stop));
    if (!done) region.error = std::move(done).error();
    if (!region.ok()) return;
  }
}

std::string PlanText(const Destruction& destruction) {
  std::string text;
  for (const RegionRemoval& region : destruction.regions) {
    text += fmt::format("{}: {} would be deleted\n", region.target.region,
                        region.removal.plan.changes.size());
    for (const deploy::PhoneNumber& number : region.removal.numbers)
      text += fmt::format("  - release phone number {}\n", number.number);
    for (const deploy::Change& change : region.removal.plan.changes) {
      const bool whole = change.kind == "instance";
      text +=
          fmt::format("  - {}{}\n", deploy::ToText(change), whole ? " with everything in it" : "");
    }
  }
  return text;
}

std::string ToText(const Destruction& destruction) {
  std::string text;
  for (const RegionRemoval& region : destruction.regions) {
    if (!region.applied) {
      text += fmt::format("{}: not done{}\n", region.target.region,
                          region.error ? ": " + region.error->message() : "");
      continue;
    }
    text += fmt::format("{}: {} deleted", region.target.region, region.applied->done.size());
    if (!region.released.empty())
      text += fmt::format(", {} numbers released", region.released.size());
    if (!region.applied->failed.empty())
      text += fmt::format(", {} failed", region.applied->failed.size());
    if (!region.applied->blocked.empty())
      text += fmt::format(", {} not tried because of that", region.applied->blocked.size());
    text += region.ok() ? "\n" : "; run it again to go on\n";
  }
  return text;
}

json::Object ToJson(const Destruction& destruction) {
  json::Array regions;
  for (const RegionRemoval& region : destruction.regions) {
    json::Object entry{{"region", region.target.region},
                       {"changes", deploy::ToJson(region.removal.plan.changes)}};
    json::Array released;
    for (const std::string& number : region.released) released.emplace_back(number);
    entry.Set("released", std::move(released));
    if (region.applied) {
      entry.Set("done", deploy::ToJson(region.applied->done));
      entry.Set("failed", deploy::ToJson(region.applied->failed));
      entry.Set("notTried", deploy::ToJson(region.applied->blocked));
    }
    if (region.error) entry.Set("error", ToJson(*region.error));
    regions.emplace_back(std::move(entry));
  }
  return {{"ok", destruction.ok()}, {"regions", std::move(regions)}};
}

}  // namespace trunkline::app
