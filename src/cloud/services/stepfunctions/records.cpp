#include "cloud/services/stepfunctions/records.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::size_t kLongestName = 80;

// The version an alias's call goes to, by the weights.
std::string ChooseVersion(const Record& alias, Random& random) {
  const json::Array& routes = alias.body.GetArray("routingConfiguration");
  std::int64_t at = static_cast<std::int64_t>(UniformBelow(random, 100));
  for (const json::Value& route : routes) {
    at -= route.AsObject().GetInt("weight");
    if (at < 0) return std::string(route.AsObject().GetString("stateMachineVersionArn"));
  }
  return routes.empty()
             ? std::string()
             : std::string(routes.front().AsObject().GetString("stateMachineVersionArn"));
}

}  // namespace

std::string MakeArn(const Context& context, std::string_view end) {
  return fmt::format("arn:aws:states:{}:{}:{}", context.region, context.caller.account, end);
}

ServiceError InvalidArn(std::string_view arn) {
  return {"InvalidArn",
          fmt::format("Invalid Arn: 'Resource type not valid in this context: {}'", arn)};
}

ServiceError NoSuchMachine(std::string_view arn) {
  return {"StateMachineDoesNotExist", fmt::format("State Machine Does Not Exist: '{}'", arn)};
}

Answer<std::string> ArnEnd(const Context& context, std::string_view arn,
                           std::string_view resource_type) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < 7 || parts[0] != "arn" || parts[2] != "states") {
    return ServiceError("InvalidArn", fmt::format("Invalid Arn: 'Invalid ARN prefix: {}'", arn));
  }
  if (parts[5] != resource_type) {
    return ServiceError(
        "InvalidArn",
        fmt::format("Invalid Arn: 'Resource type not valid in this context: {}'", parts[5]));
  }
  if (parts[3] != context.region || parts[4] != context.caller.account) return InvalidArn(arn);
  return std::string(arn.substr(static_cast<std::size_t>(parts[5].data() - arn.data())));
}

std::string NewestFirst(TimePoint time) {
  constexpr std::int64_t kFarFuture = 9'999'999'999'999;
  return fmt::format("{:013}", kFarFuture - time.time_since_epoch().count());
}

Answer<void> CheckName(std::string_view name) {
  constexpr std::string_view kRefused = " \t\r\n<>{}[]?*\"#%\\^|~`$&,;:/";
  const bool refused = name.empty() || name.size() > kLongestName ||
                       name.find_first_of(kRefused) != std::string_view::npos ||
                       std::ranges::any_of(name, [](char c) {
                         return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
                       });
  if (refused) return ServiceError("InvalidName", fmt::format("Invalid Name: '{}'", name));
  return {};
}

Answer<MachineRef> FindMachine(Context& context, std::string_view arn) {
  TL_TRY(const std::string end, ArnEnd(context, arn, "stateMachine"));
  const std::vector<std::string_view> parts = Split(end, ':');
  const Scope scope = context.RegionScope();
  const Record* machine =
      parts.size() > 3 ? nullptr : context.store.Find(scope, kMachine, parts[1]);
  if (!machine) return NoSuchMachine(arn);
  MachineRef found{.machine = *machine,
                   .revision = std::string(machine->body.GetString("revision")),
                   .version_arn = {},
                   .alias_arn = {}};
  if (parts.size() == 2) return found;
  std::string version_id = fmt::format("{}:{}", parts[1], parts[2]);
  if (const Record* alias = context.store.Find(scope, kAlias, version_id)) {
    found.alias_arn = arn;
    const std::string version_arn = ChooseVersion(*alias, context.random);
    version_id = fmt::format("{}:{}", parts[1], version_arn.substr(version_arn.rfind(':') + 1));
  }
  const Record* version = context.store.Find(scope, kVersion, version_id);
  if (!version) return NoSuchMachine(arn);
  found.revision = version->body.GetString("revision");
  found.version_arn = version->body.GetString("stateMachineVersionArn");
  return found;
}

Answer<Record> FindActivity(Context& context, std::string_view arn) {
  TL_TRY(const std::string end, ArnEnd(context, arn, "activity"));
  const Record* activity =
      context.store.Find(context.RegionScope(), kActivity, end.substr(end.find(':') + 1));
  if (activity) return *activity;
  return ServiceError("ActivityDoesNotExist", fmt::format("Activity Does Not Exist: '{}'", arn));
}

}  // namespace trunkline::cloud::stepfunctions
