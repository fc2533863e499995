// Hashes, checksums and text encodings of bytes. All of OpenSSL's and zlib's; nothing home-made but
// CRC64 and CRC32C.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace trunkline {

// Raw bytes of the digest.
std::string Sha256(std::string_view bytes);
std::string Sha1(std::string_view bytes);
std::string Md5(std::string_view bytes);
std::string HmacSha256(std::string_view key, std::string_view bytes);

std::uint32_t Crc32(std::string_view bytes, std::uint32_t before = 0);
std::uint32_t Crc32c(std::string_view bytes, std::uint32_t before = 0);
std::uint64_t Crc64Nvme(std::string_view bytes, std::uint64_t before = 0);

// A digest of bytes that come in pieces.
class Digest {
 public:
  enum class Kind { kMd5, kSha1, kSha256 };
  explicit Digest(Kind kind);
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  ~Digest();
  void Add(std::string_view bytes);
  std::string Finish();  // raw bytes; once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string ToHex(std::string_view bytes);  // lower case
std::optional<std::string> FromHex(std::string_view text);
std::string ToBase64(std::string_view bytes);
std::string ToBase64Url(std::string_view bytes);  // without padding
std::optional<std::string> FromBase64(
    std::string_view text);  // strict padding, white space ignored

// In a time that depends on the lengths only.
bool EqualsConstantTime(std::string_view a, std::string_view b);

}  // namespace trunkline
