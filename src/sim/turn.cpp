#include "base/text.h"
#include "sim/lookup.h"
#include "sim/runner.h"

namespace trunkline::sim {

std::optional<std::string> Turn::Text(std::string_view path) const {
  const json::Value* value = Find(path);
  return value == nullptr ? std::nullopt : ScalarText(*value);
}

std::string_view Turn::View(std::string_view path) const {
  const json::Value* value = Find(path);
  return value != nullptr && value->IsString() ? std::string_view(value->AsString())
                                               : std::string_view();
}

std::optional<std::int64_t> Turn::Number(std::string_view path) const {
  const json::Value* value = Find(path);
  if (value == nullptr) return std::nullopt;
  if (value->IsNumber()) return ToInt(value->AsNumber().text);
  return value->IsString() ? ToInt(Trim(value->AsString())) : std::nullopt;
}

bool Turn::Flag(std::string_view path) const {
  const json::Value* value = Find(path);
  if (value == nullptr) return false;
  if (value->IsBool()) return value->AsBool();
  return value->IsString() && EqualsIgnoreCase(value->AsString(), "true");
}

const json::Object& Turn::Map(std::string_view path) const {
  static const json::Object kNone;
  const json::Value* value = Find(path);
  return value != nullptr && value->IsObject() ? value->AsObject() : kNone;
}

Pending& Turn::Wait() {
  if (!run.pending) run.pending = Pending{.parameters = parameters_, .since = contact.now};
  return *run.pending;
}

void Turn::WaitAtMost(Milliseconds limit, std::string_view why) {
  Pending& pending = Wait();
  std::erase_if(contact.timers, [&](const Timer& timer) { return timer.id == pending.timer; });
  pending.timer = StartTimer(contact, limit, why, run.serial);
}

}  // namespace trunkline::sim
