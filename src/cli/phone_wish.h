// Which number is wanted: what `phone search` and `phone claim` share.
#pragma once

#include "app/phone.h"
#include "cli/command.h"

namespace trunkline::cli {

inline constexpr Option kCountryOption{
    .name = "--country", .value = "CODE", .help = "two letters, such as DE (default US)"};
inline constexpr Option kTypeOption{
    .name = "--type", .value = "TYPE", .help = "DID, TOLL_FREE or UIFN (default DID)"};
inline constexpr Option kPrefixOption{
    .name = "--prefix", .value = "PREFIX", .help = "how it begins, such as +1415"};

inline app::NumberWish NumberWishOf(const Arguments& arguments) {
  app::NumberWish wish;
  wish.country = arguments.Get("--country", wish.country);
  wish.type = arguments.Get("--type", wish.type);
  wish.prefix = arguments.Get("--prefix");
  return wish;
}

}  // namespace trunkline::cli
