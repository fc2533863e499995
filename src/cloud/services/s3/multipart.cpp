#include "cloud/services/s3/multipart.h"

#include "base/text.h"
#include "cloud/objects.h"

namespace trunkline::cloud::s3 {

Answer<const Record*> FindUpload(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string_view id = input.GetString("UploadId");
  const Record* upload = context.store.Find(Context::GlobalScope(), kUpload, id);
  if (upload && upload->parent == bucket->id && upload->name == input.GetString("Key"))
    return upload;
  return S3Error(Fault::kNoSuchUpload, {{"UploadId", id}});
}

std::vector<const Record*> ListParts(Context& context, const std::string& upload) {
  return context.store.List(Context::GlobalScope(), kPart, upload);
}

Algorithm AlgorithmOf(const Record& upload) {
  return ReadAlgorithm(upload.body.GetString("Algorithm")).value_or(Algorithm::kCrc64Nvme);
}

bool IsPlain(const Record& upload) {
  return upload.body.GetBool("Plain");
}

Answer<void> KeepPart(Context& context, const Record& upload, std::int64_t number,
                      const Staged& staged) {
  const std::string id = upload.id + "/" + std::to_string(number);
  if (const Record* before = context.store.Find(Context::GlobalScope(), kPart, id)) {
    context.objects.Drop(std::string(before->body.GetString("File")));
  }
  TL_DO(context.objects.Keep(staged.file));
  context.store.Put(Context::GlobalScope(), kPart,
                    {.id = id,
                     .parent = upload.id,
                     .name = fmt::format("{:05}", number),
                     .body = {{"Number", number},
                              {"File", staged.file},
                              {"Size", staged.size},
                              {"ETag", staged.etag},
                              {"Checksum", ToRecord(staged.checksum)},
                              {"LastModified", json::Number{EpochSeconds(context.Now())}}}});
  return {};
}

void RemoveUpload(Context& context, const std::string& upload) {
  std::vector<std::string> parts;
  for (const Record* part : ListParts(context, upload)) {
    context.objects.Drop(std::string(part->body.GetString("File")));
    parts.push_back(part->id);
  }
  for (const std::string& part : parts) context.store.Delete(Context::GlobalScope(), kPart, part);
  context.store.Delete(Context::GlobalScope(), kUpload, upload);
}

}  // namespace trunkline::cloud::s3
