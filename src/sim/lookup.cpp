#include "sim/lookup.h"

#include <algorithm>
#include <array>

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

const json::Value* Member(const json::Value& value, std::string_view name) {
  if (value.IsObject()) return value.AsObject().Find(name);
  if (!value.IsArray()) return nullptr;
  const auto index = ToInt(name);
  const auto& list = value.AsArray();
  const bool is_there = index && *index >= 0 && static_cast<std::size_t>(*index) < list.size();
  return is_there ? &list[static_cast<std::size_t>(*index)] : nullptr;
}

std::optional<json::Value> WithValue(const json::Value* value) {
  return value != nullptr && HasValue(*value) ? std::optional(*value) : std::nullopt;
}

// The namespaces that are objects are looked into where they are; the others are made.
template <class Names>
std::optional<json::Value> WalkNames(const ContactState& contact, const Names& names) {
  if (const json::Object* object = ObjectNamespace(contact, names[0])) {
    if (names.size() == 1)
      return object->empty() ? std::nullopt : std::optional<json::Value>(*object);
    const json::Value* value = object->Find(names[1]);
    for (std::size_t i = 2; i < names.size() && value != nullptr; ++i)
      value = Member(*value, names[i]);
    return WithValue(value);
  }
  // Each call asks for the caller's number: not the whole object is made for it.
  const Endpoint* endpoint = names.size() == 2 ? EndpointOf(contact, names[0]) : nullptr;
  if (endpoint != nullptr && names[1] == "Address" && !endpoint->address.empty())
    return endpoint->address;
  const std::optional<json::Value> root = Namespace(contact, names[0]);
  const json::Value* value = root ? &*root : nullptr;
  for (std::size_t i = 1; i < names.size() && value != nullptr; ++i)
    value = Member(*value, names[i]);
  return WithValue(value);
}

// "$.Attributes.tier" and its like, which nearly all references are: names without brackets.
struct PlainPath {
  static constexpr std::size_t kMost = 8;

  std::array<std::string_view, kMost> names;
  std::size_t count = 0;

  std::size_t size() const { return count; }
  std::string_view operator[](std::size_t i) const { return names[i]; }
};

std::optional<PlainPath> ReadPlainPath(std::string_view text) {
  if (!text.starts_with("$.")) return std::nullopt;
  PlainPath path;
  std::size_t begin = 2;
  for (std::size_t at = begin; at <= text.size(); ++at) {
    if (at < text.size() && flow::IsReferenceNameCharacter(text[at])) continue;
    const bool ends = at == text.size() || text[at] == '.';
    if (!ends || at == begin || path.count == PlainPath::kMost) return std::nullopt;
    path.names[path.count++] = text.substr(begin, at - begin);
    begin = at + 1;
  }
  return path;
}

std::optional<json::Value> Walk(const ContactState& contact, const flow::Path& path);

std::optional<std::string> NameOf(const ContactState& contact, const flow::PathStep& step) {
  if (step.dynamic.empty()) return step.name;
  const auto inner = Walk(contact, step.dynamic.front());
  return inner ? ScalarText(*inner) : std::nullopt;
}

std::optional<json::Value> Walk(const ContactState& contact, const flow::Path& path) {
  std::vector<std::string> names;
  for (const flow::PathStep& step : path.steps) {
    auto name = NameOf(contact, step);
    if (!name) return std::nullopt;
    names.push_back(std::move(*name));
  }
  return WalkNames(contact, names);
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
    const auto plain = ReadPlainPath(value.AsString());
    if (!plain && !IsReference(value.AsString())) return Fill(contact, value.AsString(), resolved);
    auto found = plain ? WalkNames(contact, *plain) : Lookup(contact, value.AsString());
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
  return ReadPlainPath(text).has_value() || flow::WholePath(text).has_value();
}

std::optional<json::Value> Lookup(const ContactState& contact, std::string_view reference) {
  if (const auto plain = ReadPlainPath(reference)) return WalkNames(contact, *plain);
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
