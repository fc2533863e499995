// Multipart uploads: begin, bring parts, give up.
#include <functional>
#include <optional>

#include "base/text.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/copy_source.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/key_access.h"
#include "cloud/services/s3/multipart.h"
#include "cloud/services/s3/range.h"
#include "cloud/wait.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::size_t kUploadIdLength = 64;

Answer<std::string> ChooseType(const json::Object& input, Algorithm algorithm) {
  const bool is_crc64 = algorithm == Algorithm::kCrc64Nvme;
  const std::string type(input.GetString("ChecksumType", is_crc64 ? "FULL_OBJECT" : "COMPOSITE"));
  if (type == "FULL_OBJECT" ? IsCrc(algorithm) : !is_crc64) return type;
  return S3Error(Fault::kInvalidRequest,
                 fmt::format("The {} checksum type cannot be used with the {} checksum "
                             "algorithm.",
                             type, ToLower(NameOf(algorithm))));
}

Answer<> CreateMultipartUpload(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string key(input.GetString("Key"));
  TL_DO(CheckKey(key));
  TL_TRY(json::Object body, ReadAttributes(context, *bucket, input));
  TL_DO(CheckMayEncrypt(context, body));
  TL_TRY(const WantedChecksum wanted, ReadWanted(input));
  const Algorithm algorithm = wanted.algorithm.value_or(Algorithm::kCrc64Nvme);
  TL_TRY(const std::string type, ChooseType(input, algorithm));
  body.Set("Algorithm", NameOf(algorithm));
  body.Set("ChecksumType", type);
  if (!wanted.algorithm) body.Set("Plain", true);
  body.Set("Initiated", json::Number{EpochSeconds(context.Now())});

  const std::string id = NewToken(context.random, kUploadIdLength, kAlphanumeric);
  json::Object answer{{"Bucket", bucket->id}, {"Key", key}, {"UploadId", id}};
  SetEncryption(answer, body);
  if (wanted.algorithm) {
    answer.Set("ChecksumAlgorithm", NameOf(algorithm));
    answer.Set("ChecksumType", type);
  }
  context.store.Put(Context::GlobalScope(), kUpload,
                    {.id = id, .parent = bucket->id, .name = key, .body = std::move(body)});
  return answer;
}

Answer<std::int64_t> ReadPartNumber(const json::Object& input) {
  const std::int64_t number = input.GetInt("PartNumber");
  if (number >= 1 && number <= kMaxPartNumber) return number;
  return S3Error(Fault::kInvalidArgument,
                 "Part number must be an integer between 1 and 10000, inclusive",
                 {{"ArgumentName", "partNumber"}, {"ArgumentValue", std::to_string(number)}});
}

// What a part's checksum must be of: any algorithm when the upload was begun without one.
struct PartAlgorithm {
  Algorithm kept = Algorithm::kCrc64Nvme;
  bool any = false;
};

// The algorithm that the upload was begun with, or an error.
Answer<> CheckUpload(Context& context, const json::Object& input, PartAlgorithm& algorithm) {
  TL_DO(ReadPartNumber(input));
  TL_TRY(const Record* upload, FindUpload(context, input));
  algorithm = {.kept = AlgorithmOf(*upload), .any = IsPlain(*upload)};
  return json::Object();
}

Answer<> KeepUploadedPart(Context& context, const json::Object& input, const Staged& staged) {
  TL_TRY(const Record* found, FindUpload(context, input));
  const Record upload = *found;
  TL_DO(KeepPart(context, upload, input.GetInt("PartNumber"), staged));
  json::Object answer{{"ETag", "\"" + staged.etag + "\""}};
  TL_TRY(const WantedChecksum wanted, ReadWanted(input));
  if (!IsPlain(upload)) {
    answer.Set(MemberOf(staged.checksum.algorithm), staged.checksum.value);
  } else if (!wanted.value.empty()) {
    answer.Set(MemberOf(*wanted.algorithm), wanted.value);
  }
  SetEncryption(answer, upload.body);
  return answer;
}

