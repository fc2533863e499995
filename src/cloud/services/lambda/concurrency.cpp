// Reserved concurrency: how many invocations of one function may be under way.
#include <fmt/format.h>

#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

// An account's concurrency, and what must stay for functions without a share of their own.
constexpr std::int64_t kAccount = 1000;
constexpr std::int64_t kLeastUnreserved = 100;

Answer<void> CheckUnreserved(Context& context, std::string_view function, std::int64_t wanted) {
  std::int64_t reserved = wanted;
  for (const Record* other : context.store.List(context.RegionScope(), kFunction))
    if (other->id != function) reserved += other->body.GetInt("Reserved");
  if (kAccount - reserved >= kLeastUnreserved) return {};
  return ServiceError("InvalidParameterValueException",
                      fmt::format("Specified ReservedConcurrentExecutions for function decreases "
                                  "account's UnreservedConcurrentExecution below its minimum value "
                                  "of [{}].",
                                  kLeastUnreserved));
}

Answer<> PutFunctionConcurrency(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  if (!name.qualifier.empty()) {
    return ServiceError(
        "InvalidParameterValueException",
        "This operation is permitted on Lambda functions only. Aliases and versions do not support "
        "this operation. Please specify either a function name or an unqualified function ARN.");
  }
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name.function);
  if (!function) {
    // Seen: of this operation alone the message names $LATEST.
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("Function not found: {}", FunctionArn(context, name.function, kLatest)));
  }
  TL_DO(CheckUnreserved(context, name.function, input.GetInt("ReservedConcurrentExecutions")));
  Record record = *function;
  record.body.Set("Reserved", input.At("ReservedConcurrentExecutions"));
  context.store.Put(context.RegionScope(), kFunction, std::move(record));
  return json::Object{{"ReservedConcurrentExecutions", input.At("ReservedConcurrentExecutions")}};
}

Answer<> GetFunctionConcurrency(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  const json::Value* reserved = function->body.Find("Reserved");
  if (reserved == nullptr) return json::Object();
  return json::Object{{"ReservedConcurrentExecutions", *reserved}};
}

Answer<> DeleteFunctionConcurrency(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  Record record = *function;
  record.body.Remove("Reserved");
  context.store.Put(context.RegionScope(), kFunction, std::move(record));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DeleteFunctionConcurrency", .handle = DeleteFunctionConcurrency},
    {.name = "GetFunctionConcurrency", .handle = GetFunctionConcurrency},
    {.name = "PutFunctionConcurrency", .handle = PutFunctionConcurrency},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kConcurrencyOperations = kOperations;

}  // namespace trunkline::cloud::lambda
