#include "app/phone.h"

#include <optional>

#include <fmt/format.h>

namespace trunkline::app {
namespace {

// An environment's instance in one Region, which must be there.
struct Desk {
  std::unique_ptr<OpenedEnvironment> opened;
  std::optional<deploy::Target> target;
  deploy::Live live;

  deploy::Session Session() {
    return {
        .client = opened->client, .target = *target, .live = live, .world = opened->deploy_world};
  }
};

Result<std::unique_ptr<Desk>> OpenDesk(AppWorld& world, const EnvironmentArgs& args) {
  auto desk = std::make_unique<Desk>();
  TL_TRY(desk->opened, OpenEnvironment(world, args));
  OpenedEnvironment& opened = *desk->opened;
  desk->target.emplace(opened.TargetIn(opened.regions.front()));
  std::vector<std::string> kinds{"instance"};
  TL_TRY(desk->live, opened.connection.Run(deploy::ReadLive(
                         opened.client, *desk->target, opened.deploy_world, std::move(kinds))));
  if (desk->live.HasActiveInstance()) return desk;
  return Error(ErrorKind::kNotFound,
               "instance '{}' is not there yet; deliver it first (trunkline apply --env {})",
               desk->target->instance_name, args.environment);
}

net::aw<Result<std::string>> Choose(deploy::Session& session, NumberWish wish) {
  TL_CO_TRY(const std::vector<PhoneNumber> available, co_await SearchNumbers(session, wish));
  if (!available.empty()) co_return available.front().number;
  co_return Error(ErrorKind::kNotFound,
                  "no {} number of {} is available{}; try another --type, --country or --prefix",
                  wish.type, wish.country,
                  wish.prefix.empty() ? "" : " with prefix " + wish.prefix);
}

net::aw<Result<PhoneNumber>> Claim(deploy::Session session, ClaimArgs args) {
  if (args.number.empty()) {
    TL_CO_TRY(args.number, co_await Choose(session, args.wish));
  }
  TL_CO_TRY(PhoneNumber number, co_await ClaimNumber(session, args.number, args.description));
  if (args.flow.empty()) co_return number;
  co_return co_await AttachNumber(session, number.number, args.flow);
}

}  // namespace

Result<std::vector<PhoneNumber>> SearchNumbers(AppWorld& world, const EnvironmentArgs& args,
                                               const NumberWish& wish) {
  TL_TRY(const auto desk, OpenDesk(world, args));
  deploy::Session session = desk->Session();
  return desk->opened->connection.Run(deploy::SearchNumbers(session, wish));
}

Result<std::vector<PhoneNumber>> ListNumbers(AppWorld& world, const EnvironmentArgs& args) {
  TL_TRY(const auto desk, OpenDesk(world, args));
  deploy::Session session = desk->Session();
  return desk->opened->connection.Run(deploy::ListNumbers(session));
}

Result<PhoneNumber> ClaimNumber(AppWorld& world, const EnvironmentArgs& args,
                                const ClaimArgs& claim) {
  TL_TRY(const auto desk, OpenDesk(world, args));
  return desk->opened->connection.Run(Claim(desk->Session(), claim));
}

Result<PhoneNumber> AttachNumber(AppWorld& world, const EnvironmentArgs& args,
                                 const std::string& number, const std::string& flow) {
  TL_TRY(const auto desk, OpenDesk(world, args));
  deploy::Session session = desk->Session();
  return desk->opened->connection.Run(deploy::AttachNumber(session, number, flow));
}

Result<PhoneNumber> ReleaseNumber(AppWorld& world, const EnvironmentArgs& args,
                                  const std::string& number) {
  TL_TRY(const auto desk, OpenDesk(world, args));
  deploy::Session session = desk->Session();
  return desk->opened->connection.Run(deploy::ReleaseNumber(session, number));
}

std::string ToText(const std::vector<PhoneNumber>& numbers) {
  std::string text;
  for (const PhoneNumber& number : numbers) {
    text += fmt::format("{:<17} {:<3} {:<10} {}", number.number, number.country, number.type,
                        number.flow);
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

json::Object ToJson(const PhoneNumber& number) {
  json::Object object{
      {"number", number.number}, {"country", number.country}, {"type", number.type}};
  object.SetIfNotEmpty("id", number.id);
  object.SetIfNotEmpty("arn", number.arn);
  object.SetIfNotEmpty("description", number.description);
  object.SetIfNotEmpty("flow", number.flow);
  return object;
}

json::Array ToJson(const std::vector<PhoneNumber>& numbers) {
  json::Array array;
  for (const PhoneNumber& number : numbers) array.emplace_back(ToJson(number));
  return array;
}

}  // namespace trunkline::app
