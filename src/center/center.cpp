#include "center/center.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::center {
namespace {

std::vector<std::string> EnvironmentNames(const Center& center) {
  std::vector<std::string> names;
  names.reserve(center.environments.size());
  for (const Environment& environment : center.environments) names.push_back(*environment.name);
  return names;
}

std::string_view LineOf(std::string_view text, std::uint32_t line) {
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return json::LineAt(text, 0);
}

}  // namespace

const Environment* Center::FindEnvironment(std::string_view name) const {
  for (const Environment& environment : environments) {
    if (*environment.name == name) return &environment;
  }
  return nullptr;
}

bool Center::HasProject(std::string_view project) const {
  return std::ranges::find(projects, project) != projects.end();
}

Result<const Environment*> SelectEnvironment(const Center& center, std::string_view name) {
  if (const Environment* found = center.FindEnvironment(name)) return found;
  const std::vector<std::string> names = EnvironmentNames(center);
  if (const auto near = Nearest(name, names)) {
    return Error(ErrorKind::kNotFound,
                 "environment '{}' is not declared in accountvars.json, did you mean '{}'?", name,
                 *near);
  }
  return Error(ErrorKind::kNotFound,
               "environment '{}' is not declared in accountvars.json, which has {}", name,
               names.empty() ? "none" : Join(names, ", "));
}

Result<std::vector<std::string>> SelectRegions(const Environment& environment,
                                               std::string_view region) {
  std::vector<std::string> regions;
  regions.reserve(environment.regions.size());
  for (const Text& declared : environment.regions) regions.push_back(*declared);
  if (region.empty()) return regions;
  for (const std::string& declared : regions) {
    if (declared == region) return std::vector<std::string>{declared};
  }
  return Error(ErrorKind::kNotFound, "environment '{}' is not delivered to Region '{}', only to {}",
               *environment.name, region, Join(regions, ", "));
}

std::string InstanceName(const Center& center, const Environment& environment,
                         std::string_view region) {
  return fmt::format("{}-{}-{}", ToLower(*center.instance->alias), *environment.name, region);
}

std::string BucketName(const Center& center, const Environment& environment,
                       std::string_view region) {
  return ToLower(fmt::format("{}-{}-{}", *center.instance->bucket, *environment.name, region));
}

Shift ShiftOf(const Center& center, const Environment& environment, const Function& function) {
  if (function.shift) return *function.shift;
  const auto own = center.settings.shifts.find(*environment.name);
  return own == center.settings.shifts.end() ? Shift() : own->second;
}

Milliseconds LongestShift(const Center& center, const Environment& environment) {
  Milliseconds longest{0};
  for (const Function& function : center.functions)
    longest = std::max(longest, ShiftOf(center, environment, function).Duration());
  return longest;
}

Finding FindingAt(const Center& center, Severity severity, std::string_view code,
                  const Place& place, std::string message, std::string hint) {
  Finding finding{.severity = severity,
                  .code = std::string(code),
                  .message = std::move(message),
                  .hint = std::move(hint),
                  .place = place,
                  .source_line = {}};
  const auto text = center.texts.find(place.file);
  if (text != center.texts.end() && place.line > 0) {
    finding.source_line.text = LineOf(text->second, place.line);
  }
  return finding;
}

}  // namespace trunkline::center
