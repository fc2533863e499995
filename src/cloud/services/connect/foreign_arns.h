// ARNs of other services that an instance is given: functions and bot aliases.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connect {

// arn:aws:lambda:R:A:function:name[:qualifier]
struct FunctionArn {
  std::string region;
  std::string account;
  std::string name;
  std::string qualifier;  // version or alias; may be empty
};
std::optional<FunctionArn> ParseFunctionArn(std::string_view arn);

// arn:aws:lex:R:A:bot-alias/BOTID/ALIASID
struct BotAliasArn {
  std::string region;
  std::string account;
  std::string bot;
  std::string alias;
};
std::optional<BotAliasArn> ParseBotAliasArn(std::string_view arn);

// Whether the named thing is in the caller's account and Region, where this cloud can look it up.
template <class Arn>
bool IsHere(const Context& context, const Arn& arn) {
  return arn.region == context.region && arn.account == context.caller.account;
}

}  // namespace trunkline::cloud::connect
