#include "cloud/cidr.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.h"

namespace trunkline::cloud {
namespace {

struct Address {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t length = 0;  // 4 or 16
};

std::optional<Address> ReadV4(std::string_view text) {
  const auto parts = Split(text, '.');
  if (parts.size() != 4) return std::nullopt;
  Address address{.bytes = {}, .length = 4};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto part = ToInt(parts[i]);
    if (!part || *part < 0 || *part > 255) return std::nullopt;
    address.bytes.at(i) = static_cast<std::uint8_t>(*part);
  }
  return address;
}

std::optional<std::uint16_t> ReadGroup(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(ToLower({&c, 1}));
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return static_cast<std::uint16_t>(value);
}

std::optional<Address> ReadV6(std::string_view text) {
  const std::size_t gap = text.find("::");
  const std::string_view head = text.substr(0, gap);
  const std::string_view tail =
      gap == std::string_view::npos ? std::string_view() : text.substr(gap + 2);
  const auto groups = [](std::string_view part) {
    return part.empty() ? std::vector<std::string_view>() : Split(part, ':');
  };
  const auto first = groups(head);
  const auto last = groups(tail);
  const std::size_t count = first.size() + last.size();
  if (count > 8 || (gap == std::string_view::npos && count != 8)) return std::nullopt;
  Address address{.bytes = {}, .length = 16};
  const auto put = [&](std::string_view group, std::size_t at) {
    const auto value = ReadGroup(group);
    if (!value) return false;
    address.bytes.at(2 * at) = static_cast<std::uint8_t>(*value >> 8U);
    address.bytes.at(2 * at + 1) = static_cast<std::uint8_t>(*value & 0xffU);
    return true;
  };
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!put(first[i], i)) return std::nullopt;
  }
  for (std::size_t i = 0; i < last.size(); ++i) {
    if (!put(last[i], 8 - last.size() + i)) return std::nullopt;
  }
  return address;
}

std::optional<Address> ReadAddress(std::string_view text) {
  return text.find(':') == std::string_view::npos ? ReadV4(text) : ReadV6(text);
}

struct Block {
  Address address;
  unsigned bits = 0;
};

std::optional<Block> ReadBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = ReadAddress(text.substr(0, slash));
  if (!address || slash == std::string_view::npos) return std::nullopt;
  const auto bits = ToInt(text.substr(slash + 1));
  if (!bits || *bits < 0 || *bits > static_cast<std::int64_t>(address->length) * 8)
    return std::nullopt;
  return Block{.address = *address, .bits = static_cast<unsigned>(*bits)};
}

}  // namespace

bool IsCidr(std::string_view text) {
  return ReadBlock(text).has_value();
}

bool IsWithinCidr(std::string_view text, std::string_view cidr) {
  const auto block = ReadBlock(cidr);
  const auto address = ReadAddress(text);
  if (!block || !address || address->length != block->address.length) return false;
  for (unsigned bit = 0; bit < block->bits; ++bit) {
    const unsigned mask = 0x80U >> (bit % 8);
    if ((address->bytes.at(bit / 8) & mask) != (block->address.bytes.at(bit / 8) & mask))
      return false;
  }
  return true;
}

}  // namespace trunkline::cloud
