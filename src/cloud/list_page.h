// A page of what a handler has already collected, in the order of a text that each item carries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud {

struct ListPage {
  json::Array items;
  std::string next;  // empty on the last page
};

// What is paged: `order` is the member (of objects) that the items are sorted by and that tells
// them apart; empty for items that are texts. `name` is the same for the pages of one listing.
struct Paging {
  std::string_view name;
  std::string_view order;
  std::size_t limit = 0;
  std::string_view token;
};

// Sorts `all` and takes a page. Nothing: the token was not given out for this listing.
std::optional<ListPage> TakePage(json::Array all, const Paging& paging);

}  // namespace trunkline::cloud
