// Randomness, passed in, and the identifiers made of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace trunkline {

class Random {
 public:
  virtual ~Random() = default;
  virtual void Fill(std::span<unsigned char> bytes) = 0;
};

// The operating system's: for keys and everything an attacker must not guess.
class SystemRandom final : public Random {
 public:
  void Fill(std::span<unsigned char> bytes) override;
};

// The same sequence for the same seed: for tests and simulations.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void Fill(std::span<unsigned char> bytes) override;

 private:
  std::uint64_t state_;
};

std::string NewUuid(Random& random);  // version 4, lower case
// `length` characters drawn evenly from `alphabet` (1 to 256 characters).
std::string NewToken(Random& random, std::size_t length, std::string_view alphabet);
inline constexpr std::string_view kUpperAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
inline constexpr std::string_view kAlphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
std::uint64_t UniformBelow(Random& random, std::uint64_t bound);  // 0 <= result < bound; bound > 0

}  // namespace trunkline
