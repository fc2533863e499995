#include "base/random.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <sys/random.h>

namespace trunkline {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): every seed gives a full-period sequence.
std::uint64_t NextOf(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

}  // namespace

void SystemRandom::Fill(std::span<unsigned char> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    // Without randomness nothing we sign is safe: there is no way to go on.
    if (got < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

void SeededRandom::Fill(std::span<unsigned char> bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) word = NextOf(state_);
    bytes[i] = static_cast<unsigned char>(word >> (8 * (i % 8)));
  }
}

std::string NewUuid(Random& random) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<unsigned char, 16> bytes{};
  random.Fill(bytes);
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);  // version 4
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);  // RFC 4122 variant
  std::string uuid;
  uuid.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += kHex[bytes[i] >> 4U];
    uuid += kHex[bytes[i] & 0x0FU];
  }
  return uuid;
}

std::string NewToken(Random& random, std::size_t length, std::string_view alphabet) {
  if (alphabet.empty() || alphabet.size() > 256) {
    throw std::logic_error("an alphabet has 1 to 256 characters");
  }
  // Bytes at or above the largest multiple of the alphabet's size are drawn again: no character is
  // favoured.
  const std::size_t fair = 256 - 256 % alphabet.size();
  std::string token;
  token.reserve(length);
  std::array<unsigned char, 64> bytes{};
  while (token.size() < length) {
    const std::span<unsigned char> part(bytes.data(),
                                        std::min(bytes.size(), length - token.size()));
    random.Fill(part);
    for (const unsigned char byte : part) {
      if (byte < fair) token += alphabet[byte % alphabet.size()];
    }
  }
  return token;
}

std::uint64_t UniformBelow(Random& random, std::uint64_t bound) {
  if (bound == 0) throw std::logic_error("UniformBelow needs a bound above 0");
  const std::uint64_t unfair =
      (0 - bound) % bound;  // 2^64 mod bound: that many smallest values are drawn again
  for (;;) {
    std::array<unsigned char, 8> bytes{};
    random.Fill(bytes);
    std::uint64_t word = 0;
    for (const unsigned char byte : bytes) word = word << 8U | byte;
    if (word >= unfair) return word % bound;
  }
}

}  // namespace trunkline
