#include "deploy/bot_drift.h"

#include "base/text.h"
#include "deploy/bot_content.h"
#include "deploy/bot_names.h"
#include "deploy/bot_versions.h"
#include "deploy/drift.h"

namespace trunkline::deploy {
namespace {

constexpr std::size_t kMostNamed = 5;

// Deliveries of older versions of Trunkline put no hash into the description.
bool IsDelivered(std::string_view description, const std::string& hash) {
  return description == kOwnBotVersion || description == BotVersionDescription(hash);
}

net::aw<Result<std::string>> DriftOfVersion(Session& session, std::string bot_id,
                                            std::string version, std::string hash) {
  json::Object input{{"botId", bot_id}, {"botVersion", version}};
  const Result<json::Object> described =
      co_await session.Call("lexv2-models", "DescribeBotVersion", std::move(input));
  if (!described && described.error().kind() != ErrorKind::kNotFound) co_return described.error();
  if (described && IsDelivered(described->GetString("description"), hash)) co_return std::string();
  co_return fmt::format("its alias '{}' leads to version {}, which is not the delivered one",
                        session.target.environment.name.value, version);
}

// "its DRAFT was changed: locale 'en_US': intent 'Sales'".
net::aw<Result<std::string>> DriftOfDraft(Session& session, std::string bot_id) {
  TL_CO_TRY(const std::string newest, co_await NewestBotVersion(session, bot_id));
  if (newest.empty()) co_return std::string();
  TL_CO_TRY(const std::vector<center::BotLocale> wanted,
            co_await ReadBotContent(session, bot_id, newest));
  TL_CO_TRY(const std::vector<center::BotLocale> is,
            co_await ReadBotContent(session, bot_id, "DRAFT"));
  std::vector<std::string> differences = BotDifferences(is, wanted);
  if (differences.empty()) co_return std::string();
  const std::size_t count = differences.size();
  if (count > kMostNamed) {
    differences.resize(kMostNamed);
    differences.push_back(fmt::format("{} more", count - kMostNamed));
  }
  co_return fmt::format("its DRAFT was changed, which callers do not hear yet: {}",
                        Join(differences, "; "));
}

std::string DriftOfSettings(const Session& session, const json::Object& alias,
                            const WantedAlias& wanted) {
  const bool same = alias.GetObject("botAliasLocaleSettings") == wanted.locales;
  if (same || !wanted.is_delivered) return "";
  return fmt::format("the locales or code hooks of its alias '{}' were changed",
                     session.target.environment.name.value);
}

}  // namespace

net::aw<Result<void>> DriftOfBot(Session& session, WantedAlias wanted,
                                 std::vector<Drifted>& drifted) {
  const LiveResource* found = session.live.Find("bot", wanted.name);
  if (found == nullptr) co_return Result<void>();
  const LiveResource there = *found;
  const auto add = [&](std::string what) {
    if (!what.empty())
      drifted.push_back({.kind = "bot", .name = wanted.name, .what = std::move(what)});
  };
  if (there.arn.empty()) {
    if (!there.Tag(BotHashTag(session.target)).empty() && !there.OwnedByStack())
      add(fmt::format("its alias '{}' is gone", session.target.environment.name.value));
    co_return Result<void>();
  }
  const std::string hash = RecordedHash(there);
  if (hash.empty()) co_return Result<void>();
  json::Object input{{"botId", there.id}, {"botAliasId", there.body.GetString("alias")}};
  TL_CO_TRY(const json::Object alias,
            co_await session.Call("lexv2-models", "DescribeBotAlias", std::move(input)));
  std::string version(alias.GetString("botVersion"));
  TL_CO_TRY(std::string other,
            co_await DriftOfVersion(session, there.id, std::move(version), hash));
  add(std::move(other));
  add(DriftOfSettings(session, alias, wanted));
  TL_CO_TRY(std::string draft, co_await DriftOfDraft(session, there.id));
  add(std::move(draft));
  co_return Result<void>();
}

}  // namespace trunkline::deploy
