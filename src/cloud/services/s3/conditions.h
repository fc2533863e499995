// Conditional requests: If-Match and the like, for reading, writing and copying.
#pragma once

#include <string_view>

#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {

// The members that hold the conditions; CopyObject's begin with "CopySource".
struct ConditionNames {
  std::string_view match = "IfMatch";
  std::string_view none_match = "IfNoneMatch";
  std::string_view modified = "IfModifiedSince";
  std::string_view unmodified = "IfUnmodifiedSince";
};
inline constexpr ConditionNames kCopySourceConditions{.match = "CopySourceIfMatch",
                                                      .none_match = "CopySourceIfNoneMatch",
                                                      .modified = "CopySourceIfModifiedSince",
                                                      .unmodified = "CopySourceIfUnmodifiedSince"};

// PreconditionFailed (412) or NotModified (304); copying knows 412 only. A matching If-Match
// outdoes If-Unmodified-Since, a failing If-None-Match If-Modified-Since.
Answer<void> CheckReadable(Context& context, const json::Object& input, const Record& version);
Answer<void> CheckCopySource(Context& context, const json::Object& input, const Record& version);

// If-None-Match: * (nothing there) and If-Match (this there) of PutObject, CompleteMultipartUpload,
// CopyObject.
Answer<void> CheckWritable(Context& context, const json::Object& input, const Record& bucket,
                           std::string_view key);

// Whether a header of tags ("\"a\", \"b\"" or "*") names this one.
bool NamesTag(std::string_view header, std::string_view etag);

}  // namespace trunkline::cloud::s3
