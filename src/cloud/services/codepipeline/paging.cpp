#include "cloud/services/codepipeline/paging.h"

namespace trunkline::cloud::codepipeline {

Answer<RecordPage> ListRecords(Context& context, Kind kind, std::string_view parent,
                               const json::Object& input, std::size_t most,
                               const RecordFilter& filter) {
  const auto limit =
      static_cast<std::size_t>(input.GetInt("maxResults", static_cast<std::int64_t>(most)));
  Result<RecordPage> page = context.store.ListPage(context.RegionScope(), kind, parent, limit,
                                                   input.GetString("nextToken"), filter);
  if (page) return std::move(*page);
  return ServiceError("InvalidNextTokenException", "The next token is not valid");
}

}  // namespace trunkline::cloud::codepipeline
