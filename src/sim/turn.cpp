#include "base/text.h"
#include "sim/lookup.h"
#include "sim/runner.h"

namespace trunkline::sim {

const json::Value* Turn::Find(std::string_view path) const {
  const json::Object* object = &parameters_;
  for (;;) {
    const auto dot = path.find('.');
    const json::Value* value = object->Find(path.substr(0, dot));
    if (value == nullptr || value->IsNull()) return nullptr;
    if (value->IsString() && value->AsString().empty()) return nullptr;
    if (dot == std::string_view::npos) return value;
    if (!value->IsObject()) return nullptr;
    object = &value->AsObject();
    path.remove_prefix(dot + 1);
  }
}

std::optional<std::string> Turn::Text(std::string_view path) const {
  const json::Value* value = Find(path);
  return value == nullptr ? std::nullopt : ScalarText(*value);
}

std::optional<std::int64_t> Turn::Number(std::string_view path) const {
  const auto text = Text(path);
  return text ? ToInt(Trim(*text)) : std::nullopt;
}

bool Turn::Flag(std::string_view path) const {
  const auto text = Text(path);
  return text && EqualsIgnoreCase(*text, "true");
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

void Turn::WaitAtMost(Milliseconds limit, std::string why) {
  Pending& pending = Wait();
  std::erase_if(contact.timers, [&](const Timer& timer) { return timer.id == pending.timer; });
  pending.timer = StartTimer(contact, limit, std::move(why), run.serial);
}

}  // namespace trunkline::sim
