#include "cloud/services/logs/filters.h"

#include "base/json_write.h"
#include "cloud/services/logs/pattern.h"

namespace trunkline::cloud::logs {

Answer<void> CheckFilterPattern(std::string_view pattern) {
  const Result<Pattern> read = Pattern::Read(pattern);
  if (read) return {};
  return BadParameter(read.error().message());
}

Answer<> PutFilter(Context& context, Kind kind, const json::Object& input, json::Object body,
                   std::size_t most) {
  const std::string group(input.GetString("logGroupName"));
  const std::string name(input.GetString("filterName"));
  const std::string id = StreamId(group, name);
  const Record* before = context.store.Find(context.RegionScope(), kind, id);
  if (!before && context.store.List(context.RegionScope(), kind, group).size() >= most)
    return ServiceError("LimitExceededException", "Resource limit exceeded.");
  body.Set("creationTime",
           before ? before->body.GetInt("creationTime") : Milliseconds1970(context));
  context.store.Put(context.RegionScope(), kind,
                    {.id = id, .parent = group, .name = name, .body = std::move(body)});
  return json::Object();
}

Answer<> DeleteFilter(Context& context, Kind kind, const json::Object& input,
                      std::string_view what) {
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  const std::string id = StreamId(group.id, input.GetString("filterName"));
  if (context.store.Delete(context.RegionScope(), kind, id)) return json::Object();
  return NotFound(what);
}

Answer<> DescribeFilters(Context& context, const json::Object& input,
                         const FilterListing& listing) {
  constexpr std::int64_t kDefaultPage = 50;
  json::Object told = input;  // the same for the pages of one listing
  told.Remove("nextToken");
  told.Remove("limit");
  const std::string_view prefix = input.GetString("filterNamePrefix");
  const RecordFilter filter{.text = json::WriteSorted(told), .keep = [&](const Record& record) {
                              return record.name.starts_with(prefix) &&
                                     (!listing.keep || listing.keep(record));
                            }};
  const auto page =
      context.store.ListPage(context.RegionScope(), listing.kind, listing.group,
                             static_cast<std::size_t>(input.GetInt("limit", kDefaultPage)),
                             input.GetString("nextToken"), filter);
  if (!page) return BadParameter("The specified nextToken is invalid.");
  json::Array filters;
  for (const Record* record : page->records) filters.push_back(record->body);
  json::Object answer;
  answer.Set(listing.list, std::move(filters));
  answer.SetIfNotEmpty("nextToken", page->next);
  return answer;
}

}  // namespace trunkline::cloud::logs
