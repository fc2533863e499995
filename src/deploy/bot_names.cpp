#include "deploy/bot_names.h"

#include "deploy/role.h"

namespace trunkline::deploy {

std::string BotArn(const Target& target, std::string_view bot_id) {
  return fmt::format("arn:{}:lex:{}:{}:bot/{}", Partition(target.region), target.region,
                     target.account, bot_id);
}

std::string BotAliasArn(const Target& target, std::string_view bot_id, std::string_view alias_id) {
  return fmt::format("arn:{}:lex:{}:{}:bot-alias/{}/{}", Partition(target.region), target.region,
                     target.account, bot_id, alias_id);
}

std::string BotHashTag(const Target& target) {
  return fmt::format("{}:{}", kHashTag, target.environment.name.value);
}

net::aw<Result<std::string>> FindBotAlias(Session& session, std::string bot_id) {
  json::Object input{{"botId", bot_id}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("lexv2-models", "ListBotAliases", std::move(input)));
  for (const json::Value& item : listed.GetArray("botAliasSummaries")) {
    if (item.AsObject().GetString("botAliasName") == session.target.environment.name.value)
      co_return std::string(item.AsObject().GetString("botAliasId"));
  }
  co_return std::string();
}

}  // namespace trunkline::deploy