net::aw<Answer<>> UploadPart(WaitContext context, json::Object input) {
  std::string body;
  if (json::Value* value = input.Find("Body")) body = std::move(value->AsString());
  TL_CO_DO(CheckImplemented(input));
  PartAlgorithm algorithm;
  TL_CO_DO(context.State([&](Context& state) { return CheckUpload(state, input, algorithm); }));
  TL_CO_TRY(Promise promise, ReadPromise(input, context.request()));
  if (!algorithm.any && promise.checksum.algorithm &&
      *promise.checksum.algorithm != algorithm.kept) {
    co_return S3Error(
        Fault::kInvalidRequest,
        fmt::format(
            "Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum Type: "
            "{}",
            ToLower(NameOf(algorithm.kept)), ToLower(NameOf(*promise.checksum.algorithm))));
  }
  promise.algorithm = algorithm.kept;
  TL_CO_TRY(const Staged staged,
            co_await StageOnWorker(context, std::move(body), std::move(promise)));

  Answer<> answer =
      context.State([&](Context& state) { return KeepUploadedPart(state, input, staged); });
  if (!answer) context.objects().Discard(staged.file);
  co_return answer;
}

// What of the source becomes the part.
struct PartSource {
  std::string file;
  ByteRange range;
  bool whole = false;
  std::string version;  // empty: the source's bucket shows none
};

Answer<> FindPartSource(Context& context, const json::Object& input, PartSource& source) {
  TL_TRY(const Record* found, FindCopySource(context, input));
  const auto size = static_cast<std::uint64_t>(found->body.GetInt("Size"));
  source.file = found->body.GetString("File");
  source.range = {.offset = 0, .length = size};
  if (const std::string_view range = input.GetString("CopySourceRange"); !range.empty()) {
    TL_TRY(source.range, ReadCopyRange(range, size));
  }
  source.whole = source.range.length == size;
  TL_TRY(const CopySource named, ReadCopySource(input.GetString("CopySource")));
  TL_TRY(const Record* bucket, FindBucketByName(context, named.bucket));
  if (!bucket->body.GetString("Versioning").empty())
    source.version = found->body.GetString("VersionId");
  return json::Object();
}

Answer<Staged> CopyPart(Objects& objects, const PartSource& source, Algorithm algorithm) {
  if (source.whole) {
    TL_TRY(Staged staged, Describe(objects, source.file, algorithm));
    TL_TRY(staged.file, objects.StageJoined({source.file}));
    return staged;
  }
  TL_TRY(const std::string bytes,
         objects.ReadRange(source.file, source.range.offset, source.range.length));
  return Stage(objects, bytes, {.algorithm = algorithm});
}

Answer<> KeepCopiedPart(Context& context, const json::Object& input, const PartSource& source,
                        const Staged& staged) {
  TL_TRY(const Record* found, FindUpload(context, input));
  const Record upload = *found;
  TL_DO(KeepPart(context, upload, input.GetInt("PartNumber"), staged));
  json::Object result{{"ETag", "\"" + staged.etag + "\""},
                      {"LastModified", json::Number{EpochSeconds(context.Now())}}};
  if (!IsPlain(upload)) result.Set(MemberOf(staged.checksum.algorithm), staged.checksum.value);
  json::Object answer{{"CopyPartResult", std::move(result)}};
  answer.SetIfNotEmpty("CopySourceVersionId", source.version);
  SetEncryption(answer, upload.body);
  return answer;
}

net::aw<Answer<>> UploadPartCopy(WaitContext context, json::Object input) {
  PartAlgorithm algorithm;
  TL_CO_DO(context.State([&](Context& state) { return CheckUpload(state, input, algorithm); }));
  PartSource source;
  TL_CO_DO(context.State([&](Context& state) { return FindPartSource(state, input, source); }));
  Objects& objects = context.objects();
  std::optional<Answer<Staged>> staged;
  std::function<void()> work = [&] { staged.emplace(CopyPart(objects, source, algorithm.kept)); };
  co_await context.OnWorker(std::move(work));
  // The source's file is gone when somebody overwrote or deleted it meanwhile.
  if (!*staged) co_return S3Error(Fault::kNoSuchKey);

  Answer<> answer =
      context.State([&](Context& state) { return KeepCopiedPart(state, input, source, **staged); });
  if (!answer) objects.Discard((*staged)->file);
  co_return answer;
}

Answer<> AbortMultipartUpload(Context& context, const json::Object& input) {
  TL_TRY(const Record* upload, FindUpload(context, input));
  const std::string id = upload->id;
  RemoveUpload(context, id);
  return json::Object();
}

constexpr WaitHandler kUploadPart{UploadPart};
constexpr WaitHandler kUploadPartCopy{UploadPartCopy};

constexpr Operation kOperations[] = {
    {.name = "AbortMultipartUpload", .handle = AbortMultipartUpload},
    {.name = "CreateMultipartUpload", .handle = CreateMultipartUpload},
    {.name = "UploadPart", .wait = &kUploadPart},
    {.name = "UploadPartCopy", .wait = &kUploadPartCopy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMultipartOperations = kOperations;

}  // namespace trunkline::cloud::s3
