#include "net/loopback.h"

#include <algorithm>
#include <array>

namespace trunkline::net {

bool IsLoopback(const Url& url) {
  constexpr std::array<std::string_view, 4> kHosts = {"127.0.0.1", "localhost", "::1", "[::1]"};
  return std::ranges::find(kHosts, url.host) != kHosts.end();
}

}  // namespace trunkline::net
