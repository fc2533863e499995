// AWS::Lex::Bot.
#include "cloud/services/cloudformation/lex/bot_locales.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddArn(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  const std::string& id = order.physical_id;
  if (id.empty()) return;
  known.Set("Id", id);
  known.Set("Arn", fmt::format("arn:aws:lex:{}:{}:bot/{}", context.region(),
                               context.caller().account, id));
}

Answer<void> RefuseFile(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                        json::Object& properties) {
  if (!properties.Has("BotFileS3Location")) return {};
  return ServiceError(
      "InvalidRequest",
      "The embedded cloud does not implement BotFileS3Location: it has no StartImport. "
      "Describe the bot in BotLocales.");
}

net::aw<Answer<void>> ChangeBot(WaitContext context, ResourceOrder order);

constexpr auto kProperties = Properties<
    "AutoBuildBotLocales~ BotFileS3Location~ BotLocales~ BotType DataPrivacy* Description "
    "IdleSessionTTLInSeconds* Name* RoleArn* BotTags~ TestBotAliasSettings~ "
    "TestBotAliasTags~ ErrorLogSettings">();

constexpr auto kAttributes = Words<"Arn Id">();

constexpr Name kNames[] = {
    {"Name", "botName"},
};

constexpr Fixed kFixed[] = {
    {"DeleteBot", R"({"skipResourceInUseCheck": true})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lex::Bot",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lexv2-models",
    .create = "CreateBot",
    .describe = "DescribeBot",
    .update = "UpdateBot",
    .remove = "DeleteBot",
    .id = "BotId",
    .names = kNames,
    .fixed = kFixed,
    .ready = {.member = "botStatus",
              .pending = "Creating Updating Versioning Importing",
              .failed = "Failed",
              .reason = ""},
    .vanishes_later = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "Arn",
    .tags_property = "BotTags",
    .prepare = RefuseFile,
    .complete = AddArn,
    .after = ChangeBot,
    .after_properties =
        "BotLocales AutoBuildBotLocales TestBotAliasSettings TestBotAliasTags BotFileS3Location "
        "BotType",
};

net::aw<Answer<void>> ChangeTestAlias(WaitContext context, ResourceOrder order) {
  const json::Object wanted = order.properties.GetObject("TestBotAliasSettings");
  if (wanted == order.previous.GetObject("TestBotAliasSettings")) co_return Answer<void>();
  json::Object properties = wanted;
  json::Object locales;
  for (const json::Value& row : wanted.GetArray("BotAliasLocaleSettings")) {
    if (row.IsObject())
      locales.Set(row.AsObject().GetString("LocaleId"),
                  row.AsObject().GetObject("BotAliasLocaleSetting"));
  }
  if (!locales.empty()) properties.Set("BotAliasLocaleSettings", std::move(locales));
  properties.Set("BotId", order.physical_id);
  properties.Set("BotAliasId", "TSTALIASID");
  properties.Set("BotAliasName", "TestBotAlias");
  properties.Set("BotVersion", "DRAFT");
  const InputParts parts{.properties = &properties};
  TL_CO_TRY(json::Object input, MakeInput(context, kMapping, order, "UpdateBotAlias", parts));
  Answer<> done = co_await context.Call("lexv2-models", "UpdateBotAlias", std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> ChangeBot(WaitContext context, ResourceOrder order) {
  static const Mapping kLocaleMapping = [] {
    Mapping mapping = kMapping;
    mapping.names = kLexNames;
    return mapping;
  }();
  Answer<void> changed = co_await ChangeLocales(kLocaleMapping, context, order);
  if (!changed) co_return changed;
  co_return co_await ChangeTestAlias(context, order);
}

}  // namespace

constinit const ResourceType kLexBotType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
