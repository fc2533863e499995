#include "flow/read_actions.h"

#include <unordered_map>

#include <fmt/format.h>

namespace trunkline::flow {
namespace {

class Reader {
 public:
  Reader(Document& document, Findings& findings) : document_(document), findings_(findings) {}

  void Read() {
    document_.start.clear();
    document_.actions.clear();
    if (!document_.content.IsObject()) return;
    const json::Object& content = document_.content.AsObject();
    if (const json::Value* start = content.Find("StartAction");
        start != nullptr && IsText(*start, "'StartAction'")) {
      document_.start = start->AsString();
    }
    if (const json::Value* metadata = content.Find("Metadata"))
      Is(*metadata, metadata->IsObject(), "'Metadata'", "an object");
    const json::Value* actions = content.Find("Actions");
    if (actions == nullptr || !Is(*actions, actions->IsArray(), "'Actions'", "an array")) return;
    document_.actions.reserve(actions->AsArray().size());
    for (const json::Value& entry : actions->AsArray()) {
      ReadAction(entry, static_cast<std::size_t>(&entry - actions->AsArray().data()));
    }
    document_.index.Build(document_.actions);
    CheckDuplicates();
  }

 private:
  void Report(std::string_view code, std::string message, std::string hint, std::uint32_t offset) {
    findings_.push_back(
        FindingAt(document_, Severity::kError, code, std::move(message), std::move(hint), offset));
  }

  bool Is(const json::Value& value, bool fits, std::string_view what, std::string_view expected) {
    if (!fits) {
      Report("TL-F004",
             fmt::format("expected {} to be {} but got {}", what, expected, value.TypeName()), "",
             value.offset());
    }
    return fits;
  }
  bool IsText(const json::Value& value, std::string_view what) {
    return Is(value, value.IsString(), what, "a string");
  }

  // A member that must be a string; empty, with a finding, when it is not.
  std::string Text(const json::Object& object, std::string_view key, std::uint32_t offset,
                   std::string_view owner) {
    const json::Value* value = object.Find(key);
    if (value == nullptr) {
      Report("TL-F007", fmt::format("{} has no '{}'", owner, key), "", offset);
      return {};
    }
    return IsText(*value, fmt::format("'{}'", key)) ? value->AsString() : std::string();
  }

  void ReadAction(const json::Value& entry, std::size_t index) {
    if (!Is(entry, entry.IsObject(), fmt::format("Actions[{}]", index), "an object")) return;
    const json::Object& object = entry.AsObject();
    Action action{.offset = entry.offset(), .index = index};
    action.id = Text(object, "Identifier", entry.offset(), "the action");
    const std::string owner =
        action.id.empty() ? "the action" : fmt::format("action '{}'", action.id);
    action.type = Text(object, "Type", entry.offset(), owner);
    const json::Value* parameters = object.Find("Parameters");
    if (parameters != nullptr &&
        Is(*parameters, parameters->IsObject(), "'Parameters'", "an object")) {
      action.parameters = parameters->AsObject();
    }
    const json::Value* transitions = object.Find("Transitions");
    if (transitions != nullptr &&
        Is(*transitions, transitions->IsObject(), "'Transitions'", "an object")) {
      ReadTransitions(transitions->AsObject(), action);
    }
    document_.actions.push_back(std::move(action));
  }

  void ReadTransitions(const json::Object& transitions, Action& action) {
    const json::Value* next = transitions.Find("NextAction");
    if (next != nullptr && IsText(*next, "'NextAction'")) action.next = next->AsString();
    for (const json::Value& entry : List(transitions, "Errors")) ReadError(entry, action);
    for (const json::Value& entry : List(transitions, "Conditions")) ReadCondition(entry, action);
  }

  const json::Array& List(const json::Object& object, std::string_view key) {
    const json::Value* value = object.Find(key);
    if (value != nullptr) Is(*value, value->IsArray(), fmt::format("'{}'", key), "an array");
    return object.GetArray(key);
  }

  void ReadError(const json::Value& entry, Action& action) {
    if (!Is(entry, entry.IsObject(), "an entry of Errors", "an object")) return;
    const std::string owner = fmt::format("an error branch of action '{}'", action.id);
    ErrorBranch branch{.type = {}, .next = {}, .offset = entry.offset()};
    branch.type = Text(entry.AsObject(), "ErrorType", entry.offset(), owner);
    branch.next = Text(entry.AsObject(), "NextAction", entry.offset(), owner);
    action.errors.push_back(std::move(branch));
  }

  void ReadCondition(const json::Value& entry, Action& action) {
    if (!Is(entry, entry.IsObject(), "an entry of Conditions", "an object")) return;
    const std::string owner = fmt::format("a condition of action '{}'", action.id);
    ConditionBranch branch{.op = {}, .operands = {}, .next = {}, .offset = entry.offset()};
    branch.next = Text(entry.AsObject(), "NextAction", entry.offset(), owner);
    const json::Value* condition = entry.AsObject().Find("Condition");
    if (condition == nullptr) {
      Report("TL-F007", owner + " has no 'Condition'", "", entry.offset());
    } else if (Is(*condition, condition->IsObject(), "'Condition'", "an object")) {
      branch.op = Text(condition->AsObject(), "Operator", condition->offset(), owner);
      for (const json::Value& operand : List(condition->AsObject(), "Operands"))
        ReadOperand(operand, branch);
    }
    action.conditions.push_back(std::move(branch));
  }

  // The service takes JSON numbers as percentages too (seen live). Nested conditions stay in the
  // JSON only: their operators (And, Or, ...) are what flow/validate.h judges.
  void ReadOperand(const json::Value& operand, ConditionBranch& branch) {
    if (operand.IsObject()) return;
    if (operand.IsNumber()) {
      branch.operands.push_back(operand.AsNumber().text);
    } else if (IsText(operand, "an operand")) {
      branch.operands.push_back(operand.AsString());
    }
  }

  void CheckDuplicates() {
    std::unordered_map<std::string_view, const Action*> seen;
    for (const Action& action : document_.actions) {
      if (action.id.empty()) continue;
      const auto [first, is_new] = seen.emplace(action.id, &action);
      if (is_new) continue;
      const Place place = PlaceOf(document_, IdOffset(*first->second));
      Report("TL-F006", fmt::format("identifier '{}' stands twice", action.id),
             fmt::format("the first one is at line {} column {}", place.line, place.column),
             IdOffset(action));
    }
  }

  std::uint32_t IdOffset(const Action& action) const {
    const json::Object& object =
        document_.content.AsObject().At("Actions").AsArray()[action.index].AsObject();
    return object.At("Identifier").offset();
  }

  Document& document_;
  Findings& findings_;
};

}  // namespace

void ReadActions(Document& document, Findings& findings) {
  Reader(document, findings).Read();
}

void RefreshActions(Document& document) {
  Findings ignored;  // they were reported when the document was parsed
  ReadActions(document, ignored);
}

}  // namespace trunkline::flow
