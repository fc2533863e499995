#include "sim/lookup.h"

#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"
#include "flow/reference.h"
#include "sim/namespaces.h"

namespace trunkline::sim {
namespace {

bool HasValue(const json::Value& value) {
  if (value.IsNull()) return false;
  if (value.IsString()) return !value.AsString().empty();
  if (value.IsObject()) return !value.AsObject().empty();
  return true;
}

std::optional<json::Value> Member(const json::Value& value, const std::string& name) {
  if (value.IsObject()) {
    const json::Value* found = value.AsObject().Find(name);
    return found == nullptr ? std::nullopt : std::optional(*found);
  }
  const auto index = ToInt(name);
  if (!value.IsArray() || !index || *index < 0) return std::nullopt;
  const auto& list = value.AsArray();
  const auto position = static_cast<std::size_t>(*index);
  return position < list.size() ? std::optional(list[position]) : std::nullopt;
}

std::optional<json::Value> Walk(const ContactState& contact, const flow::Path& path);

std::optional<std::string> NameOf(const ContactState& contact, const flow::PathStep& step) {
  if (step.dynamic.empty()) return step.name;
  const auto inner = Walk(contact, step.dynamic.front());
  return inner ? ScalarText(*inner) : std::nullopt;
}

std::optional<json::Value> Walk(const ContactState& contact, const flow::Path& path) {
  std::optional<json::Value> value;
  for (const flow::PathStep& step : path.steps) {
    const auto name = NameOf(contact, step);
    if (!name) return std::nullopt;
    value = value ? Member(*value, *name) : Namespace(contact, *name);
    if (!value) return std::nullopt;
  }
  return value && HasValue(*value) ? value : std::nullopt;
}

void NoteMissing(Resolved& resolved, std::string_view reference) {
  const std::string name(reference);
  if (std::find(resolved.missing.begin(), resolved.missing.end(), name) == resolved.missing.end()) {
    resolved.missing.push_back(name);
  }
}

// References inside longer text.
std::string Fill(const ContactState& contact, std::string_view text, Resolved& resolved) {
  std::string filled;
  for (const flow::Piece& piece : flow::Scan(text)) {
    const auto value = piece.path ? Walk(contact, *piece.path) : std::nullopt;
    if (!piece.path) filled += piece.text;
    if (piece.path && !value) NoteMissing(resolved, piece.text);
    if (value) filled += ScalarText(*value).value_or(json::Write(*value));
  }
  return filled;
}

json::Value ResolveInto(const ContactState& contact, const json::Value& value, Resolved& resolved) {
  if (value.IsString()) {
    if (!IsReference(value.AsString())) return Fill(contact, value.AsString(), resolved);
    auto found = Lookup(contact, value.AsString());
    if (!found) NoteMissing(resolved, value.AsString());
    return found ? std::move(*found) : json::Value();
  }
  if (value.IsArray()) {
    json::Array list;
    for (const json::Value& item : value.AsArray()) {
      list.push_back(ResolveInto(contact, item, resolved));
    }
    return list;
  }
  if (!value.IsObject()) return value;
  json::Object object;
  for (const auto& [key, member, offset] : value.AsObject()) {
    object.Set(Fill(contact, key, resolved), ResolveInto(contact, member, resolved));
  }
  return object;
}

}  // namespace

bool IsReference(std::string_view text) {
  return flow::WholePath(text).has_value();
}

std::optional<json::Value> Lookup(const ContactState& contact, std::string_view reference) {
  const auto path = flow::WholePath(reference);
  return path ? Walk(contact, *path) : std::nullopt;
}

Resolved Resolve(const ContactState& contact, const json::Value& value) {
  Resolved resolved;
  resolved.value = ResolveInto(contact, value, resolved);
  return resolved;
}

std::optional<std::string> ScalarText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  return std::nullopt;
}

}  // namespace trunkline::sim
