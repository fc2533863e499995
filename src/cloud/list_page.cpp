#include "cloud/list_page.h"

#include <algorithm>

#include "cloud/list_token.h"

namespace trunkline::cloud {

std::optional<ListPage> TakePage(json::Array all, const Paging& paging) {
  const auto key = [&](const json::Value& item) {
    return paging.order.empty() ? std::string_view(item.AsString())
                                : item.AsObject().GetString(paging.order);
  };
  std::ranges::stable_sort(all, {}, key);
  auto first = all.begin();
  if (!paging.token.empty()) {
    const std::optional<std::string> last = ReadListToken(paging.name, paging.token);
    if (!last) return std::nullopt;
    first = std::ranges::upper_bound(all, std::string_view(*last), {}, key);
  }
  ListPage page;
  for (; first != all.end() && page.items.size() < paging.limit; ++first) {
    page.items.push_back(std::move(*first));
  }
  if (first != all.end() && !page.items.empty()) {
    page.next = MakeListToken(paging.name, key(page.items.back()));
  }
  return page;
}

}  // namespace trunkline::cloud
