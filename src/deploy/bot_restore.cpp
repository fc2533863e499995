#include "deploy/bot_restore.h"

#include <algorithm>

#include "deploy/bot_content.h"
#include "deploy/bot_locale.h"
#include "deploy/bot_names.h"
#include "deploy/bot_versions.h"
#include "deploy/role_restore.h"

namespace trunkline::deploy {
namespace {

constexpr std::string_view kBotMembers[] = {"botId",   "botName",     "description",
                                            "roleArn", "dataPrivacy", "idleSessionTTLInSeconds",
                                            "botType", "botMembers",  "errorLogSettings"};
constexpr std::string_view kAliasMembers[] = {"botId",
                                              "botAliasId",
                                              "botAliasName",
                                              "description",
                                              "botVersion",
                                              "botAliasLocaleSettings",
                                              "conversationLogSettings",
                                              "sentimentAnalysisSettings"};

net::aw<Result<json::Object>> AsItIs(Session& session, LiveResource there) {
  json::Object before{{"botId", there.id}, {"tags", TagsOf(there)}};
  json::Object ask{{"botId", there.id}};
  TL_CO_TRY(const json::Object bot,
            co_await session.Call("lexv2-models", "DescribeBot", std::move(ask)));
  before.Set("bot", OnlyMembers(bot, kBotMembers));
  TL_CO_TRY(std::string draft, co_await NewestBotVersion(session, there.id));
  before.Set("draft", std::move(draft));
  if (there.arn.empty()) co_return before;
  json::Object input{{"botId", there.id}, {"botAliasId", there.body.GetString("alias")}};
  TL_CO_TRY(const json::Object alias,
            co_await session.Call("lexv2-models", "DescribeBotAlias", std::move(input)));
  before.Set("alias", OnlyMembers(alias, kAliasMembers));
  co_return before;
}

net::aw<Result<void>> RestoreAlias(Session& session, std::string bot_id, json::Object alias) {
  if (!alias.empty()) {
    TL_CO_DO(co_await session.Call("lexv2-models", "UpdateBotAlias", std::move(alias)));
    co_return Result<void>();
  }
  TL_CO_TRY(std::string made, co_await FindBotAlias(session, bot_id));
  if (made.empty()) co_return Result<void>();
  json::Object input{{"botId", bot_id}, {"botAliasId", made}, {"skipResourceInUseCheck", true}};
  co_return co_await Delete(session, "lexv2-models", "DeleteBotAlias", std::move(input));
}

// The two that a delivery writes.
net::aw<Result<void>> RestoreBotTags(Session& session, std::string arn, json::Object before) {
  json::Object tags;
  json::Array keys;
  for (const std::string& key : {std::string(kManagedTag), BotHashTag(session.target)}) {
    if (before.Has(key)) {
      tags.Set(key, before.GetString(key));
    } else {
      keys.emplace_back(key);
    }
  }
  if (!tags.empty()) {
    json::Object tag{{"resourceARN", arn}, {"tags", std::move(tags)}};
    TL_CO_DO(co_await session.Call("lexv2-models", "TagResource", std::move(tag)));
  }
  if (keys.empty()) co_return Result<void>();
  json::Object untag{{"resourceARN", arn}, {"tagKeys", std::move(keys)}};
  TL_CO_DO(co_await session.Call("lexv2-models", "UntagResource", std::move(untag)));
  co_return Result<void>();
}

net::aw<Result<void>> RestoreSettings(Session& session, std::string bot_id, json::Object bot) {
  TL_CO_DO(co_await session.Call("lexv2-models", "UpdateBot", std::move(bot)));
  json::Object poll{{"botId", bot_id}};
  std::vector<std::string> ready{"Available"};
  co_return co_await WaitForLex(session, "DescribeBot", std::move(poll), "botStatus",
                                std::move(ready));
}

net::aw<Result<void>> DeleteOtherLocales(Session& session, std::string bot_id,
                                         const std::vector<center::BotLocale>& is,
                                         const std::vector<center::BotLocale>& wanted) {
  for (const center::BotLocale& locale : is) {
    const bool stays = std::ranges::any_of(
        wanted, [&](const auto& one) { return one.id.value == locale.id.value; });
    if (stays) continue;
    json::Object input{{"botId", bot_id}, {"botVersion", "DRAFT"}, {"localeId", locale.id.value}};
    TL_CO_DO(co_await Delete(session, "lexv2-models", "DeleteBotLocale", std::move(input)));
  }
  co_return Result<void>();
}

// Building takes Lex seconds to minutes: only when something of it was written.
net::aw<Result<void>> RestoreDraft(Session& session, std::string bot_id, std::string version) {
  if (version.empty()) co_return Result<void>();
  TL_CO_TRY(const std::vector<center::BotLocale> wanted,
            co_await ReadBotContent(session, bot_id, version));
  TL_CO_TRY(const std::vector<center::BotLocale> is,
            co_await ReadBotContent(session, bot_id, "DRAFT"));
  if (BotDifferences(is, wanted).empty()) co_return Result<void>();
  for (const center::BotLocale& locale : wanted)
    TL_CO_DO(co_await DeliverBotLocale(session, bot_id, locale));
  co_return co_await DeleteOtherLocales(session, bot_id, is, wanted);
}

net::aw<Result<void>> TakeHooksAway(Session& session, json::Array hooks) {
  for (const json::Value& hook : hooks) {
    json::Object input = hook.AsObject();
    TL_CO_DO(co_await Delete(session, "lambda", "RemovePermission", std::move(input)));
  }
  co_return Result<void>();
}

// What it is called by is in no note: a run that failed early may not have seen its id.
net::aw<Result<void>> DeleteNewBot(Session& session, std::string name) {
  TL_CO_DO(co_await FindResourceKind("bot")->read(session));
  const LiveResource* there = session.live.Find("bot", name);
  if (there == nullptr || there->Tag(kManagedTag) != "true") co_return Result<void>();
  json::Object input{{"botId", there->id}, {"skipResourceInUseCheck", true}};
  co_return co_await Delete(session, "lexv2-models", "DeleteBot", std::move(input));
}

// Callers first, then what nobody hears.
net::aw<Result<void>> WriteAgain(Session& session, json::Object before) {
  const std::string bot_id(before.GetString("botId"));
  TL_CO_DO(co_await RestoreAlias(session, bot_id, before.GetObject("alias")));
  TL_CO_DO(
      co_await RestoreBotTags(session, BotArn(session.target, bot_id), before.GetObject("tags")));
  const std::string published(before.GetString("published"));
  if (!published.empty()) {
    json::Object version{{"botId", bot_id}, {"botVersion", published}};
    TL_CO_DO(co_await Delete(session, "lexv2-models", "DeleteBotVersion", std::move(version)));
  }
  TL_CO_DO(co_await RestoreSettings(session, bot_id, before.GetObject("bot")));
  co_return co_await RestoreDraft(session, bot_id, std::string(before.GetString("draft")));
}

}  // namespace

net::aw<Result<void>> NoteBot(Session& session, std::string name) {
  if (session.journal == nullptr) co_return Result<void>();
  TL_CO_TRY(json::Object role, co_await NoteRole(session, session.target.Qualified(name)));
  json::Object before{{"new", true}};
  if (const LiveResource* there = session.live.Find("bot", name)) {
    TL_CO_TRY(before, co_await AsItIs(session, *there));
  }
  before.Set("role", std::move(role));
  session.Note("bot", name, std::move(before));
  co_return Result<void>();
}

void NoteHook(Session& session, const std::string& name, json::Object removal) {
  if (session.journal == nullptr) return;
  json::Array hooks = session.journal->Find("bot", name)->before.GetArray("hooks");
  hooks.emplace_back(std::move(removal));
  session.NoteMore("bot", name, "hooks", std::move(hooks));
}

net::aw<Result<void>> RestoreBot(Session& session, const Undo& undo) {
  const json::Object before = undo.before;
  if (undo.IsNew()) {
    TL_CO_DO(co_await DeleteNewBot(session, undo.name));
  } else {
    TL_CO_DO(co_await WriteAgain(session, before));
  }
  TL_CO_DO(co_await TakeHooksAway(session, before.GetArray("hooks")));
  co_return co_await RestoreRole(session, session.target.Qualified(undo.name),
                                 before.GetObject("role"));
}

}  // namespace trunkline::deploy
