#include "cloud/access/address.h"

#include <array>
#include <optional>
#include <string>

#include <arpa/inet.h>

#include "base/text.h"

namespace trunkline::cloud::access {
namespace {

struct Address {
  std::array<unsigned char, 16> bytes{};
  int bits = 0;  // 32 or 128
};

std::optional<Address> ReadAddress(const std::string& text) {
  Address address;
  address.bits = text.find(':') == std::string::npos ? 32 : 128;
  const int family = address.bits == 32 ? AF_INET : AF_INET6;
  if (::inet_pton(family, text.c_str(), address.bytes.data()) != 1) return std::nullopt;
  return address;
}

}  // namespace

bool IsInNetwork(std::string_view address, std::string_view network) {
  const std::size_t slash = network.find('/');
  const auto inside = ReadAddress(std::string(address));
  const auto around = ReadAddress(std::string(network.substr(0, slash)));
  if (!inside || !around || inside->bits != around->bits) return false;
  std::int64_t length = around->bits;
  if (slash != std::string_view::npos) {
    const auto given = ToInt(network.substr(slash + 1));
    if (!given || *given < 0 || *given > around->bits) return false;
    length = *given;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(length); ++i) {
    const unsigned mask = 0x80U >> (i % 8);
    if (((inside->bytes.at(i / 8) ^ around->bytes.at(i / 8)) & mask) != 0) return false;
  }
  return true;
}

}  // namespace trunkline::cloud::access
