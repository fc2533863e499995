#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/presigned_url.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::int64_t kMaxBytes = 50LL << 20;  // AWS admin guide, "Create prompts"

struct S3Object {
  std::string bucket;
  std::string key;
};

// "s3://bucket/key" or "https://bucket.s3.region.amazonaws.com/key".
Answer<S3Object> ParseS3Uri(std::string_view uri) {
  const std::string_view before = uri;
  const bool plain = uri.starts_with("s3://");
  uri.remove_prefix(plain ? 5 : std::string_view("https://").size());
  const std::size_t slash = uri.find('/');
  std::string_view host = uri.substr(0, slash);
  if (!plain) host = host.substr(0, host.find(".s3."));
  if (slash == std::string_view::npos || host.empty() || slash + 1 == uri.size()) {
    return InvalidParameter(
        fmt::format("expected an address such as 's3://bucket/key.wav' but got '{}'", before));
  }
  return S3Object{.bucket = std::string(host), .key = PercentDecode(uri.substr(slash + 1))};
}

Answer<S3Object> CheckAudio(Context& context, std::string_view uri) {
  TL_TRY(S3Object audio, ParseS3Uri(uri));
  if (!ToLower(audio.key).ends_with(".wav")) {
    return InvalidParameter(fmt::format("a prompt is a .wav file, '{}' is not", uri));
  }
  json::Object head;
  head.Set("Bucket", audio.bucket);
  head.Set("Key", audio.key);
  const Answer<> found = context.Call("s3", "HeadObject", head);
  if (!found) return InvalidParameter(fmt::format("object '{}' does not exist", uri));
  if (found->GetInt("ContentLength") > kMaxBytes) {
    return InvalidParameter(fmt::format("a prompt has at most 50 MB, '{}' has more", uri));
  }
  return audio;
}

void PutFile(Context& context, std::string_view prompt_id, const S3Object& audio) {
  Record file{.id = std::string(prompt_id)};
  file.body.Set("Bucket", audio.bucket);
  file.body.Set("Key", audio.key);
  context.store.Put(context.RegionScope(), kPromptFile, std::move(file));
}

Answer<> AddPrompt(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const S3Object audio, CheckAudio(context, input.GetString("S3Uri")));
  TL_TRY(Record prompt, NewResource(context, *instance, kPrompt, input.GetString("Name"), input));
  PutFile(context, prompt.id, audio);
  json::Object output;
  output.Set("PromptARN", prompt.body.GetString("PromptARN"));
  output.Set("PromptId", prompt.id);
  context.store.Put(context.RegionScope(), kPrompt.kind, std::move(prompt));
  return output;
}

// CreatePrompt's row has no ResourceNotFoundException: an unknown instance is a wrong parameter.
Answer<> CreatePrompt(Context& context, const json::Object& input) {
  Answer<> output = AddPrompt(context, input);
  if (!output && output.error().code == "ResourceNotFoundException") {
    return InvalidParameter(output.error().message);
  }
  return output;
}

Answer<> DeletePrompt(Context& context, const json::Object& input) {
  TL_TRY(const Record* prompt, FindResource(context, kPrompt, input));
  const std::string id = prompt->id;
  context.store.Delete(context.RegionScope(), kPromptFile, id);
  context.store.Delete(context.RegionScope(), kPrompt.kind, id);
  return json::Object();
}

Answer<> DescribePrompt(Context& context, const json::Object& input) {
  return Describe(context, kPrompt, input);
}

Answer<> GetPromptFile(Context& context, const json::Object& input) {
  TL_TRY(const Record* prompt, FindResource(context, kPrompt, input));
  const Record* file = context.store.Find(context.RegionScope(), kPromptFile, prompt->id);
  if (file == nullptr) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("the embedded cloud has no recording of the prompt '{}', "
                                    "which comes with every instance",
                                    prompt->name));
  }
  json::Object output;
  output.Set("PromptPresignedUrl", PresignedObjectUrl(context, file->body.GetString("Bucket"),
                                                      file->body.GetString("Key")));
  CopyMembers(prompt->body, {"LastModifiedTime", "LastModifiedRegion"}, output);
  return output;
}

json::Value PromptSummary(Context&, const Record& prompt) {
  return Summary(kPrompt, prompt);
}

Answer<> ListPrompts(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "PromptSummaryList",
                context.store.List(context.RegionScope(), kPrompt.kind, instance->id),
                PromptSummary, {.listing = "ListPrompts " + instance->id});
}

Answer<> SearchPrompts(Context& context, const json::Object& input) {
  return Search(context, input, kPrompt,
                {.operation = "SearchPrompts", .output = "Prompts", .fields = kCommonFields});
}

// Its row has no DuplicateResourceException: a taken name is a wrong parameter.
Answer<> UpdatePrompt(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kPrompt, input));
  Record prompt = *found;
  if (const auto renamed = Rename(context, kPrompt, input, prompt); !renamed) {
    return InvalidParameter(renamed.error().message);
  }
  if (input.Has("S3Uri")) {
    TL_TRY(const S3Object audio, CheckAudio(context, input.GetString("S3Uri")));
    PutFile(context, prompt.id, audio);
  }
  json::Object output;
  output.Set("PromptARN", prompt.body.GetString("PromptARN"));
  output.Set("PromptId", prompt.id);
  Save(context, kPrompt.kind, std::move(prompt));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "CreatePrompt", .handle = CreatePrompt},
    {.name = "DeletePrompt", .handle = DeletePrompt},
    {.name = "DescribePrompt", .handle = DescribePrompt},
    {.name = "GetPromptFile", .handle = GetPromptFile},
    {.name = "ListPrompts", .handle = ListPrompts},
    {.name = "SearchPrompts", .handle = SearchPrompts},
    {.name = "UpdatePrompt", .handle = UpdatePrompt},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kPromptOperations = kOperations;

}  // namespace trunkline::cloud::connect
