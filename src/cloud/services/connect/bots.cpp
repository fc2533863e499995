#include <fmt/format.h>

#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/foreign_arns.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kBotsPerInstance = 100;  // Lex V2 aliases; AWS admin guide, 2026

std::string StatementId(const Record& instance) {
  return "connect-" + instance.id;
}

// The alias the input names. Neither operation's row has an InvalidParameterException.
Answer<BotAliasArn> ReadAlias(const json::Object& input) {
  if (input.Has("LexBot")) {
    return InvalidRequest("Amazon Lex V1 has ended: give the alias of a Lex V2 bot in LexV2Bot");
  }
  const std::string_view text = input.GetObject("LexV2Bot").GetString("AliasArn");
  const auto arn = ParseBotAliasArn(text);
  if (!arn) {
    return InvalidRequest(
        fmt::format("expected the ARN of a bot alias in LexV2Bot.AliasArn, such as "
                    "'arn:aws:lex:us-east-1:123456789012:bot-alias/BOT/ALIAS', but got '{}'",
                    text));
  }
  return *arn;
}

Answer<void> CheckAliasExists(Context& context, const BotAliasArn& arn, std::string_view text) {
  if (!IsHere(context, arn)) return {};
  json::Object describe;
  describe.Set("botId", arn.bot);
  describe.Set("botAliasId", arn.alias);
  if (context.Call("lexv2-models", "DescribeBotAlias", describe)) return {};
  return ServiceError("ResourceNotFoundException",
                      fmt::format("bot alias '{}' does not exist", text));
}

json::Object Statement(const Context& context, const Record& instance, std::string_view alias_arn) {
  json::Object principal;
  principal.Set("service", "connect.amazonaws.com");
  json::Object account;
  account.Set("aws:SourceAccount", context.caller.account);
  json::Object source;
  source.Set("aws:SourceArn", instance.body.GetString("Arn"));
  json::Object condition;
  condition.Set("StringEquals", std::move(account));
  condition.Set("ArnEquals", std::move(source));

  json::Object statement;
  statement.Set("resourceArn", alias_arn);
  statement.Set("statementId", StatementId(instance));
  statement.Set("effect", "Allow");
  statement.Set("principal", json::Array{std::move(principal)});
  statement.Set("action", json::Array{"lex:RecognizeText", "lex:StartConversation"});
  statement.Set("condition", std::move(condition));
  return statement;
}

// The service lets itself in: a statement of the alias's resource policy for this instance.
Answer<void> AllowUse(Context& context, const Record& instance, const BotAliasArn& arn,
                      std::string_view text) {
  if (!IsHere(context, arn)) return {};
  const Answer<> added = context.Call("lexv2-models", "CreateResourcePolicyStatement",
                                      Statement(context, instance, text));
  if (added || added.error().code == "ConflictException") return {};
  return InvalidRequest(fmt::format("bot alias '{}' could not be opened to the instance: {}", text,
                                    added.error().message));
}

Answer<> AssociateBot(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "AssociateBot", input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const BotAliasArn arn, ReadAlias(input));
  const std::string_view text = input.GetObject("LexV2Bot").GetString("AliasArn");
  TL_DO(CheckAliasExists(context, arn, text));
  const Scope scope = context.RegionScope();
  if (context.store.FindByName(scope, kBot, instance->id, text) != nullptr) {
    return ServiceError("ResourceConflictException",
                        fmt::format("bot alias '{}' is associated with instance '{}' already", text,
                                    NameOf(*instance)));
  }
  if (context.store.List(scope, kBot, instance->id).size() >= kBotsPerInstance) {
    return ServiceError("ServiceQuotaExceededException",
                        fmt::format("instance '{}' already has {} bot aliases: the quota",
                                    NameOf(*instance), kBotsPerInstance));
  }
  TL_DO(AllowUse(context, *instance, arn, text));
  Record record{.id = fmt::format("{}/{}", instance->id, text),
                .parent = instance->id,
                .name = std::string(text)};
  context.store.Put(scope, kBot, std::move(record));
  RememberAnswer(context, "AssociateBot", input, {});
  return json::Object();
}

Answer<> DisassociateBot(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const BotAliasArn arn, ReadAlias(input));
  const std::string_view text = input.GetObject("LexV2Bot").GetString("AliasArn");
  const Record* found = context.store.FindByName(context.RegionScope(), kBot, instance->id, text);
  if (found == nullptr) return NotFound("bot alias", text, *instance);
  if (IsHere(context, arn)) {
    json::Object statement;
    statement.Set("resourceArn", text);
    statement.Set("statementId", StatementId(*instance));
    // The bot or the statement may be gone already: nothing is left to revoke then.
    static_cast<void>(context.Call("lexv2-models", "DeleteResourcePolicyStatement", statement));
  }
  context.store.Delete(context.RegionScope(), kBot, std::string(found->id));
  return json::Object();
}

json::Value BotConfig(Context&, const Record& bot) {
  json::Object v2;
  v2.Set("AliasArn", bot.name);
  json::Object config;
  config.Set("LexV2Bot", std::move(v2));
  return config;
}

Answer<> ListBots(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  std::vector<const Record*> bots;
  if (input.GetString("LexVersion") == "V2") {
    bots = context.store.List(context.RegionScope(), kBot, instance->id);
  }
  return PageOf(context, input, "LexBots", bots, BotConfig,
                {.listing = "ListBots " + instance->id, .default_limit = 25});
}

constexpr Operation kOperations[] = {
    {.name = "AssociateBot", .handle = AssociateBot},
    {.name = "DisassociateBot", .handle = DisassociateBot},
    {.name = "ListBots", .handle = ListBots},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kBotOperations = kOperations;

}  // namespace trunkline::cloud::connect
