#include "cloud/services/cloudformation/stacks/macros.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/random.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Kind kMacroAnswer{"cloudformation", "macro-answer"};
constexpr std::string_view kNeeded = "MacroNeeded";  // to the coroutine below
constexpr int kMaxMacros = 50;                       // in one operation: a macro may make macros

std::string KeyOf(const MacroCall& call) {
  const json::Object all{
      {"Name", call.name}, {"Parameters", call.parameters}, {"Fragment", call.fragment}};
  return ToHex(Sha256(json::WriteSorted(json::Value(all))));
}

std::string TransformId(std::string_view account, std::string_view name) {
  return fmt::format("{}::{}", account, name);
}

// What a macro did wrong is told by the stack or the change set that it was run for.
ServiceError Failed(const std::string& message) {
  return ServiceError("ValidationError", message,
                      json::Object{{std::string(kTransformFailed), true}});
}

ServiceError FailedWith(std::string_view id, std::string_view why) {
  return Failed(fmt::format("Transform {} failed with: {}", id, why));
}

json::Object EventOf(const WaitContext& context, const json::Object& call,
                     const json::Object& input) {
  json::Object values;
  for (const json::Value& parameter : input.GetArray("Parameters")) {
    values.Set(parameter.AsObject().GetString("ParameterKey"),
               parameter.AsObject().GetString("ParameterValue"));
  }
  return {{"region", context.region()},
          {"accountId", context.caller().account},
          {"fragment", call.At("Fragment")},
          {"transformId", TransformId(context.caller().account, call.GetString("Name"))},
          {"params", call.At("Parameters")},
          {"requestId", NewUuid(context.random())},
          {"templateParameterValues", std::move(values)}};
}

Answer<json::Value> ReadAnswer(std::string_view id, const json::Object& invoked) {
  const auto parsed = json::Parse(invoked.GetString("Payload"));
  const json::Object nothing;
  const json::Object& body = parsed && parsed->IsObject() ? parsed->AsObject() : nothing;
  const bool success = body.GetString("status") == "success";
  if (invoked.Has("FunctionError") || (success && !body.Has("fragment")) || !body.Has("status"))
    return Failed(fmt::format("Received malformed response from transform {}", id));
  if (success) return body.At("fragment");
  if (body.Has("errorMessage")) return FailedWith(id, body.GetString("errorMessage"));
  return Failed(fmt::format("Transform {} failed without an error message.", id));
}

net::aw<Answer<>> Invoke(WaitContext context, json::Object call, json::Object input) {
  const std::string id = TransformId(context.caller().account, call.GetString("Name"));
  json::Object invoke{{"FunctionName", call.GetString("Function")},
                      {"Payload", json::Write(json::Value(EventOf(context, call, input)))}};
  const auto invoked = co_await context.Call("lambda", "Invoke", std::move(invoke));
  if (!invoked) co_return FailedWith(id, invoked.error().message);
  TL_CO_TRY(json::Value fragment, ReadAnswer(id, *invoked));
  co_return context.State([&](Context& state) -> Answer<> {
    const std::string key(call.GetString("Key"));
    state.store.Put(
        state.RegionScope(), kMacroAnswer,
        {.id = key, .parent = {}, .name = key, .body = {{"Fragment", std::move(fragment)}}});
    return json::Object();
  });
}

void Forget(const WaitContext& context, const std::vector<std::string>& keys) {
  if (keys.empty()) return;
  const auto forgotten = context.State([&](Context& state) -> Answer<> {
    for (const std::string& key : keys) state.store.Delete(state.RegionScope(), kMacroAnswer, key);
    return json::Object();
  });
  if (!forgotten) context.log().Warn("a macro's answer stays: {}", forgotten.error().message);
}

}  // namespace

Answer<json::Value> CallMacro(Context& context, const MacroCall& call) {
  const std::string key = KeyOf(call);
  if (const Record* known = context.store.Find(context.RegionScope(), kMacroAnswer, key))
    return known->body.At("Fragment");
  const Record* macro = context.store.Find(context.RegionScope(), kMacro, call.name);
  if (!macro) {
    return ValidationError(fmt::format("No transform named {} found.",
                                       TransformId(context.caller.account, call.name)));
  }
  json::Object members{{"Name", call.name},
                       {"Parameters", call.parameters},
                       {"Fragment", call.fragment},
                       {"Function", macro->body.At("FunctionName")},
                       {"Key", key}};
  // Read where nobody runs macros: nested stacks, stack sets.
  return ServiceError(kNeeded,
                      fmt::format("The macro {} is not run: macros in nested stacks and stack sets "
                                  "are not implemented by the embedded cloud",
                                  call.name),
                      std::move(members));
}

bool IsTransformFailure(const ServiceError& error) {
  return error.members.Has(kTransformFailed);
}

net::aw<Answer<>> WithMacros(WaitContext context, json::Object input,
                             Answer<> (*operation)(Context&, const json::Object&)) {
  std::vector<std::string> keys;
  for (;;) {
    Answer<> answer = context.State([&](Context& state) { return operation(state, input); });
    const bool needed = !answer && answer.error().code == kNeeded;
    if (!needed) {
      Forget(context, keys);
      co_return answer;
    }
    json::Object call = answer.error().members;
    keys.emplace_back(call.GetString("Key"));
    Answer<> invoked = FailedWith(call.GetString("Name"), "an operation runs 50 macros at most");
    if (keys.size() <= kMaxMacros) invoked = co_await Invoke(context, std::move(call), input);
    if (!invoked) {
      Forget(context, keys);
      co_return invoked;
    }
  }
}

}  // namespace trunkline::cloud::cloudformation
