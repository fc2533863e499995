#include "cloud/services/cloudformation/mapping/patch.h"

#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::cloudformation {
namespace {

std::string PathWord(const Mapping& mapping, std::string_view property) {
  for (const Name& name : mapping.names) {
    if (name.property == property) return std::string(name.member);
  }
  std::string word(property);
  if (!word.empty()) word[0] = ToLower(word.substr(0, 1))[0];
  return word;
}

std::string TextOf(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  return json::Write(value);
}

// RFC 6901.
std::string Escaped(std::string_view text) {
  return Replace(Replace(text, "~", "~0"), "/", "~1");
}

void Add(json::Array& operations, std::string_view op, const std::string& path,
         std::string_view value) {
  json::Object operation;
  operation.Set("op", op);
  operation.Set("path", path);
  if (op != "remove") operation.Set("value", value);
  operations.push_back(std::move(operation));
}

bool Has(const json::Array& list, const json::Value& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

void PatchList(const std::string& path, const json::Array& before, const json::Array& wanted,
               json::Array& operations) {
  for (const json::Value& item : before) {
    if (!Has(wanted, item)) Add(operations, "remove", path + "/" + Escaped(TextOf(item)), {});
  }
  for (const json::Value& item : wanted) {
    if (!Has(before, item)) Add(operations, "add", path + "/" + Escaped(TextOf(item)), {});
  }
}

json::Array ItemsOf(const json::Value* value) {
  return value && value->IsArray() ? value->AsArray() : json::Array();
}

json::Object MembersOf(const json::Value* value) {
  return value && value->IsObject() ? value->AsObject() : json::Object();
}

void PatchMembers(const Mapping& mapping, const std::string& path, const json::Object& before,
                  const json::Object& wanted, json::Array& operations);

// Documents ("Policy") are one value, other structures go member by member.
void PatchValue(const Mapping& mapping, const std::string& path, const json::Value* before,
                const json::Value* wanted, json::Array& operations) {
  if (before && wanted && *before == *wanted) return;
  const bool document = path == "/policy";
  const json::Value& shape = wanted ? *wanted : *before;
  if (shape.IsObject() && !document) {
    PatchMembers(mapping, path, MembersOf(before), MembersOf(wanted), operations);
  } else if (shape.IsArray()) {
    PatchList(path, ItemsOf(before), ItemsOf(wanted), operations);
  } else {
    Add(operations, wanted ? "replace" : "remove", path, wanted ? TextOf(*wanted) : std::string());
  }
}

void PatchMembers(const Mapping& mapping, const std::string& path, const json::Object& before,
                  const json::Object& wanted, json::Array& operations) {
  json::Object all = before;
  for (const json::Member& entry : wanted) all.Set(entry.key, entry.value);
  const bool words = path == "/variables";
  for (const json::Member& entry : all) {
    const std::string word = words ? Escaped(entry.key) : PathWord(mapping, entry.key);
    PatchValue(mapping, path + "/" + word, before.Find(entry.key), wanted.Find(entry.key),
               operations);
  }
}

}  // namespace

json::Array PatchOperations(const Mapping& mapping, const ResourceOrder& order,
                            const std::vector<std::string_view>& chosen) {
  json::Array operations;
  for (const std::string_view property : chosen) {
    const json::Value* before = order.previous.Find(property);
    const json::Value* wanted = order.properties.Find(property);
    if (before || wanted)
      PatchValue(mapping, "/" + PathWord(mapping, property), before, wanted, operations);
  }
  return operations;
}

}  // namespace trunkline::cloud::cloudformation
