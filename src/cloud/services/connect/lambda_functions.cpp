#include <fmt/format.h>

#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/foreign_arns.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kFunctionsPerInstance = 50;  // AWS admin guide, 2026

json::Object FunctionInput(const FunctionArn& arn) {
  json::Object input;
  input.Set("FunctionName", arn.name);
  input.SetIfNotEmpty("Qualifier", arn.qualifier);
  return input;
}

std::string StatementId(const Record& instance) {
  return "connect-" + instance.id;
}

Answer<FunctionArn> CheckFunction(Context& context, std::string_view text) {
  const auto arn = ParseFunctionArn(text);
  if (!arn) {
    return InvalidParameter(
        fmt::format("expected the ARN of a function, such as 'arn:aws:lambda:{}:{}:function:name', "
                    "but got '{}'",
                    context.region, context.caller.account, text));
  }
  // What lies in another account or Region cannot be looked up: its owner grants the permission.
  if (IsHere(context, *arn) && !context.Call("lambda", "GetFunction", FunctionInput(*arn))) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("function '{}' does not exist", text));
  }
  return *arn;
}

// The service lets itself in: a statement of the function's resource policy for this instance.
Answer<void> AllowInvoke(Context& context, const Record& instance, const FunctionArn& arn) {
  if (!IsHere(context, arn)) return {};
  json::Object permission = FunctionInput(arn);
  permission.Set("StatementId", StatementId(instance));
  permission.Set("Action", "lambda:InvokeFunction");
  permission.Set("Principal", "connect.amazonaws.com");
  permission.Set("SourceAccount", context.caller.account);
  permission.Set("SourceArn", instance.body.GetString("Arn"));
  const Answer<> added = context.Call("lambda", "AddPermission", permission);
  if (!added && added.error().code != "ResourceConflictException") {
    return InvalidRequest(fmt::format("function '{}' could not be opened to the instance: {}",
                                      arn.name, added.error().message));
  }
  return {};
}

void RevokeInvoke(Context& context, const Record& instance, std::string_view text) {
  const auto arn = ParseFunctionArn(text);
  if (!arn || !IsHere(context, *arn)) return;
  json::Object permission = FunctionInput(*arn);
  permission.Set("StatementId", StatementId(instance));
  // The function or the statement may be gone already: nothing is left to revoke then.
  static_cast<void>(context.Call("lambda", "RemovePermission", permission));
}

Answer<> AssociateLambdaFunction(Context& context, const json::Object& input) {
  constexpr std::string_view kName = "AssociateLambdaFunction";
  TL_TRY(const auto before, AnsweredBefore(context, kName, input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view text = input.GetString("FunctionArn");
  TL_TRY(const FunctionArn arn, CheckFunction(context, text));
  const auto associated = context.store.List(context.RegionScope(), kLambdaFunction, instance->id);
  if (context.store.FindByName(context.RegionScope(), kLambdaFunction, instance->id, text) !=
      nullptr) {
    return ServiceError("ResourceConflictException",
                        fmt::format("function '{}' is associated with instance '{}' already", text,
                                    NameOf(*instance)));
  }
  if (associated.size() >= kFunctionsPerInstance) {
    return ServiceError("ServiceQuotaExceededException",
                        fmt::format("instance '{}' already has {} functions: the quota",
                                    NameOf(*instance), kFunctionsPerInstance));
  }
  TL_DO(AllowInvoke(context, *instance, arn));
  Record record{.id = fmt::format("{}/{}", instance->id, text),
                .parent = instance->id,
                .name = std::string(text)};
  context.store.Put(context.RegionScope(), kLambdaFunction, std::move(record));
  RememberAnswer(context, kName, input, {});
  return json::Object();
}

Answer<> DisassociateLambdaFunction(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view text = input.GetString("FunctionArn");
  const Record* found =
      context.store.FindByName(context.RegionScope(), kLambdaFunction, instance->id, text);
  if (found == nullptr) return NotFound("function", text, *instance);
  RevokeInvoke(context, *instance, text);
  context.store.Delete(context.RegionScope(), kLambdaFunction, std::string(found->id));
  return json::Object();
}

json::Value Arn(Context&, const Record& function) {
  return function.name;
}

Answer<> ListLambdaFunctions(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "LambdaFunctions",
                context.store.List(context.RegionScope(), kLambdaFunction, instance->id), Arn,
                {.listing = "ListLambdaFunctions " + instance->id, .default_limit = 25});
}

constexpr Operation kOperations[] = {
    {.name = "AssociateLambdaFunction", .handle = AssociateLambdaFunction},
    {.name = "DisassociateLambdaFunction", .handle = DisassociateLambdaFunction},
    {.name = "ListLambdaFunctions", .handle = ListLambdaFunctions},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kLambdaOperations = kOperations;

}  // namespace trunkline::cloud::connect
