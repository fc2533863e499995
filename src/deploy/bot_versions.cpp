#include "deploy/bot_versions.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

namespace trunkline::deploy {
namespace {

net::aw<Result<std::set<std::string>>> VersionsInUse(Session& session, std::string bot_id) {
  json::Object input{{"botId", bot_id}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("lexv2-models", "ListBotAliases", std::move(input)));
  std::set<std::string> used;
  for (const json::Value& alias : listed.GetArray("botAliasSummaries"))
    used.emplace(alias.AsObject().GetString("botVersion"));
  co_return used;
}

// The numbers of our own versions, the newest first. DRAFT is none.
std::vector<int> OwnVersions(const json::Array& versions) {
  std::vector<int> numbers;
  for (const json::Value& item : versions) {
    const std::string_view version = item.AsObject().GetString("botVersion");
    int number = 0;
    std::from_chars(version.data(), version.data() + version.size(), number);
    if (number > 0 && item.AsObject().GetString("description").starts_with(kOwnBotVersion))
      numbers.push_back(number);
  }
  std::sort(numbers.rbegin(), numbers.rend());
  return numbers;
}

net::aw<Result<std::vector<int>>> ListOwnVersions(Session& session, std::string bot_id) {
  json::Object input{{"botId", bot_id}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("lexv2-models", "ListBotVersions", std::move(input)));
  co_return OwnVersions(listed.GetArray("botVersionSummaries"));
}

}  // namespace

std::string BotVersionDescription(std::string_view hash) {
  return fmt::format("{} {}", kOwnBotVersion, hash.substr(0, 12));
}

net::aw<Result<std::string>> NewestBotVersion(Session& session, std::string bot_id) {
  TL_CO_TRY(const std::vector<int> own, co_await ListOwnVersions(session, std::move(bot_id)));
  co_return own.empty() ? std::string() : std::to_string(own.front());
}

net::aw<Result<void>> DeleteOldBotVersions(Session& session, std::string bot_id) {
  TL_CO_TRY(const std::vector<int> own, co_await ListOwnVersions(session, bot_id));
  if (own.size() <= kKeptBotVersions) co_return Result<void>();
  TL_CO_TRY(const std::set<std::string> used, co_await VersionsInUse(session, bot_id));
  for (std::size_t at = kKeptBotVersions; at < own.size(); ++at) {
    std::string version = std::to_string(own[at]);
    if (used.count(version) > 0) continue;
    json::Object old{{"botId", bot_id}, {"botVersion", std::move(version)}};
    Result<json::Object> gone =
        co_await session.Call("lexv2-models", "DeleteBotVersion", std::move(old));
    if (!gone && gone.error().kind() != ErrorKind::kConflict &&
        gone.error().kind() != ErrorKind::kNotFound)
      co_return std::move(gone).error();
  }
  co_return Result<void>();
}

}  // namespace trunkline::deploy
