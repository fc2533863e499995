#include "app/drift.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/finding_json.h"

namespace trunkline::app {
namespace {

net::aw<Result<std::vector<deploy::Drifted>>> DriftIn(OpenedEnvironment& opened,
                                                      std::string region) {
  const deploy::Target target = opened.TargetIn(region);
  const aws::Client client = opened.client.InRegion(region);
  TL_CO_TRY(deploy::Live live, co_await deploy::ReadLive(client, target, opened.deploy_world));
  deploy::Session session{
      .client = client, .target = target, .live = live, .world = opened.deploy_world};
  co_return co_await deploy::FindDrift(session);
}

}  // namespace

bool DriftReport::none() const {
  return std::ranges::all_of(
      regions, [](const RegionDrift& region) { return region.drifted.empty() && !region.error; });
}

Result<DriftReport> FindDrift(AppWorld& world, const EnvironmentArgs& args) {
  TL_TRY(const auto opened, OpenEnvironment(world, args));
  DriftReport report;
  report.environment = args.environment;
  for (const std::string& region : opened->regions) {
    RegionDrift& one = report.regions.emplace_back();
    one.region = region;
    auto drifted = opened->connection.Run(DriftIn(*opened, region));
    if (drifted) {
      one.drifted = std::move(*drifted);
    } else {
      one.error = std::move(drifted).error();
    }
  }
  return report;
}

std::string ToText(const DriftReport& report) {
  std::string text;
  for (const RegionDrift& region : report.regions) {
    if (region.error) continue;  // told as an error
    if (region.drifted.empty()) {
      text += fmt::format("{}: nothing was changed since it was delivered\n", region.region);
      continue;
    }
    text += fmt::format("{}: {} changed since it was delivered\n", region.region,
                        region.drifted.size() == 1
                            ? std::string("1 resource")
                            : fmt::format("{} resources", region.drifted.size()));
    for (const deploy::Drifted& one : region.drifted)
      text += fmt::format("  {} '{}': {}\n", one.kind, one.name, one.what);
  }
  return text;
}

json::Object ToJson(const DriftReport& report) {
  json::Array regions;
  for (const RegionDrift& region : report.regions) {
    json::Array drifted;
    for (const deploy::Drifted& one : region.drifted) {
      json::Object entry{{"kind", one.kind}, {"name", one.name}, {"what", one.what}};
      drifted.emplace_back(std::move(entry));
    }
    json::Object entry{{"region", region.region}, {"drifted", std::move(drifted)}};
    if (region.error) entry.Set("error", ToJson(*region.error));
    regions.emplace_back(std::move(entry));
  }
  return {
      {"environment", report.environment}, {"ok", report.none()}, {"regions", std::move(regions)}};
}

}  // namespace trunkline::app
