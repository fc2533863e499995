// The custom resource 'association': lets the instance use a function or a bot that a user's own
// template makes (docs/association.md).
#include "base/text.h"
#include "deploy/permit.h"
#include "functions/custom_resource.h"
#include "functions/list.h"

namespace trunkline::functions {
namespace {

using deploy::InstanceRef;

struct Wish {
  InstanceRef instance;
  std::string function;   // unqualified ARN; empty: it is a bot
  std::string qualifier;  // of the function
  std::string arn;  // what the instance is told: the function's, qualified, or the bot alias's

  std::string PhysicalId() const { return instance.id + "|" + arn; }
};

Error BadProperty(std::string_view name, std::string_view expected, std::string_view got) {
  return Error(ErrorKind::kInvalid, "expected property '{}' to be {} but got '{}'", name, expected,
               got);
}

// The stack's ARN says account and Region; the instance is in both.
Result<InstanceRef> InstanceOf(const CustomRequest& request) {
  const std::string text(request.properties.GetString("InstanceId"));
  const std::vector<std::string_view> stack = Split(request.stack_id, ':');
  if (stack.size() < 6 || text.empty())
    return BadProperty("InstanceId", "an instance's id or ARN", text);
  const std::size_t slash = text.rfind('/');
  InstanceRef instance{.id = slash == std::string::npos ? text : text.substr(slash + 1),
                       .arn = {},
                       .account = std::string(stack[4])};
  instance.arn =
      fmt::format("arn:{}:connect:{}:{}:instance/{}", stack[1], stack[3], stack[4], instance.id);
  if (text == instance.id || text == instance.arn) return instance;
  return BadProperty("InstanceId", "an instance of this stack's account and Region", text);
}

Result<Wish> ReadWish(const CustomRequest& request) {
  Wish wish;
  TL_TRY(wish.instance, InstanceOf(request));
  const std::string function(request.properties.GetString("FunctionArn"));
  const std::string alias(request.properties.GetString("BotAliasArn"));
  if (function.empty() == alias.empty())
    return Error(ErrorKind::kInvalid,
                 "expected one of the properties 'FunctionArn' and 'BotAliasArn' but got {}",
                 alias.empty() ? "neither" : "both");
  wish.arn = function.empty() ? alias : function;
  const std::vector<std::string_view> parts = Split(wish.arn, ':');
  if (function.empty()) {
    const bool good = parts.size() == 6 && parts[2] == "lex" && parts[5].starts_with("bot-alias/");
    if (!good) return BadProperty("BotAliasArn", "the ARN of a Lex V2 bot's alias", alias);
    return wish;
  }
  const bool good = (parts.size() == 7 || parts.size() == 8) && parts[2] == "lambda";
  if (!good) return BadProperty("FunctionArn", "a function's ARN", function);
  wish.function = function;
  if (parts.size() == 8) {
    wish.qualifier = parts[7];
    wish.function.resize(function.rfind(':'));
  }
  return wish;
}

// A replaced resource is deleted by its old name: that, not the properties, says what goes. Nothing
// when the name is none of ours: what could not be made has nothing to take away.
Result<Wish> ReadGone(CustomRequest request) {
  const std::size_t bar = request.physical_id.find('|');
  if (bar == std::string::npos)
    return Error(ErrorKind::kNotFound, "'{}' was never made", request.physical_id);
  const std::string arn = request.physical_id.substr(bar + 1);
  const bool bot = arn.find(":lex:") != std::string::npos;
  request.properties = {{"InstanceId", request.physical_id.substr(0, bar)},
                        {bot ? "BotAliasArn" : "FunctionArn", arn}};
  return ReadWish(request);
}

// Permission first: an associated function that may not be called is one that flows fail at.
net::aw<Result<void>> Associate(const FunctionWorld& world, Wish wish) {
  json::Object input{{"InstanceId", wish.instance.id}};
  std::string operation = "AssociateLambdaFunction";
  if (wish.function.empty()) {
    TL_CO_DO(co_await deploy::PermitBot(world.client, wish.instance, wish.arn));
    operation = "AssociateBot";
    input.Set("LexV2Bot", json::Object{{"AliasArn", wish.arn}});
  } else {
    TL_CO_DO(co_await deploy::PermitFunction(world.client, wish.instance, wish.function,
                                             wish.qualifier));
    input.Set("FunctionArn", wish.arn);
  }
  Result<json::Object> associated =
      co_await world.client.Call("connect", std::move(operation), std::move(input));
  if (!associated && associated.error().kind() != ErrorKind::kConflict)
    co_return std::move(associated).error();
  co_return Result<void>();
}

// What is gone already, the instance, function or bot with it, needs no taking away.
Result<void> Forgiven(Result<json::Object> done) {
  if (done || done.error().kind() == ErrorKind::kNotFound) return {};
  return std::move(done).error();
}

net::aw<Result<void>> Dissociate(const FunctionWorld& world, Wish wish) {
  json::Object input{{"InstanceId", wish.instance.id}};
  std::string operation = "DisassociateLambdaFunction";
  if (wish.function.empty()) {
    operation = "DisassociateBot";
    input.Set("LexV2Bot", json::Object{{"AliasArn", wish.arn}});
  } else {
    input.Set("FunctionArn", wish.arn);
  }
  Result<json::Object> done =
      co_await world.client.Call("connect", std::move(operation), std::move(input));
  TL_CO_DO(Forgiven(std::move(done)));
  if (wish.function.empty())
    co_return co_await deploy::ForbidBot(world.client, wish.instance, wish.arn);
  co_return co_await deploy::ForbidFunction(world.client, wish.instance, wish.function,
                                            wish.qualifier);
}

net::aw<CustomAnswer> AnswerTo(const FunctionWorld& world, const CustomRequest& request) {
  CustomAnswer answer;
  // A Create that failed is followed by a Delete of what it was called.
  answer.physical_id = request.physical_id.empty() ? request.logical_id : request.physical_id;
  const bool is_delete = request.type == "Delete";
  Result<Wish> wish = is_delete ? ReadGone(request) : ReadWish(request);
  // A rollback must not stick here.
  if (!wish && is_delete) co_return answer;
  if (!wish) {
    answer.failure = wish.error().message();
    co_return answer;
  }
  if (!is_delete) answer.physical_id = wish->PhysicalId();
  Result<void> done;
  if (is_delete) {
    done = co_await Dissociate(world, *wish);
  } else {
    done = co_await Associate(world, *wish);
  }
  if (!done) answer.failure = done.error().ToText();
  answer.data.Set("InstanceArn", wish->instance.arn);
  co_return answer;
}

net::aw<Result<json::Value>> Answer(const FunctionWorld& world, json::Value event) {
  TL_CO_TRY(const CustomRequest request, ReadCustomRequest(event));
  CustomAnswer answer = co_await AnswerTo(world, request);
  world.log.Info("{} of {}: {}", request.type, request.logical_id,
                 answer.failure.empty() ? "done" : answer.failure);
  json::Object told{{"status", answer.failure.empty() ? "SUCCESS" : "FAILED"}};
  told.SetIfNotEmpty("reason", answer.failure);
  TL_CO_DO(co_await SendAnswer(world, request, std::move(answer)));
  co_return json::Value(std::move(told));
}

}  // namespace

const Function kAssociationFunction{
    .name = "association",
    .summary = "lets the instance use a function or bot of a user's own template",
    .answer = Answer};

}  // namespace trunkline::functions
