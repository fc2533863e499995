#include "sim/parameters.h"

#include <algorithm>
#include <list>

#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

bool MayRefer(std::string_view text) {
  return text.find('$') != std::string_view::npos;
}

bool IsContainer(const json::Value& value) {
  return value.IsObject() || value.IsArray();
}

// Whether `matches` holds for a text in the value, or for a key when `keys`.
template <class Matches>
bool Any(const json::Value& value, const Matches& matches);
template <class Matches>
bool Any(const json::Object& object, const Matches& matches) {
  return std::ranges::any_of(
      object, [&](const json::Member& member) { return Any(member.value, matches); });
}
template <class Matches>
bool Any(const json::Value& value, const Matches& matches) {
  if (value.IsObject()) return Any(value.AsObject(), matches);
  if (!value.IsArray()) return matches(value);
  return std::ranges::any_of(value.AsArray(),
                             [&](const json::Value& one) { return Any(one, matches); });
}

bool KeysMayRefer(const json::Value& value);
bool KeysMayRefer(const json::Object& object) {
  return std::ranges::any_of(object, [](const json::Member& member) {
    return MayRefer(member.key) || KeysMayRefer(member.value);
  });
}
bool KeysMayRefer(const json::Value& value) {
  if (value.IsObject()) return KeysMayRefer(value.AsObject());
  return value.IsArray() && std::ranges::any_of(value.AsArray(), [](const json::Value& one) {
           return KeysMayRefer(one);
         });
}

void Note(std::vector<std::string>& missing, std::vector<std::string>& more) {
  for (std::string& one : more) {
    if (std::ranges::find(missing, one) == missing.end()) missing.push_back(std::move(one));
  }
}

}  // namespace

struct Parameters::Table {
  struct Leaf {
    const json::Value* written = nullptr;
    json::Value value;
  };
  Leaf first;  // most have one
  std::vector<Leaf> others;
  std::unique_ptr<const json::Object> own;  // in place of what was written
  // Lists and objects with values in them, as they were asked for.
  mutable std::unique_ptr<std::list<json::Value>> made;

  void Add(Leaf leaf) {
    if (first.written == nullptr) {
      first = std::move(leaf);
    } else {
      others.push_back(std::move(leaf));
    }
  }

  const json::Value* Find(const json::Value& written) const {
    if (first.written == &written) return &first.value;
    const auto found = std::ranges::find(others, &written, &Leaf::written);
    return found == others.end() ? nullptr : &found->value;
  }

  const json::Value& Keep(json::Value value) const {
    if (made == nullptr) made = std::make_unique<std::list<json::Value>>();
    return made->emplace_back(std::move(value));
  }

  json::Value Make(const json::Value& written) const {
    if (const json::Value* value = Find(written)) return *value;
    if (written.IsObject()) {
      json::Object object;
      for (const json::Member& member : written.AsObject())
        object.Append({.key = member.key, .value = Make(member.value)});
      return object;
    }
    if (!written.IsArray()) return written;
    json::Array list;
    for (const json::Value& one : written.AsArray()) list.push_back(Make(one));
    return list;
  }
};

Parameters::Parameters(json::Object own) {
  auto table = std::make_shared<Table>();
  table->own = std::make_unique<const json::Object>(std::move(own));
  written_ = table->own.get();
  table_ = std::move(table);
}

Parameters::Parameters(const ContactState& contact, const json::Object& written,
                       std::vector<std::string>& missing)
    : written_(&written) {
  if (KeysMayRefer(written)) {
    Resolved resolved = Resolve(contact, written);
    Note(missing, resolved.missing);
    *this = Parameters(std::move(resolved.value.AsObject()));
    return;
  }
  std::shared_ptr<Table> table;
  Any(written, [&](const json::Value& leaf) {
    if (!leaf.IsString() || !MayRefer(leaf.AsString())) return false;
    if (table == nullptr) table = std::make_shared<Table>();
    Resolved resolved = Resolve(contact, leaf);
    Note(missing, resolved.missing);
    table->Add({.written = &leaf, .value = std::move(resolved.value)});
    return false;
  });
  table_ = std::move(table);
}

const json::Value& Parameters::ValueOf(const json::Value& written) const {
  if (table_ == nullptr || table_->first.written == nullptr) return written;
  if (!IsContainer(written)) {
    const json::Value* value = table_->Find(written);
    return value == nullptr ? written : *value;
  }
  const bool differs =
      Any(written, [&](const json::Value& leaf) { return table_->Find(leaf) != nullptr; });
  return differs ? table_->Keep(table_->Make(written)) : written;
}

const json::Value* Parameters::Get(std::string_view key) const {
  const json::Value* value = written_ == nullptr ? nullptr : written_->Find(key);
  return value == nullptr ? nullptr : &ValueOf(*value);
}

const json::Value* Parameters::Find(std::string_view path) const {
  const json::Object* object = written_;
  while (object != nullptr) {
    const auto dot = path.find('.');
    const json::Value* value = object->Find(path.substr(0, dot));
    if (value == nullptr) return nullptr;
    // Only what is returned, or a reference to an object, must be looked up.
    if (dot == std::string_view::npos || !value->IsObject()) value = &ValueOf(*value);
    if (value->IsNull() || (value->IsString() && value->AsString().empty())) return nullptr;
    if (dot == std::string_view::npos) return value;
    object = value->IsObject() ? &value->AsObject() : nullptr;
    path.remove_prefix(dot + 1);
  }
  return nullptr;
}

json::Object Parameters::Whole() const {
  if (written_ == nullptr) return {};
  json::Object whole;
  for (const json::Member& member : *written_)
    whole.Append({.key = member.key,
                  .value = table_ == nullptr ? member.value : table_->Make(member.value)});
  return whole;
}

}  // namespace trunkline::sim
