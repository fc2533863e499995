#include "cloud/services/sts/session_tags.h"

#include <utility>

#include "base/text.h"

namespace trunkline::cloud::sts {
namespace {

constexpr Kind kSessionTags{"sts", "session-tags"};

// Texts as seen in recordings of the service.
ServiceError WrongTags(std::string_view text) {
  return ServiceError("InvalidParameterValue", text).WithStatus(400);
}

// By their keys in small letters, which is how keys are told apart.
Answer<json::Object> ReadTags(const json::Object& input) {
  json::Object tags;
  for (const json::Value& tag : input.GetArray("Tags")) {
    const std::string key = ToLower(tag.AsObject().GetString("Key"));
    if (tags.Has(key))
      return WrongTags("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    tags.Set(key, tag.AsObject().GetString("Value"));
  }
  return tags;
}

json::Object TagsOfCaller(const Context& context) {
  const Record* found =
      context.store.Find(Context::GlobalScope(), kSessionTags, context.caller.access_key_id);
  return found ? found->body.GetObject("Transitive") : json::Object();
}

}  // namespace

Answer<json::Object> CheckSessionTags(const Context& context, const json::Object& input) {
  TL_TRY(const json::Object tags, ReadTags(input));
  json::Object transitive = TagsOfCaller(context);
  for (const json::Member& tag : tags) {
    if (transitive.Has(tag.key))
      return WrongTags(
          "One of the specified transitive tag keys can't be set because it conflicts "
          "with a transitive tag key from the calling session.");
  }
  for (const json::Value& named : input.GetArray("TransitiveTagKeys")) {
    const std::string key = ToLower(named.AsString());
    const json::Value* value = tags.Find(key);
    if (!value)
      return WrongTags("The specified transitive tag key must be included in the requested tags.");
    transitive.Set(key, *value);
  }
  return transitive;
}

void PutTransitiveTags(Context& context, std::string_view access_key_id, json::Object tags) {
  if (tags.empty()) return;
  context.store.Put(Context::GlobalScope(), kSessionTags,
                    {.id = std::string(access_key_id),
                     .parent = {},
                     .name = std::string(access_key_id),
                     .body = {{"Transitive", std::move(tags)}}});
}

void ForgetSessionTags(Context& context, std::string_view access_key_id) {
  context.store.Delete(Context::GlobalScope(), kSessionTags, access_key_id);
}

}  // namespace trunkline::cloud::sts
