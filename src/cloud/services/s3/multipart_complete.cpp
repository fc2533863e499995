// CompleteMultipartUpload: the parts are checked against the list, joined on a worker thread, and
// become the object.
#include <algorithm>
#include <functional>
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/conditions.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/multipart.h"
#include "cloud/services/s3/notify.h"
#include "cloud/wait.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::int64_t kMinPart = 5 << 20;

// What the object will be, from the records of its parts.
struct Joined {
  std::vector<std::string> files;
  json::Array sizes;
  std::int64_t size = 0;
  std::string etag;
  Checksum checksum;
};

// Hashes of parts on their way to those of the object.
struct Hashes {
  Algorithm algorithm;
  bool composite;
  std::string md5s;    // raw, one behind the other
  std::string values;  // composite: raw values of the parts; else the CRC of what was joined so far

  void Add(const Record& part) {
    md5s += FromHex(part.body.GetString("ETag")).value_or("");
    const std::string value =
        FromBase64(part.body.GetObject("Checksum").GetString("Value")).value_or("");
    if (composite) {
      values += value;
    } else {
      const auto size = static_cast<std::uint64_t>(part.body.GetInt("Size"));
      values = values.empty() ? value : JoinCrc(algorithm, values, value, size);
    }
  }
};

ServiceError WrongPart(std::int64_t number, std::string_view upload, std::string_view etag) {
  return S3Error(Fault::kInvalidPart,
                 {{"UploadId", upload}, {"PartNumber", std::to_string(number)}, {"ETag", etag}});
}

// The record that an entry of the list names, if it says nothing wrong of it.
Answer<const Record*> FindPart(Context& context, const Record& upload, const json::Object& entry) {
  const std::int64_t number = entry.GetInt("PartNumber");
  const std::string_view etag = entry.GetString("ETag");
  const Record* part =
      context.store.Find(Context::GlobalScope(), kPart, upload.id + "/" + std::to_string(number));
  if (!part || !NamesTag(etag, part->body.GetString("ETag")) || etag == "*")
    return WrongPart(number, upload.id, etag);
  TL_TRY(const WantedChecksum wanted, ReadWanted(entry));
  const json::Object& kept = part->body.GetObject("Checksum");
  if (wanted.value.empty() || IsPlain(upload)) return part;
  if (NameOf(*wanted.algorithm) != kept.GetString("Algorithm") ||
      wanted.value != kept.GetString("Value")) {
    return WrongPart(number, upload.id, etag);
  }
  return part;
}

Answer<void> CheckSize(const Record& part, bool is_last) {
  if (is_last || part.body.GetInt("Size") >= kMinPart) return {};
  return S3Error(Fault::kEntityTooSmall,
                 {{"ProposedSize", std::to_string(part.body.GetInt("Size"))},
                  {"MinSizeAllowed", std::to_string(kMinPart)},
                  {"PartNumber", std::to_string(part.body.GetInt("Number"))},
                  {"ETag", part.body.GetString("ETag")}});
}

Checksum ToChecksum(const Hashes& hashes, std::size_t parts) {
  if (!hashes.composite) {
    return {.algorithm = hashes.algorithm, .value = ToBase64(hashes.values), .type = "FULL_OBJECT"};
  }
  return {.algorithm = hashes.algorithm,
          .value = ToBase64(Compute(hashes.algorithm, hashes.values)) + "-" + std::to_string(parts),
          .type = "COMPOSITE"};
}

Answer<Joined> JoinParts(Context& context, const Record& upload, const json::Array& entries) {
  if (entries.empty()) return S3Error(Fault::kMalformedXml);
  const auto number_of = [](const json::Value& entry) {
    return entry.AsObject().GetInt("PartNumber");
  };
  if (!std::ranges::is_sorted(entries, std::ranges::less_equal(), number_of)) {
    return S3Error(Fault::kInvalidPartOrder, {{"UploadId", upload.id}});
  }
  Joined joined;
  Hashes hashes{.algorithm = AlgorithmOf(upload),
                .composite = upload.body.GetString("ChecksumType") == "COMPOSITE",
                .md5s = {},
                .values = {}};
  for (const json::Value& entry : entries) {
    TL_TRY(const Record* part, FindPart(context, upload, entry.AsObject()));
    TL_DO(CheckSize(*part, &entry == &entries.back()));
    joined.files.emplace_back(part->body.GetString("File"));
    joined.sizes.push_back(part->body.At("Size"));
    joined.size += part->body.GetInt("Size");
    hashes.Add(*part);
  }
  joined.etag = ToHex(Md5(hashes.md5s)) + "-" + std::to_string(entries.size());
  joined.checksum = ToChecksum(hashes, entries.size());
  return joined;
}

