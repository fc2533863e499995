#include "cloud/services/s3/checksum.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/hash.h"
#include "cloud/services/s3/errors.h"

namespace trunkline::cloud::s3 {
namespace {

struct Row {
  Algorithm algorithm;
  std::string_view name;
};
constexpr Row kRows[] = {{Algorithm::kCrc32, "CRC32"},
                         {Algorithm::kCrc32c, "CRC32C"},
                         {Algorithm::kCrc64Nvme, "CRC64NVME"},
                         {Algorithm::kSha1, "SHA1"},
                         {Algorithm::kSha256, "SHA256"}};
// In the model, not here.
constexpr std::string_view kOthers[] = {"SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128"};

template <class Number>
std::string BigEndian(Number number) {
  std::string bytes(sizeof(Number), '\0');
  for (std::size_t i = bytes.size(); i-- > 0; number >>= 8U)
    bytes[i] = static_cast<char>(number & 0xFFU);
  return bytes;
}

std::uint64_t FromBigEndian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char c : bytes) number = (number << 8U) | static_cast<unsigned char>(c);
  return number;
}

// Joining CRCs: appending n zero bits to A's text is a linear map over GF(2) of its CRC register.
// The map of one bit is known from the polynomial; squaring it doubles the number of bits, so
// 8*size bits cost about 2*log(size) products of 64x64 matrices. Then crc(AB) = map(crc(A)) xor
// crc(B). (The presets and final inversions cancel out: Adler's zlib does the same in
// crc32_combine.)
using Matrix = std::array<std::uint64_t, 64>;

std::uint64_t Apply(const Matrix& matrix, std::uint64_t vector) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; vector != 0; ++i, vector >>= 1U) {
    if ((vector & 1U) != 0) sum ^= matrix[i];
  }
  return sum;
}

Matrix Squared(const Matrix& matrix) {
  Matrix square{};
  for (std::size_t i = 0; i < square.size(); ++i) square[i] = Apply(matrix, matrix[i]);
  return square;
}

// Of reflected CRCs: bit i goes to i-1, the lowest feeds the polynomial back.
Matrix OneZeroBit(std::uint64_t polynomial) {
  Matrix matrix{};
  matrix[0] = polynomial;
  for (std::size_t i = 1; i < matrix.size(); ++i) matrix[i] = std::uint64_t{1} << (i - 1);
  return matrix;
}

std::uint64_t PolynomialOf(Algorithm algorithm) {
  constexpr std::uint64_t kCrc32 = 0xEDB88320;
  constexpr std::uint64_t kCrc32c = 0x82F63B78;
  constexpr std::uint64_t kCrc64Nvme =
      0x9A6C9329AC4BC9B5;  // 0xAD93D23594C93659 with its bits reversed
  if (algorithm == Algorithm::kCrc32) return kCrc32;
  if (algorithm == Algorithm::kCrc32c) return kCrc32c;
  if (algorithm == Algorithm::kCrc64Nvme) return kCrc64Nvme;
  throw std::logic_error("only CRCs can be joined");
}

}  // namespace

std::optional<Algorithm> ReadAlgorithm(std::string_view name) {
  const auto row = std::ranges::find(kRows, name, &Row::name);
  if (row == std::end(kRows)) return std::nullopt;
  return row->algorithm;
}

std::string_view NameOf(Algorithm algorithm) {
  return std::ranges::find(kRows, algorithm, &Row::algorithm)->name;
}

std::string MemberOf(Algorithm algorithm) {
  return "Checksum" + std::string(NameOf(algorithm));
}

bool IsCrc(Algorithm algorithm) {
  return algorithm != Algorithm::kSha1 && algorithm != Algorithm::kSha256;
}

std::string Compute(Algorithm algorithm, std::string_view bytes) {
  switch (algorithm) {
    case Algorithm::kCrc32:
      return BigEndian(Crc32(bytes));
    case Algorithm::kCrc32c:
      return BigEndian(Crc32c(bytes));
    case Algorithm::kCrc64Nvme:
      return BigEndian(Crc64Nvme(bytes));
    case Algorithm::kSha1:
      return Sha1(bytes);
    case Algorithm::kSha256:
      return Sha256(bytes);
  }
  return {};
}

Answer<WantedChecksum> ReadWanted(const json::Object& input) {
  WantedChecksum wanted;
  const std::string name(input.GetString("ChecksumAlgorithm"));
  if (!name.empty()) {
    wanted.algorithm = ReadAlgorithm(name);
    if (!wanted.algorithm) {
      return S3Error(Fault::kInvalidRequest, "checksums of algorithm '" + name +
                                                 "' are not implemented by the embedded cloud");
    }
  }
  for (const std::string_view other : kOthers) {
    if (!input.Has("Checksum" + std::string(other))) continue;
    return S3Error(Fault::kInvalidRequest, "checksums of algorithm '" + std::string(other) +
                                               "' are not implemented by the embedded cloud");
  }
  for (const Row& row : kRows) {
    const std::string_view value = input.GetString(MemberOf(row.algorithm));
    if (value.empty()) continue;
    if (!wanted.value.empty()) {
      return S3Error(
          Fault::kInvalidRequest,
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    wanted.algorithm = row.algorithm;
    wanted.value = value;
  }
  return wanted;
}

void SetChecksum(json::Object& answer, const Checksum& checksum) {
  answer.Set(MemberOf(checksum.algorithm), checksum.value);
  answer.Set("ChecksumType", checksum.type);
}

json::Object ToRecord(const Checksum& checksum) {
  return {{"Algorithm", NameOf(checksum.algorithm)},
          {"Value", checksum.value},
          {"Type", checksum.type}};
}

std::optional<Checksum> FromRecord(const json::Object& record) {
  const std::optional<Algorithm> algorithm = ReadAlgorithm(record.GetString("Algorithm"));
  if (!algorithm) return std::nullopt;
  return Checksum{.algorithm = *algorithm,
                  .value = std::string(record.GetString("Value")),
                  .type = std::string(record.GetString("Type"))};
}

std::string JoinCrc(Algorithm algorithm, const std::string& a, const std::string& b,
                    std::uint64_t size) {
  Matrix step = OneZeroBit(PolynomialOf(algorithm));
  std::uint64_t crc = FromBigEndian(a);
  for (std::uint64_t bits = size * 8; bits != 0; bits >>= 1U) {
    if ((bits & 1U) != 0) crc = Apply(step, crc);
    step = Squared(step);
  }
  crc ^= FromBigEndian(b);
  if (algorithm == Algorithm::kCrc64Nvme) return BigEndian(crc);
  return BigEndian(static_cast<std::uint32_t>(crc));
}

}  // namespace trunkline::cloud::s3
