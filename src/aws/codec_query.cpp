#include "aws/codec_query.h"

#include <map>
#include <stdexcept>

#include "aws/codec_xml.h"
#include "aws/route.h"
#include "aws/values.h"
#include "base/text.h"
#include "net/http.h"

namespace trunkline::aws {
namespace {

// A form as a tree: "Tags.member.1.Key=a" is Tags -> member -> 1 -> Key.
struct FormNode {
  std::string text;
  std::map<std::string, FormNode, std::less<>> parts;

  const FormNode* Find(std::string_view name) const {
    const auto found = parts.find(name);
    return found == parts.end() ? nullptr : &found->second;
  }
};

constexpr std::size_t kMaxDepth = 64;

Result<FormNode> ReadTree(std::string_view form) {
  FormNode root;
  for (const auto& [key, value] : net::ParseQuery(form, true)) {
    FormNode* node = &root;
    const std::vector<std::string_view> path = Split(key, '.');
    if (path.size() > kMaxDepth)
      return Unreadable("expected at most {} parts in a parameter's name", kMaxDepth);
    for (const std::string_view part : path) node = &node->parts[std::string(part)];
    node->text = value;
  }
  return root;
}

// The children named by numbers, in their order.
std::map<std::int64_t, const FormNode*> Numbered(const FormNode& node) {
  std::map<std::int64_t, const FormNode*> items;
  for (const auto& [name, child] : node.parts) {
    if (const auto number = ToInt(name)) items.emplace(*number, &child);
  }
  return items;
}

std::string_view Or(const std::string& name, std::string_view otherwise) {
  return name.empty() ? otherwise : std::string_view(name);
}

const std::string& WireName(const MemberRow& member) {
  return IsFlattened(member) ? FlattenedName(member) : member.wire_name;
}

Result<json::Object> ReadStructure(const Shape& shape, const FormNode& node);

Result<json::Value> ReadNode(const MemberRow& member, const FormNode& node) {
  const Shape& shape = *member.shape;
  const FormNode none;
  if (shape.type == Type::kStructure) {
    TL_TRY(json::Object object, ReadStructure(shape, node));
    return json::Value(std::move(object));
  }
  if (shape.type == Type::kList) {
    const FormNode* items =
        IsFlattened(member) ? &node : node.Find(Or(shape.item.wire_name, "member"));
    json::Array list;
    for (const auto& [number, item] : Numbered(items == nullptr ? none : *items)) {
      TL_TRY(json::Value value, ReadNode(shape.item, *item));
      list.push_back(std::move(value));
    }
    return json::Value(std::move(list));
  }
  if (shape.type == Type::kMap) {
    const FormNode* entries = IsFlattened(member) ? &node : node.Find("entry");
    json::Object map;
    for (const auto& [number, entry] : Numbered(entries == nullptr ? none : *entries)) {
      const FormNode* key = entry->Find(Or(shape.key.wire_name, "key"));
      const FormNode* value = entry->Find(Or(shape.item.wire_name, "value"));
      if (key == nullptr) return Unreadable("expected a key in entry {} of a map", number);
      TL_TRY(json::Value read, ReadNode(shape.item, value == nullptr ? none : *value));
      map.Set(key->text, std::move(read));
    }
    return json::Value(std::move(map));
  }
  return FromText(shape, node.text, FormatOf(member, TimeFormat::kIso8601));
}

Result<json::Object> ReadStructure(const Shape& shape, const FormNode& node) {
  json::Object object;
  for (const MemberRow& member : shape.members) {
    const FormNode* child = node.Find(WireName(member));
    if (child == nullptr) continue;
    Result<json::Value> value = ReadNode(member, *child);
    if (!value) return std::move(value).error().While("reading member '{}'", member.name);
    object.Append({.key = member.name, .value = std::move(value).value()});
  }
  return object;
}

class FormWriter {
 public:
  void Pair(std::string_view key, std::string_view value) {
    if (!out_.empty()) out_ += '&';
    out_ += PercentEncode(key);
    out_ += '=';
    out_ += PercentEncode(value);
  }

  void Structure(const Shape& shape, const json::Object& value, const std::string& prefix) {
    for (const MemberRow& member : shape.members) {
      const json::Value* given = value.Find(member.name);
      if (given == nullptr || given->IsNull()) continue;
      Value(member, *given,
            prefix.empty() ? WireName(member) : fmt::format("{}.{}", prefix, WireName(member)));
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  void Value(const MemberRow& member, const json::Value& value, const std::string& name) {
    switch (member.shape->type) {
      case Type::kStructure:
        return Structure(*member.shape, value.AsObject(), name);
      case Type::kList:
        return List(member, value.AsArray(), name);
      case Type::kMap:
        return Map(member, value.AsObject(), name);
      default:
        Pair(name, ToText(*member.shape, value, FormatOf(member, TimeFormat::kIso8601)));
    }
  }

  void List(const MemberRow& member, const json::Array& items, const std::string& name) {
    const Shape& shape = *member.shape;
    // An empty list is a statement of its own (remove all): absent means unchanged.
    if (items.empty()) return Pair(name, "");
    const std::string prefix =
        IsFlattened(member) ? name : fmt::format("{}.{}", name, Or(shape.item.wire_name, "member"));
    for (std::size_t i = 0; i < items.size(); ++i)
      Value(shape.item, items[i], fmt::format("{}.{}", prefix, i + 1));
  }

  void Map(const MemberRow& member, const json::Object& entries, const std::string& name) {
    const Shape& shape = *member.shape;
    const std::string prefix = IsFlattened(member) ? name : name + ".entry";
    std::size_t number = 0;
    for (const json::Member& entry : entries) {
      ++number;
      Pair(fmt::format("{}.{}.{}", prefix, number, Or(shape.key.wire_name, "key")), entry.key);
      Value(shape.item, entry.value,
            fmt::format("{}.{}.{}", prefix, number, Or(shape.item.wire_name, "value")));
    }
  }

  std::string out_;
};

}  // namespace

std::string WriteForm(const Model& model, const OperationRow& operation,
                      const json::Object& input) {
  FormWriter writer;
  writer.Pair("Action", operation.name);
  writer.Pair("Version", model.version);
  if (operation.input != nullptr) writer.Structure(*operation.input, input, "");
  return writer.Take();
}

Result<json::Object> ReadForm(const Shape& shape, std::string_view form) {
  TL_TRY(const FormNode tree, ReadTree(form));
  return ReadStructure(shape, tree);
}

std::string FormValue(std::string_view form, std::string_view key) {
  for (const auto& [name, value] : SplitQuery(form)) {
    if (name == key) return PercentDecode(value, true);
  }
  return {};
}

}  // namespace trunkline::aws
