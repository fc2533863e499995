// The source of CopyObject and UploadPartCopy: "bucket/key?versionId=...".
#pragma once

#include <string>

#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {

struct CopySource {
  std::string bucket;
  std::string key;
  std::string version;  // empty: the newest
};

// InvalidArgument for a text of another form. The key is decoded once.
Answer<CopySource> ReadCopySource(std::string_view text);

// The source's version, with ExpectedSourceBucketOwner and the conditions checked. A delete marker
// cannot be copied.
Answer<const Record*> FindCopySource(Context& context, const json::Object& input);

}  // namespace trunkline::cloud::s3
