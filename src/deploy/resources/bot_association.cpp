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
  const InstanceRef instance = InstanceOf(session);
  if (session.journal != nullptr) {
    TL_CO_TRY(const bool permitted, co_await IsBotPermitted(session.client, instance, arn));
    session.Note("bot association", change.name, {{"arn", arn}, {"permitted", permitted}});
  }
  TL_CO_DO(co_await PermitBot(session.client, instance, arn));
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"LexV2Bot", json::Object{{"AliasArn", arn}}}};
  TL_CO_DO(co_await session.Call("connect", "AssociateBot", std::move(input)));
  co_return Result<void>();
}

// Planned only when the instance did not have it.
net::aw<Result<void>> RestoreBotAssociation(Session& session, const Undo& undo) {
  const std::string arn(undo.before.GetString("arn"));
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"LexV2Bot", json::Object{{"AliasArn", arn}}}};
  TL_CO_DO(co_await Delete(session, "connect", "DisassociateBot", std::move(input)));
  if (undo.before.GetBool("permitted")) co_return Result<void>();
  const InstanceRef instance = InstanceOf(session);
  co_return co_await ForbidBot(session.client, instance, arn);
}

}  // namespace

const ResourceKind kBotAssociationKind{.name = "bot association",
                                       .plural = "bot associations",
                                       .project = "supporting-infra",
                                       .read = ReadBotAssociation,
                                       .plan = PlanBotAssociation,
                                       .apply = ApplyBotAssociation,
                                       .restore = RestoreBotAssociation};

}  // namespace trunkline::deploy
