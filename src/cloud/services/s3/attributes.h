// What an object says of itself beside its bytes: headers, user metadata, tags, storage class,
// encryption, locks.
#pragma once

#include <string_view>

#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {

// The members of a version's body that PutObject, CreateMultipartUpload and CopyObject take from
// their input, checked.
Answer<> ReadAttributes(Context& context, const Record& bucket, const json::Object& input);
// The part that CopyObject takes from the source instead: headers and metadata.
void CopyHeaders(const json::Object& from, json::Object& to);

// What is not implemented (customer keys and the like) is refused by its name.
Answer<void> CheckImplemented(const json::Object& input);

// ServerSideEncryption and its likes, for answers.
void SetEncryption(json::Object& answer, const json::Object& body);
// "\"...\"" as the wire has it.
std::string QuotedTag(const json::Object& body);

}  // namespace trunkline::cloud::s3