// What the request says of the whole object.
Answer<void> CheckPromise(const json::Object& input, const Joined& joined) {
  if (input.Has("MpuObjectSize") && input.GetInt("MpuObjectSize") != joined.size) {
    return S3Error(
        Fault::kInvalidRequest,
        fmt::format(
            "The provided 'x-amz-mp-object-size' header value {} does not match what was computed: "
            "{}",
            input.GetInt("MpuObjectSize"), joined.size));
  }
  const std::string_view type = input.GetString("ChecksumType", joined.checksum.type);
  if (type != joined.checksum.type) {
    return S3Error(Fault::kInvalidRequest,
                   "The upload was created using the " + joined.checksum.type +
                       " checksum mode. The complete request must use the same checksum mode.");
  }
  TL_TRY(const WantedChecksum wanted, ReadWanted(input));
  if (wanted.value.empty()) return {};
  // A composite value may come without the number of parts.
  const std::string_view bare =
      std::string_view(joined.checksum.value).substr(0, joined.checksum.value.find('-'));
  const bool same = wanted.algorithm == joined.checksum.algorithm &&
                    (wanted.value == joined.checksum.value || wanted.value == bare);
  if (same) return {};
  return S3Error(Fault::kBadDigest,
                 fmt::format("The {} you specified did not match the calculated checksum.",
                             ToLower(NameOf(*wanted.algorithm))));
}

// A condition that holds now says nothing when the key was written or deleted meanwhile.
Answer<void> CheckUntouched(const json::Object& input, const Record& upload) {
  const bool on_match = input.Has("IfMatch");
  if ((!on_match && !input.Has("IfNoneMatch")) || !upload.body.GetBool("Touched")) return {};
  return S3Error(Fault::kConditionalRequestConflict,
                 {{"Condition", on_match ? "If-Match" : "If-None-Match"}, {"Key", upload.name}});
}

// Checked twice: before the parts are joined, and in the transaction that makes the object.
Answer<Joined> CheckComplete(Context& context, const json::Object& input) {
  TL_DO(CheckImplemented(input));
  TL_TRY(const Record* upload, FindUpload(context, input));
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_DO(CheckWritable(context, input, *bucket, upload->name));
  TL_DO(CheckUntouched(input, *upload));
  TL_TRY(Joined joined,
         JoinParts(context, *upload, input.GetObject("MultipartUpload").GetArray("Parts")));
  TL_DO(CheckPromise(input, joined));
  return joined;
}

json::Object ToBody(const Record& upload, const Joined& joined, const std::string& file) {
  json::Object body = upload.body;
  for (const std::string_view only_here : {"Algorithm", "ChecksumType", "Initiated", "Touched"})
    body.Remove(only_here);
  body.Set("File", file);
  body.Set("Size", joined.size);
  body.Set("ETag", joined.etag);
  body.Set("Checksum", ToRecord(joined.checksum));
  body.Set("Parts", joined.sizes);
  return body;
}

Answer<> Keep(Context& context, const json::Object& input, const Joined& before,
              const std::string& file) {
  TL_TRY(const Joined joined, CheckComplete(context, input));
  // A part that was replaced while the others were joined is not in the file.
  if (joined.files != before.files)
    return S3Error(Fault::kInvalidPart, {{"UploadId", input.GetString("UploadId")}});
  TL_TRY(const Record* upload, FindUpload(context, input));
  TL_TRY(const Record* found, FindBucket(context, input));
  const Record bucket = *found;
  const std::string key = upload->name;
  const std::string id = upload->id;
  json::Object body = ToBody(*upload, joined, file);
  TL_DO(context.objects.Keep(file));
  RemoveUpload(context, id);
  const Record* version = AddVersion(context, bucket, key, std::move(body));
  NotifyOfObject(context, bucket, kCompleteEvent, key, version->body);

  json::Object answer{{"Location", std::string(context.endpoint) + "/" + bucket.id + "/" +
                                       PercentEncode(key, true)},
                      {"Bucket", bucket.id},
                      {"Key", key},
                      {"ETag", QuotedTag(version->body)}};
  SetChecksum(answer, joined.checksum);
  SetEncryption(answer, version->body);
  SetNewVersionId(answer, bucket, *version);
  return answer;
}

net::aw<Answer<>> CompleteMultipartUpload(WaitContext context, json::Object input) {
  std::optional<Joined> joined;
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(joined, CheckComplete(state, input));
    return json::Object();
  }));
  Objects& objects = context.objects();
  std::optional<Result<std::string>> file;
  std::function<void()> work = [&] { file.emplace(objects.StageJoined(joined->files)); };
  co_await context.OnWorker(std::move(work));
  // A part's file is gone when the upload was given up meanwhile.
  if (!*file) co_return S3Error(Fault::kNoSuchUpload, {{"UploadId", input.GetString("UploadId")}});

  Answer<> answer =
      context.State([&](Context& state) { return Keep(state, input, *joined, **file); });
  if (!answer) objects.Discard(**file);
  co_return answer;
}

constexpr WaitHandler kCompleteMultipartUpload{CompleteMultipartUpload};

constexpr Operation kOperations[] = {
    {.name = "CompleteMultipartUpload", .wait = &kCompleteMultipartUpload},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMultipartCompleteOperations = kOperations;

}  // namespace trunkline::cloud::s3
