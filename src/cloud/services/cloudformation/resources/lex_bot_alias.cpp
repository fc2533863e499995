// AWS::Lex::BotAlias.
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// [{LocaleId, BotAliasLocaleSetting}] in a template, a map by locale in the API.
Answer<void> MapLocales(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                        json::Object& properties) {
  json::Object locales;
  for (const json::Value& row : properties.GetArray("BotAliasLocaleSettings")) {
    if (row.IsObject())
      locales.Set(row.AsObject().GetString("LocaleId"),
                  row.AsObject().GetObject("BotAliasLocaleSetting"));
  }
  if (!locales.empty()) properties.Set("BotAliasLocaleSettings", std::move(locales));
  return {};
}

void AddArn(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  const auto parts = Split(order.physical_id, '|');
  if (parts.size() < 2) return;
  known.Set("Arn", fmt::format("arn:aws:lex:{}:{}:bot-alias/{}/{}", context.region(),
                               context.caller().account, parts[1], parts[0]));
}

constexpr auto kProperties = Properties<
    "BotAliasLocaleSettings BotAliasName* BotAliasTags~ BotId*^ BotVersion "
    "ConversationLogSettings Description SentimentAnalysisSettings">();

constexpr auto kAttributes = Words<"Arn BotAliasId BotAliasStatus">();

constexpr Fixed kFixed[] = {
    {"DeleteBotAlias", R"({"skipResourceInUseCheck": true})"},
};

constexpr Fallback kFallbacks[] = {
    {"SentimentAnalysisSettings", R"({"detectSentiment": false})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lex::BotAlias",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lexv2-models",
    .create = "CreateBotAlias",
    .describe = "DescribeBotAlias",
    .update = "UpdateBotAlias",
    .remove = "DeleteBotAlias",
    .id = "BotAliasId BotId",
    .fixed = kFixed,
    .fallbacks = kFallbacks,
    .ready = {.member = "botAliasStatus", .pending = "Creating", .failed = "Failed", .reason = ""},
    .vanishes_later = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "Arn",
    .tags_property = "BotAliasTags",
    .prepare = MapLocales,
    .complete = AddArn,
};

}  // namespace

constinit const ResourceType kLexBotAliasType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
