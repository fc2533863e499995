#include "cloud/services/codebuild/records.h"

#include <fmt/format.h>

namespace trunkline::cloud::codebuild {

ServiceError InvalidInput(std::string_view text) {
  return {"InvalidInputException", text};
}

ServiceError NotFound(std::string_view text) {
  return {"ResourceNotFoundException", text};
}

std::string Arn(const Context& context, std::string_view type, std::string_view id) {
  return fmt::format("arn:aws:codebuild:{}:{}:{}/{}", context.region, context.caller.account, type,
                     id);
}

std::string IdOf(const Context& context, std::string_view type, std::string_view id_or_arn) {
  const std::string prefix = Arn(context, type, "");
  if (id_or_arn.starts_with(prefix)) id_or_arn.remove_prefix(prefix.size());
  return std::string(id_or_arn);
}

json::Value Seconds(TimePoint time) {
  return json::Number{EpochSeconds(time)};
}

std::string SortName(TimePoint time, std::int64_t number) {
  return fmt::format("{:015}-{:09}", time.time_since_epoch().count(), number);
}

Answer<const Record*> FindProject(Context& context, std::string_view name) {
  const Record* record =
      context.store.Find(context.RegionScope(), kProject, IdOf(context, "project", name));
  if (record) return record;
  return NotFound(fmt::format("Project cannot be found: {}", Arn(context, "project", name)));
}

Answer<const Record*> FindBuild(Context& context, std::string_view id_or_arn) {
  const std::string id = IdOf(context, "build", id_or_arn);
  if (const Record* record = context.store.Find(context.RegionScope(), kBuild, id)) return record;
  return NotFound(fmt::format("Build with id {} does not exist", id));
}

}  // namespace trunkline::cloud::codebuild
