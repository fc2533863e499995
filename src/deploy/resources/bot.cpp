// Bots. Every change builds DRAFT, publishes a version and moves the environment's alias to it, so
// an edited bot reaches the callers, and the version before is one alias update away.
#include <algorithm>

#include "base/text.h"
#include "deploy/bot_content.h"
#include "deploy/bot_drift.h"
#include "deploy/bot_locale.h"
#include "deploy/bot_names.h"
#include "deploy/bot_restore.h"
#include "deploy/bot_versions.h"
#include "deploy/list.h"
#include "deploy/role.h"
#include "deploy/symbol_text.h"

namespace trunkline::deploy {
namespace {

// A bot whose alias is not there was not delivered, whatever its tags say.
void PutBot(Session& session, const std::string& name, const std::string& bot_id,
            std::map<std::string, std::string> tags, const std::string& alias) {
  LiveResource bot{.id = bot_id, .arn = {}, .tags = std::move(tags), .body = {}};
  bot.body.Set("alias", alias);
  bot.tags.erase(std::string(kHashTag));
  if (!alias.empty()) {
    bot.arn = BotAliasArn(session.target, bot_id, alias);
    bot.tags[std::string(kHashTag)] = bot.Tag(BotHashTag(session.target));
  }
  session.live.Put("bot", name, std::move(bot));
}

net::aw<Result<void>> ReadOne(Session& session, std::string name, std::string bot_id) {
  json::Object input{{"resourceARN", BotArn(session.target, bot_id)}};
  TL_CO_TRY(const json::Object tags,
            co_await session.Call("lexv2-models", "ListTagsForResource", std::move(input)));
  TL_CO_TRY(const std::string alias, co_await FindBotAlias(session, bot_id));
  PutBot(session, name, bot_id, ReadTags(tags.GetObject("tags")), alias);
  co_return Result<void>();
}

net::aw<Result<void>> ReadBot(Session& session) {
  if (session.target.center.bots.empty()) co_return Result<void>();
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("lexv2-models", "ListBots", json::Object()));
  for (const json::Value& item : listed.GetArray("botSummaries")) {
    const std::string name(item.AsObject().GetString("botName"));
    const auto& bots = session.target.center.bots;
    if (std::none_of(bots.begin(), bots.end(),
                     [&](const auto& bot) { return bot.name.value == name; }))
      continue;
    TL_CO_DO(co_await ReadOne(session, name, std::string(item.AsObject().GetString("botId"))));
  }
  co_return Result<void>();
}

json::Object Wanted(const center::Bot& bot, const Target& target, const Live& live) {
  json::Object locales;
  for (const center::BotLocale& locale : bot.locales)
    locales.Set(locale.id.value, BotLocaleValue(locale));
  json::Object alias;
  for (const center::BotAliasLocale& locale : bot.alias_locales) {
    json::Object entry{{"enabled", locale.enabled},
                       {"hook", ReplaceKnownSymbols(locale.code_hook.value, target, live)}};
    alias.Set(locale.locale.value, std::move(entry));
  }
  return {{"description", bot.description},
          {"idle", bot.idle_session_seconds},
          {"child", bot.child_directed},
          {"locales", std::move(locales)},
          {"alias", std::move(alias)}};
}

void PlanBot(const Target& target, const Live& live, Plan& plan) {
  for (const center::Bot& bot : target.center.bots) {
    std::vector<std::string> after;
    for (const center::BotAliasLocale& locale : bot.alias_locales) {
      for (const std::string& id : SymbolChanges(locale.code_hook.value)) after.push_back(id);
    }
    PlanByHash(live, "bot", bot.name.value, HashOf(Wanted(bot, target, live)), std::move(after),
               plan);
  }
}

net::aw<Result<void>> WaitForBot(Session& session, std::string bot_id) {
  json::Object poll{{"botId", bot_id}};
  std::vector<std::string> ready{"Available"};
  co_return co_await WaitForLex(session, "DescribeBot", std::move(poll), "botStatus",
                                std::move(ready));
}

net::aw<Result<std::string>> EnsureBot(Session& session, const center::Bot& bot) {
  json::Object speak{{"Effect", "Allow"}, {"Action", "polly:SynthesizeSpeech"}, {"Resource", "*"}};
  RoleSpec role{.name = session.target.Qualified(bot.name.value),
                .service = "lexv2.amazonaws.com",
                .description = "role of bot " + bot.name.value,
                .statements = {},
                .managed_policies = {}};
  role.statements.push_back(std::move(speak));
  TL_CO_TRY(const std::string role_arn, co_await EnsureRole(session, std::move(role)));
  json::Object input{{"botName", bot.name.value},
                     {"roleArn", role_arn},
                     {"dataPrivacy", json::Object{{"childDirected", bot.child_directed}}},
                     {"idleSessionTTLInSeconds", bot.idle_session_seconds}};
  input.SetIfNotEmpty("description", bot.description);
  const LiveResource* there = session.live.Find("bot", bot.name.value);
  if (there != nullptr) {
    // An interrupted delivery may have left it while it was being made.
    TL_CO_DO(co_await WaitForBot(session, there->id));
    input.Set("botId", there->id);
  } else {
    input.Set("botTags", TagsFor({}, ""));
  }
  const std::string operation = there != nullptr ? "UpdateBot" : "CreateBot";
  TL_CO_TRY(const json::Object made,
            co_await session.Call("lexv2-models", operation, std::move(input)));
  std::string id(made.GetString("botId"));
  TL_CO_DO(co_await WaitForBot(session, id));
  co_return id;
}

net::aw<Result<std::string>> PublishVersion(Session& session, const center::Bot& bot,
                                            std::string bot_id, std::string hash) {
  json::Object locales;
  for (const center::BotLocale& locale : bot.locales) {
    locales.Set(locale.id.value, json::Object{{"sourceBotVersion", "DRAFT"}});
  }
  TL_CO_DO(co_await DeleteOldBotVersions(session, bot_id));
  json::Object input{{"botId", bot_id},
                     {"description", BotVersionDescription(hash)},
                     {"botVersionLocaleSpecification", std::move(locales)}};
  TL_CO_TRY(const json::Object made,
            co_await session.Call("lexv2-models", "CreateBotVersion", std::move(input)));
  std::string version(made.GetString("botVersion"));
  session.NoteMore("bot", bot.name.value, "published", version);
  json::Object poll{{"botId", bot_id}, {"botVersion", version}};
  std::vector<std::string> ready{"Available"};
  TL_CO_DO(co_await WaitForLex(session, "DescribeBotVersion", std::move(poll), "botStatus",
                               std::move(ready)));
  co_return version;
}

Result<json::Object> AliasLocales(const center::Bot& bot, const Target& target, const Live& live) {
  json::Object settings;
  for (const center::BotAliasLocale& locale : bot.alias_locales) {
    json::Object entry{{"enabled", locale.enabled}};
    if (!locale.code_hook.value.empty()) {
      TL_TRY(const std::string arn, ReplaceSymbols(locale.code_hook.value, target, live));
      json::Object hook{{"lambdaARN", arn}, {"codeHookInterfaceVersion", "1.0"}};
      entry.Set("codeHookSpecification", json::Object{{"lambdaCodeHook", std::move(hook)}});
    }
    settings.Set(locale.locale.value, std::move(entry));
  }
  return settings;
}

net::aw<Result<std::string>> SwitchAlias(Session& session, const center::Bot& bot,
                                         std::string bot_id, std::string version) {
  TL_CO_TRY(std::string alias, co_await FindBotAlias(session, bot_id));
  TL_CO_TRY(json::Object locales, AliasLocales(bot, session.target, session.live));
  json::Object input{{"botId", bot_id},
                     {"botAliasName", session.target.environment.name.value},
                     {"botVersion", version},
                     {"botAliasLocaleSettings", std::move(locales)}};
  if (!alias.empty()) input.Set("botAliasId", alias);
  const std::string operation = alias.empty() ? "CreateBotAlias" : "UpdateBotAlias";
  TL_CO_TRY(const json::Object made,
            co_await session.Call("lexv2-models", operation, std::move(input)));
  alias = made.GetString("botAliasId");
  json::Object poll{{"botId", bot_id}, {"botAliasId", alias}};
  std::vector<std::string> ready{"Available"};
  TL_CO_DO(co_await WaitForLex(session, "DescribeBotAlias", std::move(poll), "botAliasStatus",
                               std::move(ready)));
  co_return alias;
}

// Lex calls a hook's function only where the function's own policy lets the alias in.
net::aw<Result<void>> PermitHook(Session& session, std::string bot, std::string function,
                                 std::string alias_arn) {
  const std::vector<std::string_view> parts = Split(function, ':');
  constexpr std::size_t kQualified =
      8;  // arn:aws:lambda:<region>:<account>:function:<name>:<alias>
  const bool qualified = parts.size() == kQualified;
  const std::string_view name(function.data(), qualified ? function.rfind(':') : function.size());
  json::Object statement{
      {"FunctionName", name},
      {"StatementId", "trunkline-lex-" + alias_arn.substr(alias_arn.rfind('/') + 1)}};
  if (qualified) statement.Set("Qualifier", parts.back());
  json::Object permission = statement;
  permission.Set("Action", "lambda:InvokeFunction");
  permission.Set("Principal", "lexv2.amazonaws.com");
  permission.Set("SourceAccount", session.target.account);
  permission.Set("SourceArn", alias_arn);
  Result<json::Object> permitted =
      co_await session.Call("lambda", "AddPermission", std::move(permission));
  if (!permitted && permitted.error().kind() != ErrorKind::kConflict)
    co_return std::move(permitted).error();
  if (permitted) NoteHook(session, bot, std::move(statement));
  co_return Result<void>();
}

net::aw<Result<void>> PermitHooks(Session& session, const center::Bot& bot, std::string alias_arn) {
  for (const center::BotAliasLocale& locale : bot.alias_locales) {
    if (locale.code_hook.value.empty()) continue;
    TL_CO_TRY(std::string function,
              ReplaceSymbols(locale.code_hook.value, session.target, session.live));
    TL_CO_DO(co_await PermitHook(session, bot.name.value, std::move(function), alias_arn));
  }
  co_return Result<void>();
}

net::aw<Result<void>> ApplyBot(Session& session, const Change& change) {
  const auto& all = session.target.center.bots;
  const auto bot = std::find_if(all.begin(), all.end(),
                                [&](const auto& one) { return one.name.value == change.name; });
  TL_CO_DO(co_await NoteBot(session, change.name));
  TL_CO_TRY(const std::string id, co_await EnsureBot(session, *bot));
  for (const center::BotLocale& locale : bot->locales)
    TL_CO_DO(co_await DeliverBotLocale(session, id, locale));
  const std::string hash = HashOf(Wanted(*bot, session.target, session.live));
  TL_CO_TRY(std::string version, co_await PublishVersion(session, *bot, id, hash));
  TL_CO_TRY(const std::string alias, co_await SwitchAlias(session, *bot, id, std::move(version)));
  TL_CO_DO(co_await PermitHooks(session, *bot, BotAliasArn(session.target, id, alias)));
  json::Object tags = TagsFor({}, "");
  tags.Set(BotHashTag(session.target), hash);
  json::Object tag{{"resourceARN", BotArn(session.target, id)}, {"tags", std::move(tags)}};
  TL_CO_DO(co_await session.Call("lexv2-models", "TagResource", std::move(tag)));
  co_return co_await ReadOne(session, change.name, id);
}

// Other environments of this account may have aliases of the same bot: then only ours goes.
net::aw<Result<void>> RemoveBot(Session& session, const Change& change) {
  const LiveResource there = *session.live.Find("bot", change.name);
  if (!there.arn.empty() && session.live.HasActiveInstance()) {
    json::Object from{{"InstanceId", session.live.InstanceId()},
                      {"LexV2Bot", json::Object{{"AliasArn", there.arn}}}};
    TL_CO_DO(co_await Delete(session, "connect", "DisassociateBot", std::move(from)));
  }
  json::Object ask{{"botId", there.id}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("lexv2-models", "ListBotAliases", std::move(ask)));
  const auto& aliases = listed.GetArray("botAliasSummaries");
  const bool others = std::ranges::any_of(aliases, [&](const json::Value& alias) {
    const std::string_view name = alias.AsObject().GetString("botAliasName");
    return name != session.target.environment.name.value && name != "TestBotAlias";
  });
  json::Object input{{"botId", there.id}, {"skipResourceInUseCheck", true}};
  if (others) {
    if (there.arn.empty()) co_return Result<void>();
    input.Set("botAliasId", there.body.GetString("alias"));
    co_return co_await Delete(session, "lexv2-models", "DeleteBotAlias", std::move(input));
  }
  TL_CO_DO(co_await Delete(session, "lexv2-models", "DeleteBot", std::move(input)));
  co_return co_await RemoveRole(session, session.target.Qualified(change.name));
}

net::aw<Result<void>> DriftOfBots(Session& session, std::vector<Drifted>& drifted) {
  for (const center::Bot& bot : session.target.center.bots) {
    const LiveResource* there = session.live.Find("bot", bot.name.value);
    if (there == nullptr) continue;
    WantedAlias wanted{.name = bot.name.value};
    wanted.is_delivered = there->Tag(kHashTag) == HashOf(Wanted(bot, session.target, session.live));
    Result<json::Object> locales = AliasLocales(bot, session.target, session.live);
    if (locales) wanted.locales = std::move(*locales);
    wanted.is_delivered = wanted.is_delivered && locales.ok();
    TL_CO_DO(co_await DriftOfBot(session, std::move(wanted), drifted));
  }
  co_return Result<void>();
}

}  // namespace

const ResourceKind kBotKind{.name = "bot",
                            .plural = "bots",
                            .project = "supporting-infra",
                            .read = ReadBot,
                            .in_instance = false,
                            .plan = PlanBot,
                            .apply = ApplyBot,
                            .restore = RestoreBot,
                            .remove = RemoveBot,
                            .drift = DriftOfBots};

}  // namespace trunkline::deploy
