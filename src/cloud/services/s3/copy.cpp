// CopyObject: the bytes are copied on a worker thread, the record is made when they lie there.
#include <functional>
#include <optional>

#include "base/text.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/conditions.h"
#include "cloud/services/s3/copy_source.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/key_access.h"
#include "cloud/services/s3/notify.h"
#include "cloud/services/s3/upload.h"
#include "cloud/wait.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::uint64_t kMaxCopy = 5ULL << 30U;

// What is copied, as it was when the request came.
struct Source {
  json::Object body;
  bool shows_version = false;
};

bool ChangesNothing(const json::Object& input) {
  if (input.GetString("MetadataDirective") == "REPLACE") return false;
  for (const std::string_view change :
       {"StorageClass", "WebsiteRedirectLocation", "ServerSideEncryption"}) {
    if (input.Has(change)) return false;
  }
  return true;
}

// The attributes of the copy: the request's, or with the directive COPY (the default) the source's.
Answer<> ReadCopyAttributes(Context& context, const Record& bucket, const json::Object& input,
                            const json::Object& source) {
  TL_TRY(json::Object body, ReadAttributes(context, bucket, input));
  if (input.GetString("MetadataDirective", "COPY") == "COPY") CopyHeaders(source, body);
  if (input.GetString("TaggingDirective", "COPY") == "COPY")
    body.Set("Tags", source.GetArray("Tags"));
  return body;
}

Answer<> CheckBefore(Context& context, const json::Object& input, std::optional<Source>& source) {
  TL_TRY(const Record* found, FindCopySource(context, input));
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string key(input.GetString("Key"));
  TL_DO(CheckKey(key));
  TL_DO(CheckWritable(context, input, *bucket, key));
  if (static_cast<std::uint64_t>(found->body.GetInt("Size")) > kMaxCopy) {
    return S3Error(Fault::kInvalidRequest,
                   "The specified copy source is larger than the maximum allowable size for a copy "
                   "source: 5368709120");
  }
  const bool onto_itself = found->id == ObjectId(bucket->id, key);
  if (onto_itself && ChangesNothing(input)) {
    return S3Error(
        Fault::kInvalidRequest,
        "This copy request is illegal because it is trying to copy an object to itself without "
        "changing the "
        "object's metadata, storage class, website redirect location or encryption attributes.");
  }
  TL_TRY(const CopySource named, ReadCopySource(input.GetString("CopySource")));
  TL_TRY(const Record* source_bucket, FindBucketByName(context, named.bucket));
  source = Source{.body = found->body,
                  .shows_version = !source_bucket->body.GetString("Versioning").empty()};
  return ReadCopyAttributes(context, *bucket, input, source->body);
}

Answer<> Keep(Context& context, const json::Object& input, const Source& source,
              const Staged& staged) {
  TL_TRY(const Record* found, FindBucket(context, input));
  const Record bucket = *found;
  const std::string key(input.GetString("Key"));
  TL_DO(CheckWritable(context, input, bucket, key));
  TL_TRY(json::Object body, ReadCopyAttributes(context, bucket, input, source.body));
  TL_DO(CheckMayDecrypt(context, source.body));
  TL_DO(CheckMayEncrypt(context, body));
  TL_DO(context.objects.Keep(staged.file));
  body.Set("File", staged.file);
  body.Set("Size", staged.size);
  body.Set("ETag", staged.etag);
  body.Set("Checksum", ToRecord(staged.checksum));
  const Record* version = AddVersion(context, bucket, key, std::move(body));
  NotifyOfObject(context, bucket, kCopyEvent, key, version->body);

  json::Object result{{"ETag", QuotedTag(version->body)},
                      {"LastModified", version->body.At("LastModified")}};
  SetChecksum(result, staged.checksum);
  json::Object answer{{"CopyObjectResult", std::move(result)}};
  if (source.shows_version) answer.Set("CopySourceVersionId", source.body.At("VersionId"));
  SetNewVersionId(answer, bucket, *version);
  SetEncryption(answer, version->body);
  return answer;
}

// The algorithm that the request names, else the source's.
Answer<Algorithm> ChooseAlgorithm(const json::Object& input, const json::Object& source) {
  TL_TRY(const WantedChecksum wanted, ReadWanted(input));
  if (wanted.algorithm) return *wanted.algorithm;
  const std::optional<Checksum> kept = FromRecord(source.GetObject("Checksum"));
  return kept ? kept->algorithm : Algorithm::kCrc64Nvme;
}

Answer<Staged> Duplicate(Objects& objects, const std::string& file, Algorithm algorithm) {
  TL_TRY(Staged staged, Describe(objects, file, algorithm));
  TL_TRY(staged.file, objects.StageJoined({file}));
  return staged;
}

net::aw<Answer<>> CopyObject(WaitContext context, json::Object input) {
  std::optional<Source> source;
  TL_CO_DO(context.State([&](Context& state) { return CheckBefore(state, input, source); }));
  TL_CO_TRY(const Algorithm algorithm, ChooseAlgorithm(input, source->body));
  const std::string file(source->body.GetString("File"));
  Objects& objects = context.objects();
  std::optional<Answer<Staged>> staged;
  std::function<void()> work = [&] { staged.emplace(Duplicate(objects, file, algorithm)); };
  co_await context.OnWorker(std::move(work));
  // The source's file is gone when somebody overwrote or deleted it meanwhile.
  if (!*staged) co_return S3Error(Fault::kNoSuchKey);

  Answer<> answer =
      context.State([&](Context& state) { return Keep(state, input, *source, **staged); });
  if (!answer) objects.Discard((*staged)->file);
  co_return answer;
}

constexpr WaitHandler kCopyObject{CopyObject};

constexpr Operation kOperations[] = {
    {.name = "CopyObject", .wait = &kCopyObject},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kCopyOperations = kOperations;

}  // namespace trunkline::cloud::s3
