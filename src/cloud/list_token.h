// Paging of a listing that a handler makes itself (filtered, or of something that is not a record).
//
// A token holds the key of the last item shown, so that a page continues behind it even when that
// item was deleted in between, and a mark of the listing (operation and filter): a token of another
// listing is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trunkline::cloud {

// `listing` is any text that is the same for the pages of one listing. Opaque, base64.
std::string MakeListToken(std::string_view listing, std::string_view last_key);

// The key behind which the page begins; nothing for a token that was not made for this listing.
std::optional<std::string> ReadListToken(std::string_view listing, std::string_view token);

}  // namespace trunkline::cloud
