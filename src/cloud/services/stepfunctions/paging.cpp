#include "cloud/services/stepfunctions/paging.h"

#include <fmt/format.h>

namespace trunkline::cloud::stepfunctions {

ServiceError InvalidToken(std::string_view token) {
  return {"InvalidToken", fmt::format("Invalid Token: '{}'", token)};
}

Answer<RecordPage> PageOf(Context& context, Kind kind, std::string_view parent,
                          const json::Object& input, const RecordFilter& filter) {
  auto size = static_cast<std::size_t>(input.GetInt("maxResults"));
  if (size == 0) size = kDefaultPage;
  auto page = context.store.ListPage(context.RegionScope(), kind, parent, size,
                                     input.GetString("nextToken"), filter);
  if (!page) return InvalidToken("Invalid token");
  return std::move(*page);
}

}  // namespace trunkline::cloud::stepfunctions
