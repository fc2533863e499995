// Looking, removing and tagging by a table.
#include <algorithm>

#include "aws/model.h"
#include "base/text.h"
#include "cloud/dispatch.h"
#include "cloud/engine.h"
#include "cloud/services/cloudformation/mapping/mapped.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool IsOneOf(std::string_view words, std::string_view word) {
  const auto all = WordsOf(words);
  return std::find(all.begin(), all.end(), word) != all.end();
}

enum class Phase { kReady, kPending, kFailed };

std::string_view TextAt(const json::Object& known, std::string_view path) {
  const json::Value* value = path.empty() ? nullptr : FindPath(known, path);
  return value && value->IsString() ? std::string_view(value->AsString()) : std::string_view();
}

Phase PhaseOf(const Readiness& rule, const json::Object& described) {
  if (rule.member.empty()) return Phase::kReady;
  bool failed = false;
  for (const std::string_view member : WordsOf(rule.member)) {
    const std::string_view status = TextAt(described, member);
    if (IsOneOf(rule.pending, status)) return Phase::kPending;
    failed = failed || IsOneOf(rule.failed, status);
  }
  return failed ? Phase::kFailed : Phase::kReady;
}

ServiceError NotStabilized(const Mapping& mapping, const json::Object& described) {
  std::string_view why;
  for (const std::string_view member : WordsOf(mapping.ready.reason)) {
    if (why.empty()) why = TextAt(described, member);
  }
  return {"NotStabilized", fmt::format("Resource of type '{}' did not stabilize{}{}", mapping.type,
                                       why.empty() ? "." : ": ", why)};
}

}  // namespace

net::aw<bool> Patience::Next(WaitContext context) {
  if (waited_ > std::chrono::hours(1)) co_return false;
  co_await context.Sleep(delay_);
  waited_ += delay_;
  delay_ = std::min(delay_ * 2, Milliseconds(5000));
  co_return true;
}

net::aw<Answer<json::Object>> DescribeOnce(const Mapping& mapping, WaitContext context,
                                           ResourceOrder order) {
  const json::Object keys = KeysOf(mapping, order);
  const InputParts parts{.keys = &keys};
  TL_CO_TRY(json::Object input, MakeInput(context, mapping, order, mapping.describe, parts));
  Answer<> answer = co_await context.Call(std::string(mapping.service),
                                          std::string(mapping.describe), std::move(input));
  if (!answer) co_return std::move(answer).error();
  auto described = PickDescribed(mapping, *answer, keys);
  if (described) co_return std::move(*described);
  co_return ServiceError("NotFound", fmt::format("Resource of type '{}' with identifier '{}' was "
                                                 "not found.",
                                                 mapping.type, order.physical_id));
}

net::aw<Answer<json::Object>> DescribeReady(const Mapping& mapping, WaitContext context,
                                            ResourceOrder order, json::Object known) {
  Patience patience;
  json::Object described;
  while (!mapping.describe.empty()) {
    Answer<json::Object> answer = co_await DescribeOnce(mapping, context, order);
    if (!answer) co_return std::move(answer).error();
    described = std::move(*answer);
    const Phase phase = PhaseOf(mapping.ready, described);
    if (phase == Phase::kReady) break;
    if (phase == Phase::kFailed) co_return NotStabilized(mapping, described);
    if (order.cancelled && order.cancelled())
      co_return ServiceError("Cancelled", "Resource creation cancelled");
    const bool again = co_await patience.Next(context);
    if (!again) co_return NotStabilized(mapping, described);
  }
  const json::Object keys = KeysOf(mapping, order);
  Overlay(described, known);
  Overlay(described, keys);
  if (mapping.complete) mapping.complete(context, order, described);
  co_return described;
}

net::aw<Answer<void>> WaitUntilGone(const Mapping& mapping, WaitContext context,
                                    ResourceOrder order) {
  Patience patience;
  while (true) {
    Answer<json::Object> answer = co_await DescribeOnce(mapping, context, order);
    if (!answer && IsGone(answer.error().code)) co_return Answer<void>();
    if (!answer) co_return std::move(answer).error();
    const bool again = co_await patience.Next(context);
    if (!again) co_return NotStabilized(mapping, *answer);
  }
}

net::aw<Answer<void>> CallUnlessGone(WaitContext context, std::string service,
                                     std::string operation, json::Object input) {
  Answer<> done = co_await context.Call(std::move(service), std::move(operation), std::move(input));
  if (!done && !IsGone(done.error().code)) co_return std::move(done).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> Remove(const Mapping& mapping, WaitContext context, ResourceOrder order) {
  if (mapping.prepare) TL_CO_DO(mapping.prepare(context, order, order.properties));
  Answer<void> cleared = co_await ClearMembers(mapping, context, order);
  if (cleared && mapping.clear) cleared = co_await mapping.clear(context, order);
  if (!cleared || mapping.remove.empty()) co_return cleared;
  const json::Object keys = KeysOf(mapping, order);
  const InputParts parts{.keys = &keys};
  TL_CO_TRY(json::Object input, MakeInput(context, mapping, order, mapping.remove, parts));
  Answer<void> done = co_await CallUnlessGone(context, std::string(mapping.service),
                                              std::string(mapping.remove), std::move(input));
  if (!done && !mapping.describe.empty()) {
    // Some services say in other words that there is nothing to delete.
    Answer<json::Object> left = co_await DescribeOnce(mapping, context, order);
    if (!left && IsGone(left.error().code)) co_return Answer<void>();
  }
  if (!done || !mapping.vanishes_later) co_return done;
  co_return co_await WaitUntilGone(mapping, context, order);
}

net::aw<Answer<json::Object>> Read(const Mapping& mapping, WaitContext context,
                                   ResourceOrder order) {
  Answer<json::Object> described = co_await DescribeOnce(mapping, context, order);
  if (!described) {
    const bool gone = IsGone(described.error().code);
    co_return gone ? ServiceError("NotFound", described.error().message) : described.error();
  }
  const json::Object keys = KeysOf(mapping, order);
  Overlay(*described, keys);
  Answer<void> more = co_await AddReadings(mapping, context, order, &*described);
  if (!more) co_return std::move(more).error();
  if (mapping.complete) mapping.complete(context, order, *described);
  json::Object wanted = order.properties;
  if (mapping.prepare) TL_CO_DO(mapping.prepare(context, order, wanted));
  co_return PropertiesOf(mapping, order, wanted, *described);
}

}  // namespace trunkline::cloud::cloudformation
