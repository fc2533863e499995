// Multipart uploads as they are kept.
//   {"s3","upload"}  id: the upload's id, parent: the bucket, name: the key;
//                    body: the attributes of the object to be (attributes.h), "Initiated",
//                    "Algorithm", "ChecksumType", "Plain", "Touched"
//   {"s3","part"}    id "<upload>/<number>", parent: the upload, name: the number with five digits;
//                    body {"Number", "File", "Size", "ETag", "Checksum", "LastModified"}
#pragma once

#include <string>
#include <vector>

#include "cloud/services/s3/checksum.h"
#include "cloud/services/s3/object.h"
#include "cloud/services/s3/upload.h"

namespace trunkline::cloud::s3 {

inline constexpr std::int64_t kMaxPartNumber = 10000;

// The upload that UploadId, Bucket and Key name together, or NoSuchUpload.
Answer<const Record*> FindUpload(Context& context, const json::Object& input);
std::vector<const Record*> ListParts(Context& context, const std::string& upload);  // by number
Algorithm AlgorithmOf(const Record& upload);
// Begun without a checksum algorithm: what is told of it and its parts names none.
bool IsPlain(const Record& upload);

// Records a part; one of the same number is replaced and its file dropped.
Answer<void> KeepPart(Context& context, const Record& upload, std::int64_t number,
                      const Staged& staged);
// Removes the upload and its parts with their files.
void RemoveUpload(Context& context, const std::string& upload);

}  // namespace trunkline::cloud::s3
