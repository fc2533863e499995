// Rows of the catalogue as JSON.
#include <limits>

#include "base/text.h"
#include "flow/explain.h"
#include "flow/explain/notes.h"
#include "flow/explain/words.h"

namespace trunkline::flow {
namespace {

json::Array Texts(std::span<const std::string_view> words) {
  json::Array array;
  for (const std::string_view word : words) array.emplace_back(word);
  return array;
}

json::Array Texts(const std::string& joined) {
  json::Array array;
  if (joined.empty()) return array;
  for (const std::string_view word : Split(joined, ',')) array.emplace_back(Trim(word));
  return array;
}

void SetList(json::Object& object, std::string_view key, json::Array array) {
  if (!array.empty()) object.Set(key, std::move(array));
}

json::Array GroupsAsJson(std::span<const ParameterGroup> groups) {
  json::Array array;
  for (const ParameterGroup& group : groups) {
    json::Object object{{"count", WordOf(group.count)}, {"names", Texts(group.names)}};
    object.SetIfNotEmpty("when", group.when.words);
    object.Set("need", WordOf(group.need));
    array.emplace_back(std::move(object));
  }
  return array;
}

void SetBounds(json::Object& object, const Parameter& row) {
  if (row.minimum != std::numeric_limits<std::int64_t>::min()) object.Set("minimum", row.minimum);
  if (row.maximum != std::numeric_limits<std::int64_t>::max()) object.Set("maximum", row.maximum);
}

// `before` is where they stand on the page of the action: "Media.".
json::Array ParametersAsJson(Parameters rows, const ActionKind& kind, const std::string& before) {
  json::Array array;
  for (const Parameter& row : rows) {
    const std::string path = before + std::string(row.name);
    json::Object object{{"name", row.name},
                        {"need", WordOf(row.need)},
                        {"type", WordOf(row.type)},
                        {"value", WordOf(row.value)}};
    SetBounds(object, row);
    SetList(object, "words", Texts(row.words));
    object.SetIfNotEmpty("characters", row.characters);
    if (row.reference != ResourceKind::kNone)
      object.Set("reference",
                 json::Object{{"kind", ToText(row.reference)}, {"form", WordOf(row.form)}});
    object.SetIfNotEmpty("when", row.when.words);
    if (row.standing != Standing::kNormal) object.Set("standing", WordOf(row.standing));
    if (row.strict_form) object.Set("otherFormsAccepted", true);
    object.Set("channels", Texts(ChannelNames(row.channels & kind.channels)));
    object.Set("evidence", WordOf(EvidenceOf(kind, row)));
    SetList(object, "members", ParametersAsJson(row.members(), kind, PathOfMembers(row, path)));
    SetList(object, "groups", GroupsAsJson(row.groups));
    object.SetIfNotEmpty("note", NoteOn(kind.name, path));
    array.emplace_back(std::move(object));
  }
  return array;
}

json::Array ErrorsAsJson(std::span<const ErrorRule> rules, std::string_view type) {
  json::Array array;
  for (const ErrorRule& rule : rules) {
    json::Object object{{"type", rule.type}, {"need", WordOf(rule.need)}};
    object.SetIfNotEmpty("when", rule.when.words);
    object.SetIfNotEmpty("note", NoteOn(type, rule.type));
    array.emplace_back(std::move(object));
  }
  return array;
}

json::Array ConditionsAsJson(std::span<const ResultRule> rules) {
  json::Array array;
  for (const ResultRule& rule : rules) {
    json::Object object{{"operators", Texts(rule.operators)}};
    SetList(object, "operands", Texts(rule.words));
    object.Set("required", rule.required);
    object.Set("everyOperand", rule.all_words);
    object.Set("ascending", rule.ascending);
    object.SetIfNotEmpty("when", rule.when.words);
    array.emplace_back(std::move(object));
  }
  return array;
}

}  // namespace

json::Object ToJson(const ActionKind& kind) {
  json::Object object{{"type", kind.name},
                      {"summary", kind.summary},
                      {"blocks", Texts(BlockNames(kind))},
                      {"category", WordOf(kind.category)},
                      {"flowTypes", Texts(FlowTypeNames(kind.flow_types))},
                      {"moreFlowTypes", Texts(FlowTypeNames(kind.more_flow_types))},
                      {"refusedFlowTypes", Texts(FlowTypeNames(kind.refused_flow_types))},
                      {"channels", Texts(ChannelNames(kind.channels))},
                      {"evidence", WordOf(kind.evidence)},
                      {"waitsForInput", kind.waits_for_input},
                      {"otherParametersAccepted", kind.open}};
  object.SetIfNotEmpty("note", NoteOn(kind.name, ""));
  object.SetIfNotEmpty("undocumented", kind.undocumented);
  object.Set("parameters", ParametersAsJson(kind.parameters, kind, ""));
  object.Set("groups", GroupsAsJson(kind.groups));
  object.Set("nextAction", WordOf(kind.next));
  object.Set("conditions", ConditionsAsJson(kind.results));
  object.Set("errors", ErrorsAsJson(kind.errors, kind.name));
  return object;
}

json::Object ActionListAsJson() {
  json::Array families;
  for (const ActionFamily& family : AllActionFamilies()) {
    json::Array actions;
    for (const ActionKind& kind : family.kinds)
      actions.emplace_back(json::Object{
          {"type", kind.name}, {"blocks", Texts(BlockNames(kind))}, {"summary", kind.summary}});
    families.emplace_back(json::Object{{"name", family.name}, {"actions", std::move(actions)}});
  }
  return {{"families", std::move(families)}};
}

}  // namespace trunkline::flow
