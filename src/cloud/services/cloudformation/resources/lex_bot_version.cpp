// AWS::Lex::BotVersion.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// [{LocaleId, BotVersionLocaleDetails}] in a template, a map by locale in the API.
Answer<void> MapLocales(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                        json::Object& properties) {
  json::Object locales;
  for (const json::Value& row : properties.GetArray("BotVersionLocaleSpecification")) {
    if (row.IsObject())
      locales.Set(row.AsObject().GetString("LocaleId"),
                  row.AsObject().GetObject("BotVersionLocaleDetails"));
  }
  if (!locales.empty()) properties.Set("BotVersionLocaleSpecification", std::move(locales));
  return {};
}

constexpr auto kProperties = Properties<"BotId*^ BotVersionLocaleSpecification*~ Description">();

constexpr auto kAttributes = Words<"BotVersion">();

constexpr Fixed kFixed[] = {
    {"DeleteBotVersion", R"({"skipResourceInUseCheck": true})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lex::BotVersion",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lexv2-models",
    .create = "CreateBotVersion",
    .describe = "DescribeBotVersion",
    .remove = "DeleteBotVersion",
    .id = "BotId BotVersion",
    .fixed = kFixed,
    .ready = {.member = "botStatus",
              .pending = "Creating Updating Versioning Importing",
              .failed = "Failed",
              .reason = ""},
    .vanishes_later = true,
    .prepare = MapLocales,
};

}  // namespace

constinit const ResourceType kLexBotVersionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
