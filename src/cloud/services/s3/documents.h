// The configurations of buckets that are kept as documents, by the names they are kept under.
#pragma once

#include <string_view>

namespace trunkline::cloud::s3 {

inline constexpr std::string_view kObjectLockDocument = "object-lock";
inline constexpr std::string_view kOwnershipControlsDocument = "ownership-controls";
inline constexpr std::string_view kPublicAccessBlockDocument = "public-access-block";
inline constexpr std::string_view kTaggingDocument = "tagging";
inline constexpr std::string_view kEncryptionDocument = "encryption";

}  // namespace trunkline::cloud::s3
