#include "cloud/services/codebuild/listing.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/list_token.h"
#include "cloud/services/codebuild/records.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::int64_t kPage = 100;

}  // namespace

Answer<> ListIds(const ListingForm& form, std::vector<Listed> items, const json::Object& input) {
  const std::string_view order = input.GetString("sortOrder");
  const bool descending = order.empty() ? form.newest_first : order == "DESCENDING";
  const auto before = [descending](const Listed& a, const Listed& b) {
    return descending ? b.key < a.key : a.key < b.key;
  };
  std::sort(items.begin(), items.end(), before);

  const std::string listing = fmt::format("{}:{}:{}", form.name, descending ? "down" : "up",
                                          json::Write(input.GetObject("filter")));
  auto at = items.begin();
  if (const std::string_view token = input.GetString("nextToken"); !token.empty()) {
    const std::optional<std::string> last = ReadListToken(listing, token);
    if (!last) return InvalidInput("Invalid next token");
    at = std::upper_bound(items.begin(), items.end(), Listed{.key = *last, .id = {}}, before);
  }
  json::Array ids;
  const auto limit = static_cast<std::size_t>(input.GetInt("maxResults", kPage));
  for (; at != items.end() && ids.size() < limit; ++at) ids.emplace_back(at->id);
  json::Object answer;
  answer.Set(form.member, std::move(ids));
  if (at != items.end()) answer.Set("nextToken", MakeListToken(listing, std::prev(at)->key));
  return answer;
}

}  // namespace trunkline::cloud::codebuild
