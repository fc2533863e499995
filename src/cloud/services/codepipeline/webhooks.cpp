// Webhooks of source actions of the old kind: kept and listed. Their URLs are not served here: a
// push starts a pipeline by its connection (push.cpp).
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/paging.h"
#include "cloud/services/codepipeline/tag_checks.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kPage = 100;
constexpr std::size_t kMostWebhooks = 300;

Answer<void> CheckDefinition(const json::Object& definition) {
  const std::string_view kind = definition.GetString("authentication");
  const json::Object& configuration = definition.GetObject("authenticationConfiguration");
  const bool right = kind == "GITHUB_HMAC" ? configuration.Has("SecretToken")
                     : kind == "IP"        ? configuration.Has("AllowedIPRange")
                                           : configuration.empty();
  if (!right) {
    return ServiceError(
        "InvalidWebhookAuthenticationParametersException",
        fmt::format("The authentication configuration does not fit the authentication {}", kind));
  }
  for (const json::Value& filter : definition.GetArray("filters")) {
    if (filter.AsObject().GetString("jsonPath").starts_with("$")) continue;
    return ServiceError(
        "InvalidWebhookFilterPatternException",
        fmt::format("'{}' is not a valid JSON path", filter.AsObject().GetString("jsonPath")));
  }
  return {};
}

// A secret is never shown again.
json::Object ToItem(const Record& record) {
  json::Object item = record.body.GetObject("Item");
  json::Object& configuration = Part(Part(item, "definition"), "authenticationConfiguration");
  if (configuration.Has("SecretToken")) configuration.Set("SecretToken", "****");
  if (const json::Array& tags = record.body.GetArray("Tags"); !tags.empty()) item.Set("tags", tags);
  return item;
}

Answer<> PutWebhook(Context& context, const json::Object& input) {
  const json::Object& definition = input.GetObject("webhook");
  const std::string name(definition.GetString("name"));
  TL_DO(CheckDefinition(definition));
  TL_DO(FindPipeline(context, definition.GetString("targetPipeline")));
  const Record* before = context.store.Find(context.RegionScope(), kWebhook, name);
  if (!before && context.store.List(context.RegionScope(), kWebhook).size() >= kMostWebhooks) {
    return ServiceError("LimitExceededException",
                        fmt::format("An account can have at most {} webhooks", kMostWebhooks));
  }
  TL_TRY(json::Array tags, JoinTags(context, before ? before->body.GetArray("Tags") : json::Array(),
                                    input.GetArray("tags")));
  const std::string url =
      before ? std::string(before->body.GetObject("Item").GetString("url"))
             : fmt::format("https://{}.webhooks.aws/trigger?t={}&v=1", context.region,
                           NewToken(context.random, 64, kAlphanumeric));
  json::Object item{{"definition", definition},
                    {"url", url},
                    {"arn", fmt::format("arn:aws:codepipeline:{}:{}:webhook:{}", context.region,
                                        context.caller.account, name)}};
  Record record{.id = name, .parent = {}, .name = name, .body = {}};
  record.body = {{"Item", std::move(item)}, {"Tags", std::move(tags)}};
  json::Object answer{{"webhook", ToItem(record)}};
  context.store.Put(context.RegionScope(), kWebhook, std::move(record));
  return answer;
}

Answer<> DeleteWebhook(Context& context, const json::Object& input) {
  context.store.Delete(context.RegionScope(), kWebhook, input.GetString("name"));
  return json::Object();
}

// The only operation whose members begin with capitals.
Answer<> ListWebhooks(Context& context, const json::Object& input) {
  json::Object asked;
  CopyMember(input, "MaxResults", asked, "maxResults");
  CopyMember(input, "NextToken", asked, "nextToken");
  TL_TRY(const RecordPage page, ListRecords(context, kWebhook, {}, asked, kPage));
  json::Array webhooks;
  for (const Record* record : page.records) webhooks.emplace_back(ToItem(*record));
  json::Object answer{{"webhooks", std::move(webhooks)}};
  answer.SetIfNotEmpty("NextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteWebhook", .handle = DeleteWebhook},
    {.name = "ListWebhooks", .handle = ListWebhooks},
    {.name = "PutWebhook", .handle = PutWebhook},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kWebhookOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
