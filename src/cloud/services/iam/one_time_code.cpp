#include "cloud/services/iam/one_time_code.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::int64_t kStep = 30;
constexpr std::int64_t kMostStepsOff = 10;

std::string HmacSha1(std::string key, std::string_view bytes) {
  if (key.size() > kBlock) key = Sha1(key);
  key.resize(kBlock, '\0');
  std::string inner = key;
  std::string outer = key;
  for (std::size_t i = 0; i < kBlock; ++i) {
    inner[i] = static_cast<char>(inner[i] ^ 0x36);
    outer[i] = static_cast<char>(outer[i] ^ 0x5c);
  }
  return Sha1(outer + Sha1(inner + std::string(bytes)));
}

bool Same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned different = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return different == 0;
}

}  // namespace

std::string ToBase32(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) text += kAlphabet[(bits >> (count - 5)) & 31U];
  }
  if (count > 0) text += kAlphabet[(bits << (5 - count)) & 31U];
  return text;
}

std::string OneTimeCode(std::string_view seed, std::uint64_t step) {
  std::string counter(8, '\0');
  for (std::size_t i = counter.size(); i-- > 0; step >>= 8U)
    counter[i] = static_cast<char>(step & 0xFFU);
  const std::string mac = HmacSha1(std::string(seed), counter);
  const std::size_t at = static_cast<unsigned char>(mac.back()) & 0x0FU;
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + 4; ++i)
    number = (number << 8U) | static_cast<unsigned char>(mac[i]);
  return fmt::format("{:06}", (number & 0x7FFFFFFFU) % 1000000U);
}

bool AreCodesInARow(std::string_view seed, std::int64_t seconds, std::string_view first,
                    std::string_view second) {
  bool found = false;
  for (std::int64_t off = -kMostStepsOff; off <= kMostStepsOff; ++off) {
    const auto step = static_cast<std::uint64_t>(seconds / kStep + off);
    const bool both =
        Same(OneTimeCode(seed, step), first) && Same(OneTimeCode(seed, step + 1), second);
    found = found || both;
  }
  return found;
}

}  // namespace trunkline::cloud::iam
