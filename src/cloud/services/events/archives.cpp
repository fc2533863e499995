// Archives: events of a bus, kept.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/event_pattern.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {
namespace {

Answer<void> CheckPattern(const json::Object& input) {
  const std::string_view pattern = input.GetString("EventPattern");
  std::string problem;
  if (pattern.empty() || ReadPattern(pattern, problem)) return {};
  return ServiceError("InvalidEventPatternException",
                      fmt::format("Event pattern is not valid. Reason: {}", problem));
}

Answer<> CreateArchive(Context& context, const json::Object& input) {
  const std::string name(input.GetString("ArchiveName"));
  if (context.store.Find(context.RegionScope(), kArchive, name)) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("Archive {} already exists.", name));
  }
  TL_DO(CheckPattern(input));
  TL_TRY(const Bus bus, FindBus(context, input.GetString("EventSourceArn")));
  json::Object body{{"ArchiveName", name},
                    {"ArchiveArn", MakeArn(context, "events", "archive/" + name)},
                    {"EventSourceArn", bus.Arn()},
                    {"State", "ENABLED"},
                    {"RetentionDays", input.GetInt("RetentionDays")},
                    {"SizeBytes", 0},
                    {"EventCount", 0},
                    {"CreationTime", Seconds(context)}};
  CopyGiven(input, {"Description", "EventPattern", "KmsKeyIdentifier"}, body);
  json::Object answer = body;
  context.store.Put(context.RegionScope(), kArchive,
                    {.id = name, .parent = "", .name = name, .body = std::move(body)});
  return answer;
}

Answer<Record> FindArchive(Context& context, const json::Object& input) {
  return FindNamed(context, kArchive, input.GetString("ArchiveName"), "Archive");
}

Answer<> DescribeArchive(Context& context, const json::Object& input) {
  TL_TRY(const Record archive, FindArchive(context, input));
  return archive.body;
}

Answer<> UpdateArchive(Context& context, const json::Object& input) {
  TL_TRY(Record archive, FindArchive(context, input));
  TL_DO(CheckPattern(input));
  CopyGiven(input, {"Description", "EventPattern", "RetentionDays", "KmsKeyIdentifier"},
            archive.body);
  json::Object answer = archive.body;
  context.store.Put(context.RegionScope(), kArchive, std::move(archive));
  return answer;
}

Answer<> DeleteArchive(Context& context, const json::Object& input) {
  TL_TRY(const Record archive, FindArchive(context, input));
  std::vector<std::string> ids;
  for (const Record* event : context.store.List(context.RegionScope(), kArchived, archive.id))
    ids.push_back(event->id);
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kArchived, id);
  context.store.Delete(context.RegionScope(), kArchive, archive.id);
  return json::Object();
}

Answer<> ListArchives(Context& context, const json::Object& input) {
  if (input.Has("EventSourceArn")) TL_DO(FindBus(context, input.GetString("EventSourceArn")));
  const auto keep = [&](const Record& archive) {
    return (!input.Has("EventSourceArn") ||
            archive.body.GetString("EventSourceArn") == input.GetString("EventSourceArn")) &&
           (!input.Has("State") || archive.body.GetString("State") == input.GetString("State"));
  };
  return ListNamed(context, input,
                   {.kind = kArchive, .parent = {}, .list = "Archives", .keep = keep});
}

constexpr Operation kOperations[] = {
    {.name = "CreateArchive", .handle = CreateArchive},
    {.name = "DeleteArchive", .handle = DeleteArchive},
    {.name = "DescribeArchive", .handle = DescribeArchive},
    {.name = "ListArchives", .handle = ListArchives},
    {.name = "UpdateArchive", .handle = UpdateArchive},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kArchiveOperations = kOperations;

}  // namespace trunkline::cloud::events
