#include "cloud/services/connections/pages.h"

#include <utility>

namespace trunkline::cloud::connections {

Answer<> ListRecords(Context& context, Kind kind, const json::Object& input,
                     const RecordFilter& filter, std::string_view member,
                     json::Object (*shape)(Context&, const Record&)) {
  constexpr std::int64_t kUsual = 100;
  const std::int64_t asked = input.GetInt("MaxResults");
  const auto limit = static_cast<std::size_t>(asked == 0 ? kUsual : asked);
  const auto page = context.store.ListPage(context.RegionScope(), kind, {}, limit,
                                           input.GetString("NextToken"), filter);
  if (!page) return ServiceError("ValidationException", "The NextToken is not valid.");
  json::Array shapes;
  for (const Record* record : page->records) shapes.emplace_back(shape(context, *record));
  json::Object output;
  output.Set(member, std::move(shapes));
  output.SetIfNotEmpty("NextToken", page->next);
  return output;
}

}  // namespace trunkline::cloud::connections
