// Letting the instance talk to a bot: the association, and a resource policy on the alias that
// flows use.
#include "deploy/list.h"
#include "deploy/permit.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadBotAssociation(Session& session) {
  if (session.target.center.bots.empty()) co_return Result<void>();
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"LexVersion", "V2"}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("connect", "ListBots", std::move(input)));
  for (const json::Value& item : listed.GetArray("LexBots")) {
    const std::string arn(item.AsObject().GetObject("LexV2Bot").GetString("AliasArn"));
    LiveResource association{.id = arn, .arn = arn, .tags = {}, .body = {}};
    session.live.Put("bot association", arn, std::move(association));
  }
  co_return Result<void>();
}

void PlanBotAssociation(const Target& target, const Live& live, Plan& plan) {
  for (const center::Bot& bot : target.center.bots) {
    const LiveResource* there = live.Find("bot", bot.name.value);
    if (there != nullptr && !there->arn.empty() &&
        live.Find("bot association", there->arn) != nullptr) {
      ++plan.unchanged;
      continue;
    }
    plan.changes.push_back({.kind = "bot association",
                            .name = bot.name.value,
                            .action = Action::kCreate,
                            .why = {},
                            .after = {"bot:" + bot.name.value}});
  }
}

net::aw<Result<void>> ApplyBotAssociation(Session& session, const Change& change) {
  const std::string arn = session.live.Find("bot", change.name)->arn;
  if (arn.empty()) {
    co_return Error(ErrorKind::kNotFound,
                    "bot '{}' belongs to a CloudFormation stack and has no alias '{}'; make one "
                    "there",
                    change.name, session.target.environment.name.value);
  }
  TL_CO_TRY(const std::string text, PolicyWith("", BotStatement(InstanceOf(session), arn)));
  json::Object policy{{"resourceArn", arn}, {"policy", text}};
  json::Object again = policy;
  Result<json::Object> allowed =
      co_await session.Call("lexv2-models", "CreateResourcePolicy", std::move(policy));
  if (!allowed && (allowed.error().kind() == ErrorKind::kConflict ||
                   allowed.error().code() == "PreconditionFailedException")) {
    allowed = co_await session.Call("lexv2-models", "UpdateResourcePolicy", std::move(again));
  }
  if (!allowed) co_return std::move(allowed).error();
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"LexV2Bot", json::Object{{"AliasArn", arn}}}};
  TL_CO_DO(co_await session.Call("connect", "AssociateBot", std::move(input)));
  co_return Result<void>();
}

}  // namespace

const ResourceKind kBotAssociationKind{.name = "bot association",
                                       .plural = "bot associations",
                                       .project = "supporting-infra",
                                       .read = ReadBotAssociation,
                                       .plan = PlanBotAssociation,
                                       .apply = ApplyBotAssociation};

}  // namespace trunkline::deploy
