#include "cloud/services/lambda/revisions.h"

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cloud::lambda {
namespace {

struct Place {
  Kind kind;
  std::string id;
};

Place PlaceOf(const Name& name) {
  if (name.qualifier.empty() || name.qualifier == kLatest)
    return {.kind = kFunction, .id = name.function};
  const std::string id = fmt::format("{}:{}", name.function, name.qualifier);
  return {.kind = ToInt(name.qualifier) ? kVersion : kAlias, .id = id};
}

// Aliases are as the wire has them, all else has its configuration.
const json::Object& Revised(const Record& record, const Place& place) {
  return place.kind.name == kAlias.name ? record.body : record.body.GetObject("Configuration");
}

}  // namespace

Answer<void> FindQualified(Context& context, const Name& name) {
  TL_DO(FindFunction(context, name.function));
  const Place place = PlaceOf(name);
  if (context.store.Find(context.RegionScope(), place.kind, place.id) != nullptr) return {};
  const std::string arn = FunctionArn(context, name.function, name.qualifier);
  const bool alias =
      place.kind.name == kAlias.name && name.qualifier.find('$') == std::string::npos;
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("{}: {}", alias ? "Cannot find alias arn" : "Function not found", arn));
}

std::string RevisionOf(Context& context, const Name& name) {
  const Place place = PlaceOf(name);
  const Record* record = context.store.Find(context.RegionScope(), place.kind, place.id);
  return record ? std::string(Revised(*record, place).GetString("RevisionId")) : std::string();
}

void Revise(Context& context, const Name& name) {
  const Place place = PlaceOf(name);
  const Record* found = context.store.Find(context.RegionScope(), place.kind, place.id);
  if (!found) return;
  Record record = *found;
  json::Object& revised =
      place.kind.name == kAlias.name ? record.body : record.body["Configuration"].AsObject();
  revised.Set("RevisionId", NewUuid(context.random));
  context.store.Put(context.RegionScope(), place.kind, std::move(record));
}

Answer<void> CheckRevision(Context& context, const Name& name, std::string_view wanted) {
  return CheckRevision(RevisionOf(context, name), wanted);
}

Answer<void> CheckRevision(std::string_view revision, std::string_view wanted) {
  if (wanted.empty() || wanted == revision) return {};
  return ServiceError("PreconditionFailedException",
                      "The Revision Id provided does not match the latest Revision Id. Call the "
                      "GetFunction/GetAlias API to retrieve the latest Revision Id");
}

}  // namespace trunkline::cloud::lambda
