#include "cloud/list_token.h"

#include "base/hash.h"

namespace trunkline::cloud {
namespace {

constexpr std::size_t kMarkLength = 8;

std::string Mark(std::string_view listing) {
  return ToHex(Sha256(listing)).substr(0, kMarkLength);
}

}  // namespace

std::string MakeListToken(std::string_view listing, std::string_view last_key) {
  return ToBase64(Mark(listing) + std::string(last_key));
}

std::optional<std::string> ReadListToken(std::string_view listing, std::string_view token) {
  const std::optional<std::string> bytes = FromBase64(token);
  if (!bytes || bytes->size() < kMarkLength) return std::nullopt;
  if (std::string_view(*bytes).substr(0, kMarkLength) != Mark(listing)) return std::nullopt;
  return bytes->substr(kMarkLength);
}

}  // namespace trunkline::cloud
