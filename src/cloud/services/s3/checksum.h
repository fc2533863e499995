// Checksums of objects: CRC32, CRC32C, CRC64NVME, SHA1, SHA256, as members "Checksum<algorithm>" of
// inputs and outputs.
//
// An object has one: what the client sent, else CRC64NVME, as S3 does since 2025. A multipart
// object's is either of the whole (FULL_OBJECT, CRCs only: CRCs of parts can be joined) or the hash
// of its parts' hashes and "-N" (COMPOSITE).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/operation.h"

namespace trunkline::cloud::s3 {

enum class Algorithm { kCrc32, kCrc32c, kCrc64Nvme, kSha1, kSha256 };

// "CRC32C" as clients say it; nothing for one this cloud does not compute.
std::optional<Algorithm> ReadAlgorithm(std::string_view name);
std::string_view NameOf(Algorithm algorithm);
std::string MemberOf(Algorithm algorithm);  // "ChecksumCRC32C"
bool IsCrc(Algorithm algorithm);

std::string Compute(Algorithm algorithm, std::string_view bytes);  // raw, big endian

struct Checksum {
  Algorithm algorithm = Algorithm::kCrc64Nvme;
  std::string value;  // base64; of a composite one with "-N"
  std::string type;   // "FULL_OBJECT", "COMPOSITE"
};

// What a client said of a body: the algorithm it chose and the value, if it sent one.
struct WantedChecksum {
  std::optional<Algorithm> algorithm;
  std::string value;  // base64, or empty
};
// InvalidRequest for an algorithm that is not implemented or two values at once.
Answer<WantedChecksum> ReadWanted(const json::Object& input);

// Sets the member and ChecksumType.
void SetChecksum(json::Object& answer, const Checksum& checksum);
// How checksums stand in records: {"Algorithm", "Value", "Type"}.
json::Object ToRecord(const Checksum& checksum);
std::optional<Checksum> FromRecord(const json::Object& record);

// The checksum of A followed by B from theirs, for CRCs; `size` is B's. Raw values.
std::string JoinCrc(Algorithm algorithm, const std::string& a, const std::string& b,
                    std::uint64_t size);

}  // namespace trunkline::cloud::s3
