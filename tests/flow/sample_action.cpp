#include "tests/flow/sample_action.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "flow/stub.h"

namespace trunkline::tests {
namespace {

using flow::Need;
using flow::Parameter;
using flow::ParameterGroup;
using flow::ValueKind;
using flow::ValueType;

class Maker {
 public:
  explicit Maker(const flow::ActionKind& kind) : kind_(kind) {}

  json::Object Parameters() {
    Fill(parameters_, kind_.parameters, kind_.groups);
    return parameters_;
  }

 private:
  void Fill(json::Object& object, std::span<const Parameter> rows,
            std::span<const ParameterGroup> groups) {
    for (const Parameter& row : rows) {
      if (row.need != Need::kOptional && row.when.Holds(parameters_))
        object.Set(row.name, Value(row));
    }
    for (const ParameterGroup& group : groups) {
      const bool there =
          std::ranges::any_of(group.names, [&](std::string_view name) { return object.Has(name); });
      if (there || group.count == ParameterGroup::Count::kAtMostOne) continue;
      object.Set(group.names[0], Value(*std::ranges::find(rows, group.names[0], &Parameter::name)));
    }
  }

  json::Value Inside(const Parameter& row) {
    json::Object object;
    Fill(object, row.members(), row.groups);
    return object;
  }

  static std::string Word(const Parameter& row) {
    return row.words.empty() ? "x" : std::string(row.words[0]);
  }

  json::Value Value(const Parameter& row) {
    switch (row.type) {
      case ValueType::kInteger:
      case ValueType::kNumber:
        return std::to_string(std::max<std::int64_t>(row.minimum, 1));
      case ValueType::kBoolean:
        return "True";
      case ValueType::kWord:
        return Word(row);
      case ValueType::kTextList:
        return json::Array{Word(row)};
      case ValueType::kMap:
        return json::Object{{.key = Word(row), .value = row.members().empty() ? "v" : Inside(row)}};
      case ValueType::kObject:
        return Inside(row);
      case ValueType::kObjectList:
        return json::Array{Inside(row)};
      case ValueType::kJson:
        return json::Object{{.key = "k", .value = "v"}};
      default:
        if (row.value == ValueKind::kPath) return "$.Attributes.x";
        return std::string(static_cast<std::size_t>(std::max<std::int64_t>(row.minimum, 1)), 'x');
    }
  }

  const flow::ActionKind& kind_;
  json::Object parameters_;
};

json::Value Branch(std::string_view op, std::string_view operand) {
  json::Object condition{{.key = "Operator", .value = op},
                         {.key = "Operands", .value = json::Array{operand}}};
  return json::Object{{.key = "NextAction", .value = "end"},
                      {.key = "Condition", .value = std::move(condition)}};
}

json::Array Conditions(const flow::ActionKind& kind, const json::Object& parameters) {
  const flow::ResultRule* rule = flow::FindResultRule(kind, parameters);
  json::Array conditions;
  if (rule == nullptr || !rule->required) return conditions;
  if (rule->words.empty()) conditions.push_back(Branch(rule->operators[0], "5"));
  for (const std::string_view word : rule->words)
    conditions.push_back(Branch(rule->operators[0], word));
  return conditions;
}

}  // namespace

json::Object SampleAction(const flow::ActionKind& kind) {
  const json::Object parameters = Maker(kind).Parameters();
  json::Object transitions;
  if (kind.next == flow::Next::kRequired) transitions.Set("NextAction", "end");
  json::Array errors;
  for (const flow::ErrorRule& rule : kind.errors) {
    if (rule.need == Need::kOptional || !rule.when.Holds(parameters)) continue;
    errors.push_back(json::Object{{.key = "ErrorType", .value = rule.type},
                                  {.key = "NextAction", .value = "end"}});
  }
  if (kind.next != flow::Next::kTerminal) {
    transitions.Set("Errors", std::move(errors));
    transitions.Set("Conditions", Conditions(kind, parameters));
  }
  return {{.key = "Identifier", .value = "sample"},
          {.key = "Type", .value = kind.name},
          {.key = "Parameters", .value = parameters},
          {.key = "Transitions", .value = transitions}};
}

std::string SampleFlow(const json::Object& sample, const std::string& type) {
  json::Value content = json::Parse(flow::MinimalContent(type)).value();
  json::Array& actions = content.AsObject()["Actions"].AsArray();
  actions[0].AsObject().Set("Identifier", "end");
  actions.insert(actions.begin(), json::Value(sample));
  content.AsObject().Set("StartAction", "sample");
  return json::Write(content);
}

std::string SampleType(const flow::ActionKind& kind) {
  for (const std::string_view type : flow::AllFlowTypes()) {
    if ((kind.flow_types & flow::FlowTypeBit(type)) != 0) return std::string(type);
  }
  return "MODULE";
}

}  // namespace trunkline::tests
