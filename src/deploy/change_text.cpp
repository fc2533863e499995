#include "deploy/change_text.h"

#include <fmt/format.h>

#include "base/finding_json.h"

namespace trunkline::deploy {

json::Object ToJson(const Change& change) {
  json::Object object{
      {"kind", change.kind}, {"name", change.name}, {"action", ToText(change.action)}};
  object.SetIfNotEmpty("newName", change.other_name);
  object.SetIfNotEmpty("why", change.why);
  object.SetIfNotEmpty("shift", change.shift);
  if (change.takes.count() > 0)
    object.Set("shiftSeconds", static_cast<double>(change.takes.count()) / 1000);
  return object;
}

json::Array ToJson(const std::vector<Change>& changes) {
  json::Array array;
  for (const Change& change : changes) {
    if (!change.internal) array.emplace_back(ToJson(change));
  }
  return array;
}

json::Array ToJson(const std::vector<Failure>& failures) {
  json::Array array;
  for (const Failure& failure : failures) {
    json::Object entry = ToJson(failure.change);
    entry.Set("error", ToJson(failure.error));
    array.emplace_back(std::move(entry));
  }
  return array;
}

std::size_t CountShown(const std::vector<Change>& changes) {
  std::size_t count = 0;
  for (const Change& change : changes) count += change.internal ? 0U : 1U;
  return count;
}

std::string ToText(const Change& change) {
  std::string text = fmt::format("{} {} '{}'", ToText(change.action), change.kind, change.name);
  if (!change.other_name.empty()) text += fmt::format(" as '{}'", change.other_name);
  std::string more = change.why;
  if (!change.shift.empty())
    more += fmt::format("{}callers: {}", more.empty() ? "" : "; ", change.shift);
  if (!more.empty()) text += fmt::format(" ({})", more);
  return text;
}

}  // namespace trunkline::deploy
