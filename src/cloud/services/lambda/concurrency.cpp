// Reserved concurrency: how many invocations of one function may be under way.
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

Answer<> PutFunctionConcurrency(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
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
