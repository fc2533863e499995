// PutObject.
#include "base/text.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/conditions.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/key_access.h"
#include "cloud/services/s3/notify.h"
#include "cloud/services/s3/upload.h"
#include "cloud/wait.h"

namespace trunkline::cloud::s3 {
namespace {

// What is wrong without looking at the body is answered before the body is hashed.
Answer<> CheckBefore(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_DO(CheckKey(input.GetString("Key")));
  TL_DO(CheckWritable(context, input, *bucket, input.GetString("Key")));
  return ReadAttributes(context, *bucket, input);
}

Answer<> Keep(Context& context, const json::Object& input, const Staged& staged) {
  TL_TRY(const Record* found, FindBucket(context, input));
  const Record bucket = *found;
  const std::string key(input.GetString("Key"));
  TL_DO(CheckWritable(context, input, bucket, key));
  TL_TRY(json::Object body, ReadAttributes(context, bucket, input));
  TL_DO(CheckMayEncrypt(context, body));
  TL_DO(context.objects.Keep(staged.file));
  body.Set("File", staged.file);
  body.Set("Size", staged.size);
  body.Set("ETag", staged.etag);
  body.Set("Checksum", ToRecord(staged.checksum));
  const Record* version = AddVersion(context, bucket, key, std::move(body));
  NotifyOfObject(context, bucket, kPutEvent, key, version->body);

  json::Object answer{{"ETag", QuotedTag(version->body)}};
  SetChecksum(answer, staged.checksum);
  SetEncryption(answer, version->body);
  SetNewVersionId(answer, bucket, *version);
  return answer;
}

net::aw<Answer<>> PutObject(WaitContext context, json::Object input) {
  std::string body;
  if (json::Value* value = input.Find("Body")) body = std::move(value->AsString());
  TL_CO_DO(context.State([&](Context& state) { return CheckBefore(state, input); }));
  TL_CO_TRY(Promise promise, ReadPromise(input, context.request()));
  TL_CO_TRY(const Staged staged,
            co_await StageOnWorker(context, std::move(body), std::move(promise)));

  Answer<> answer = context.State([&](Context& state) { return Keep(state, input, staged); });
  if (!answer) context.objects().Discard(staged.file);
  co_return answer;
}

constexpr WaitHandler kPutObject{PutObject};

constexpr Operation kOperations[] = {
    {.name = "PutObject", .wait = &kPutObject},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPutOperations = kOperations;

}  // namespace trunkline::cloud::s3
