#include "base/hash.h"

#include <array>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <zlib.h>

namespace trunkline {
namespace {

// Never null: OpenSSL and zlib take a null pointer for "start again".
const unsigned char* Bytes(std::string_view text) {
  if (text.data() == nullptr) text = "";
  return reinterpret_cast<const unsigned char*>(text.data());
}

void Require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("OpenSSL refused ") + what);
}

// OpenSSL 3 looks an algorithm up by name on every use of EVP_sha256(), which takes longer than
// hashing a short text; so each is fetched once. The result is constant and lives as long as the
// program.
const EVP_MD* Algorithm(Digest::Kind kind) {
  static const std::array<EVP_MD*, 3> kAlgorithms = {EVP_MD_fetch(nullptr, "MD5", nullptr),
                                                     EVP_MD_fetch(nullptr, "SHA1", nullptr),
                                                     EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  const EVP_MD* algorithm = kAlgorithms.at(static_cast<std::size_t>(kind));
  Require(algorithm != nullptr, "to load a digest");
  return algorithm;
}

// For HMAC the look-up takes three times as long as the hashing: a context is made once and copied.
const EVP_MAC_CTX* PreparedHmac() {
  static const EVP_MAC_CTX* const kPrepared = [] {
    EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    EVP_MAC_CTX* const context = EVP_MAC_CTX_new(algorithm);
    EVP_MAC_free(algorithm);  // the context holds it
    std::string digest = "SHA256";
    const std::array<OSSL_PARAM, 2> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    Require(EVP_MAC_CTX_set_params(context, parameters.data()) == 1, "to load HMAC");
    return context;
  }();
  return kPrepared;
}

std::string HashOf(Digest::Kind kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  Require(
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, Algorithm(kind), nullptr) == 1,
      "a digest");
  return {reinterpret_cast<const char*>(digest.data()), size};
}

// Reflected CRCs, eight bytes a step ("slicing by 8", Kounavis and Berry 2005): tables[k][b] is the
// checksum of byte b followed by k zero bytes.
template <class Word>
using CrcTables = std::array<std::array<Word, 256>, 8>;

template <class Word>
constexpr CrcTables<Word> MakeCrcTables(Word reflected_polynomial) {
  CrcTables<Word> tables{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    Word crc = byte;
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc & 1U) != 0 ? (crc >> 1U) ^ reflected_polynomial : crc >> 1U;
    tables[0][byte] = crc;
  }
  for (std::size_t k = 1; k < 8; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const Word shorter = tables[k - 1][byte];
      tables[k][byte] = (shorter >> 8U) ^ tables[0][shorter & 0xFFU];
    }
  }
  return tables;
}

template <class Word>
Word CrcOf(const CrcTables<Word>& tables, std::string_view bytes, Word before) {
  Word crc = ~before;
  const unsigned char* at = Bytes(bytes);
  std::size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) {
    Word next = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      const Word mixed = i < sizeof(Word) ? (crc >> (8 * i)) & 0xFFU : 0;
      next ^= tables[7 - i][(mixed ^ at[i]) & 0xFFU];
    }
    crc = next;
  }
  for (; left > 0; ++at, --left) crc = (crc >> 8U) ^ tables[0][(crc ^ *at) & 0xFFU];
  return ~crc;
}

constexpr CrcTables<std::uint32_t> kCastagnoli = MakeCrcTables<std::uint32_t>(0x82F63B78U);
constexpr CrcTables<std::uint64_t> kNvme = MakeCrcTables<std::uint64_t>(0x9A6C9329AC4BC9B5ULL);

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int Base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

}  // namespace

std::string Sha256(std::string_view bytes) {
  return HashOf(Digest::Kind::kSha256, bytes);
}
std::string Sha1(std::string_view bytes) {
  return HashOf(Digest::Kind::kSha1, bytes);
}
std::string Md5(std::string_view bytes) {
  return HashOf(Digest::Kind::kMd5, bytes);
}

std::string HmacSha256(std::string_view key, std::string_view bytes) {
  EVP_MAC_CTX* const context = EVP_MAC_CTX_dup(PreparedHmac());
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  std::size_t size = 0;
  const bool done = context != nullptr &&
                    EVP_MAC_init(context, Bytes(key), key.size(), nullptr) == 1 &&
                    EVP_MAC_update(context, Bytes(bytes), bytes.size()) == 1 &&
                    EVP_MAC_final(context, mac.data(), &size, mac.size()) == 1;
  EVP_MAC_CTX_free(context);
  Require(done, "an HMAC");
  return {reinterpret_cast<const char*>(mac.data()), size};
}

std::uint32_t Crc32(std::string_view bytes, std::uint32_t before) {
  return static_cast<std::uint32_t>(crc32_z(before, Bytes(bytes), bytes.size()));
}

std::uint32_t Crc32c(std::string_view bytes, std::uint32_t before) {
  return CrcOf(kCastagnoli, bytes, before);
}

std::uint64_t Crc64Nvme(std::string_view bytes, std::uint64_t before) {
  return CrcOf(kNvme, bytes, before);
}

struct Digest::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Digest::Digest(Kind kind) : state_(std::make_unique<State>()) {
  Require(EVP_DigestInit_ex2(state_->context, Algorithm(kind), nullptr) == 1, "to begin a digest");
}

Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::Add(std::string_view bytes) {
  Require(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "to add to a digest");
}

std::string Digest::Finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  Require(EVP_DigestFinal_ex(state_->context, digest.data(), &size) == 1, "to finish a digest");
  return {reinterpret_cast<const char*>(digest.data()), size};
}

std::string ToHex(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kHex[byte >> 4U];
    text += kHex[byte & 0x0FU];
  }
  return text;
}

std::optional<std::string> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string ToBase64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(bytes.size() - i, 3);
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k) word = word << 8U | (k < have ? Bytes(bytes)[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= have ? kDigits[word >> (18 - 6 * k) & 0x3FU] : '=';
  }
  return text;
}

std::string ToBase64Url(std::string_view bytes) {
  std::string text = ToBase64(bytes);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  text.resize(text.find_last_not_of('=') + 1);
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t word = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int digit = Base64Digit(c);
    if (digit < 0 || padding > 0) return std::nullopt;
    word = word << 6U | static_cast<std::uint32_t>(digit);
    if (++digits % 4 == 0) {
      for (unsigned shift = 24; shift > 0; shift -= 8)
        bytes += static_cast<char>(word >> (shift - 8) & 0xFFU);
      word = 0;
    }
  }
  const std::size_t rest = digits % 4;
  if (rest == 1 || padding != (4 - rest) % 4) return std::nullopt;
  if (rest == 2) bytes += static_cast<char>(word >> 4U & 0xFFU);
  if (rest == 3) {
    bytes += static_cast<char>(word >> 10U & 0xFFU);
    bytes += static_cast<char>(word >> 2U & 0xFFU);
  }
  return bytes;
}

bool EqualsConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace trunkline
