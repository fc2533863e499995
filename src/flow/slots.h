// Walks all texts of a flow's content that may name resources: parameters, condition operands,
// metadata. Symbol finder (reading) and linker (writing) share it, hence the template on a constant
// or changing value.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/json.h"
#include "flow/catalogue.h"

namespace trunkline::flow {

template <class Value>
struct Slot {
  Value* value;  // a string
  const Parameter*
      position;  // what the catalogue says about it when it names a resource, else nullptr
  const ActionKind* kind;        // of the action; nullptr when unknown, or in metadata
  std::size_t action_index = 0;  // in Actions; meaningless in metadata
  std::string_view action;       // identifier of the action, also of its metadata
  std::string path;              // "Parameters.QueueId"
  bool in_metadata = false;
};

template <class Value>
class SlotWalker {
 public:
  static std::vector<Slot<Value>> Find(Value& content, bool with_metadata) {
    SlotWalker walker;
    if (!content.IsObject()) return {};
    if (Value* actions = content.AsObject().Find("Actions");
        actions != nullptr && actions->IsArray()) {
      std::size_t index = 0;
      for (auto& entry : actions->AsArray()) walker.Action(entry, index++);
    }
    if (Value* metadata = content.AsObject().Find("Metadata"); metadata != nullptr && with_metadata)
      walker.Metadata(*metadata);
    return std::move(walker.slots_);
  }

 private:
  void Action(Value& entry, std::size_t index) {
    if (!entry.IsObject()) return;
    current_ = {.value = nullptr,
                .position = nullptr,
                .kind = FindActionKind(entry.AsObject().GetString("Type")),
                .action_index = index,
                .action = entry.AsObject().GetString("Identifier"),
                .path = {},
                .in_metadata = false};
    if (Value* parameters = entry.AsObject().Find("Parameters");
        parameters != nullptr && parameters->IsObject()) {
      for (auto& member : parameters->AsObject()) {
        const Parameter* parameter =
            current_.kind == nullptr ? nullptr : Among(current_.kind->parameters, member.key);
        Below("Parameters.", member.key, [&] { Walk(member.value, parameter); });
      }
    }
    if (Value* transitions = entry.AsObject().Find("Transitions");
        transitions != nullptr && transitions->IsObject()) {
      if (Value* conditions = transitions->AsObject().Find("Conditions"))
        Below("Conditions", "", [&] { Walk(*conditions, nullptr); });
    }
  }

  void Metadata(Value& metadata) {
    if (!metadata.IsObject()) return;
    for (auto& member : metadata.AsObject()) {
      current_ = {.value = nullptr,
                  .position = nullptr,
                  .kind = nullptr,
                  .action = {},
                  .path = {},
                  .in_metadata = true};
      if (member.key != "ActionMetadata" || !member.value.IsObject()) {
        Below("Metadata.", member.key, [&] { Walk(member.value, nullptr); });
        continue;
      }
      for (auto& action : member.value.AsObject()) {
        current_.action = action.key;
        Below("Metadata", "", [&] { Walk(action.value, nullptr); });
      }
    }
  }

  static const Parameter* Among(std::span<const Parameter> parameters, std::string_view name) {
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    return found == parameters.end() ? nullptr : &*found;
  }

  // A map's values are described by the map's own row; an object's members by rows of theirs.
  static const Parameter* Member(const Parameter* parameter, std::string_view name) {
    if (parameter == nullptr) return nullptr;
    if (parameter->type == ValueType::kMap)
      return parameter->members().empty() ? parameter : nullptr;
    return Among(parameter->members(), name);
  }

  // Walks a part of what it stands in.
  template <class WalkPart>
  void Below(std::string_view separator, std::string_view name, const WalkPart& walk) {
    const std::size_t above = path_.size();
    path_ += separator;
    path_ += name;
    walk();
    path_.resize(above);
  }

  void Walk(Value& value, const Parameter* parameter) {
    if (value.IsString()) {
      const bool names = parameter != nullptr && parameter->reference != ResourceKind::kNone;
      Slot<Value>& slot = slots_.emplace_back(current_);
      slot.value = &value;
      slot.path = path_;
      slot.position = names ? parameter : nullptr;
    } else if (value.IsObject()) {
      for (auto& member : value.AsObject())
        Below(".", member.key, [&] { Walk(member.value, Member(parameter, member.key)); });
    } else if (value.IsArray()) {
      std::size_t index = 0;
      for (auto& item : value.AsArray())
        Below("[", std::to_string(index++) + "]", [&] { Walk(item, parameter); });
    }
  }

  std::string path_;  // of what is being walked
  Slot<Value> current_;
  std::vector<Slot<Value>> slots_;
};

// Slots see into the content: they end where identifiers or keys of it are changed.
inline std::vector<Slot<const json::Value>> FindSlots(const json::Value& content) {
  return SlotWalker<const json::Value>::Find(content, true);
}
inline std::vector<Slot<json::Value>> FindSlots(json::Value& content) {
  return SlotWalker<json::Value>::Find(content, true);
}
// Without those of the metadata, which are half of a flow.
inline std::vector<Slot<const json::Value>> FindActionSlots(const json::Value& content) {
  return SlotWalker<const json::Value>::Find(content, false);
}

}  // namespace trunkline::flow
