#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/shown.h"
#include "flow/legacy/module.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kShownValue = 60;

class LegacyReader {
 public:
  LegacyReader(const Document& legacy, Findings& findings) : legacy_(legacy), findings_(findings) {}

  std::vector<LegacyModule> Read() {
    std::vector<LegacyModule> modules;
    for (const json::Value& entry : List(legacy_.root.AsObject(), "modules"))
      if (Is(entry, entry.IsObject(), "a module", "an object")) modules.push_back(Module(entry));
    return modules;
  }

 private:
  void Report(Severity severity, std::string_view code, std::string message, std::string hint,
              std::uint32_t offset) {
    findings_.push_back(
        FindingAt(legacy_, severity, code, std::move(message), std::move(hint), offset));
  }

  bool Is(const json::Value& value, bool fits, std::string_view what, std::string_view expected) {
    if (!fits) {
      Report(Severity::kError, "TL-F501",
             fmt::format("expected {} to be {} but got {}", what, expected, value.TypeName()), "",
             value.offset());
    }
    return fits;
  }

  // A list that may be missing or null.
  const json::Array& List(const json::Object& object, std::string_view key) {
    const json::Value* value = object.Find(key);
    if (value != nullptr && !value->IsNull())
      Is(*value, value->IsArray(), fmt::format("'{}'", key), "an array");
    return object.GetArray(key);
  }

  // A text, number or boolean as text; empty when it is missing or null.
  std::string Text(const json::Object& object, std::string_view key) {
    const json::Value* value = object.Find(key);
    if (value == nullptr || value->IsNull()) return {};
    if (value->IsString()) return value->AsString();
    if (value->IsNumber()) return value->AsNumber().text;
    if (value->IsBool()) return value->AsBool() ? "true" : "false";
    Is(*value, false, fmt::format("'{}'", key), "text, a number or a boolean");
    return {};
  }

  void SayUnknown(const json::Object& object, std::string_view owner,
                  std::initializer_list<std::string_view> known) {
    for (const json::Member& member : object) {
      if (std::ranges::find(known, member.key) != known.end() || member.value.IsNull()) continue;
      Report(Severity::kWarning, "TL-F505",
             fmt::format("'{}' of {} is lost: {}", member.key, owner,
                         Shown(json::Write(member.value), kShownValue)),
             "the flow language has no such member", member.key_offset);
    }
  }

  LegacyModule Module(const json::Value& entry) {
    const json::Object& object = entry.AsObject();
    LegacyModule module{.id = Text(object, "id"),
                        .type = Text(object, "type"),
                        .target = Text(object, "target"),
                        .parameters = {},
                        .branches = {},
                        .metadata = object.GetObject("metadata"),
                        .offset = entry.offset()};
    const std::string owner = fmt::format("module '{}' ({})", module.id, module.type);
    for (const json::Value& one : List(object, "parameters"))
      if (Is(one, one.IsObject(), "a parameter", "an object"))
        module.parameters.push_back(Parameter(one, owner));
    for (const json::Value& one : List(object, "branches"))
      if (Is(one, one.IsObject(), "a branch", "an object"))
        module.branches.push_back(Branch(one, owner));
    SayUnknown(object, owner, {"id", "type", "target", "parameters", "branches", "metadata"});
    return module;
  }

  LegacyParameter Parameter(const json::Value& entry, const std::string& owner) {
    const json::Object& object = entry.AsObject();
    LegacyParameter parameter{.name = Text(object, "name"),
                              .value = Text(object, "value"),
                              .key = Text(object, "key"),
                              .space = Text(object, "namespace"),
                              .resource = Text(object, "resourceName"),
                              .offset = entry.offset()};
    SayUnknown(object, fmt::format("parameter '{}' of {}", parameter.name, owner),
               {"name", "value", "key", "namespace", "resourceName"});
    return parameter;
  }

  LegacyBranch Branch(const json::Value& entry, const std::string& owner) {
    const json::Object& object = entry.AsObject();
    LegacyBranch branch{.condition = Text(object, "condition"),
                        .op = Text(object, "conditionType"),
                        .operand = Text(object, "conditionValue"),
                        .target = Text(object, "transition"),
                        .offset = entry.offset()};
    SayUnknown(object, fmt::format("branch '{}' of {}", branch.condition, owner),
               {"condition", "conditionType", "conditionValue", "transition"});
    return branch;
  }

  const Document& legacy_;
  Findings& findings_;
};

}  // namespace

std::vector<LegacyModule> ReadLegacyModules(const Document& legacy, Findings& findings) {
  return LegacyReader(legacy, findings).Read();
}

}  // namespace trunkline::flow
