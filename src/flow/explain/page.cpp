// The page of a row, as data.
#include <fmt/format.h>

#include "base/text.h"
#include "flow/explain.h"
#include "flow/explain/notes.h"
#include "flow/explain/words.h"

namespace trunkline::flow {
namespace {

using Facts = std::vector<std::string>;

std::string Quoted(std::span<const std::string_view> words) {
  std::vector<std::string> quoted;
  for (const std::string_view word : words) quoted.push_back(fmt::format("'{}'", word));
  return Join(quoted, ", ");
}

std::string WithRange(std::string_view thing, const Parameter& row, std::string_view unit = {}) {
  const std::string range = RangeOf(row);
  if (range.empty()) return std::string(thing);
  return fmt::format("{}{} {}{}{}", thing, unit.empty() ? "" : ",", range, unit.empty() ? "" : " ",
                     unit);
}

std::string TypeOf(const Parameter& row) {
  switch (row.type) {
    case ValueType::kText:
      return WithRange("text", row, "bytes");
    case ValueType::kInteger:
      return WithRange("whole number", row);
    case ValueType::kNumber:
      return WithRange("number", row);
    case ValueType::kBoolean:
      return "'True' or 'False'";
    case ValueType::kWord:
      return "one of " + Quoted(row.words);
    case ValueType::kTextList:
      return WithRange("list of texts", row, "entries") +
             (row.words.empty() ? "" : ": " + Quoted(row.words));
    case ValueType::kMap:
      return WithRange(row.members().empty() ? "object of any keys with texts"
                                             : "object of any keys with objects",
                       row, "entries");
    case ValueType::kObject:
      return "object";
    case ValueType::kObjectList:
      return WithRange("list of objects, at least one", row, "entries");
    case ValueType::kJson:
      return "any JSON";
  }
  return {};
}

// What may stand there; nothing of what only holds others. Lists take references whatever the row.
std::string ValueOf(const Parameter& row) {
  const bool holds_others = row.type == ValueType::kObject || row.type == ValueType::kObjectList ||
                            row.type == ValueType::kTextList || !row.members().empty();
  const bool whole = row.type == ValueType::kObject || row.type == ValueType::kObjectList;
  if (holds_others)
    return whole && row.value != ValueKind::kStatic ? "or one reference to the whole of it" : "";
  const bool many = row.type == ValueType::kMap || row.type == ValueType::kJson;
  return fmt::format("{}{}", many ? "its texts: " : "", Sentence(row.value));
}

std::string ReferenceOf(const Parameter& row) {
  const std::string_view kind = ToText(row.reference);
  const std::string_view what =
      row.type == ValueType::kMap ? "each value names a resource" : "names a resource";
  const std::string symbol = fmt::format("'${{{}:NAME}}' in portable files", kind);
  switch (row.form) {
    case ReferenceForm::kArn:
      return fmt::format("{} of kind {}: its ARN, or {}", what, kind, symbol);
    case ReferenceForm::kId:
      return fmt::format("{} of kind {}: its id, or {}", what, kind, symbol);
    case ReferenceForm::kNumber:
      return fmt::format("{} of kind {}: a phone number in E.164, or {}", what, kind, symbol);
  }
  return {};
}

std::string GroupFact(const ParameterGroup& group) {
  return fmt::format("{} {}{}{}", WordOf(group.count), Quoted(group.names),
                     group.when.words.empty() ? "" : fmt::format(", when {}", group.when.words),
                     group.need == Need::kRequiredStrict
                         ? " (by the documentation; the service was seen to take other numbers)"
                         : "");
}

// How sure it is, and where it counts, where that is less than for the action.
void AddDoubts(Facts& facts, const Parameter& row, const ActionKind& kind) {
  if (row.strict_form)
    facts.emplace_back("in this form by the documentation; the service may take others");
  if ((row.channels & kind.channels) != kind.channels)
    facts.push_back("channels: " + ChannelNames(row.channels & kind.channels));
  if (EvidenceOf(kind, row) != kind.evidence)
    facts.push_back(fmt::format("evidence: {}", Sentence(row.evidence)));
}

Facts FactsOf(const Parameter& row, const ActionKind& kind) {
  Facts facts = {TypeOf(row)};
  if (std::string value = ValueOf(row); !value.empty()) facts.push_back(std::move(value));
  if (row.type == ValueType::kMap && !row.words.empty())
    facts.push_back("keys: " + Quoted(row.words));
  if (!row.characters.empty())
    facts.push_back("only these characters: " + CharactersInWords(row.characters));
  if (row.reference != ResourceKind::kNone) facts.push_back(ReferenceOf(row));
  for (const ParameterGroup& group : row.groups) facts.push_back("holds " + GroupFact(group));
  if (!row.when.words.empty())
    facts.push_back(fmt::format("only when {}; refused otherwise", row.when.words));
  if (row.standing == Standing::kDocumentedOnly)
    facts.emplace_back("documented, but the live service was seen to refuse it");
  if (row.standing == Standing::kExportedOnly)
    facts.emplace_back("in console exports, but the API was seen to refuse it");
  AddDoubts(facts, row, kind);
  return facts;
}

void AddParameters(ExplainedSection& section, Parameters rows, const ActionKind& kind,
                   const std::string& before) {
  for (const Parameter& row : rows) {
    const std::string path = before + std::string(row.name);
    section.items.push_back(
        {.name = path, .need = std::string(Sentence(row.need)), .facts = FactsOf(row, kind)});
    AddParameters(section, row.members(), kind, PathOfMembers(row, path));
  }
}

ExplainedSection ParametersOf(const ActionKind& kind) {
  ExplainedSection section{.title = "Parameters", .facts = {}, .items = {}};
  for (const ParameterGroup& group : kind.groups) section.facts.push_back(GroupFact(group));
  AddParameters(section, kind.parameters, kind, "");
  if (!kind.undocumented.empty())
    section.facts.push_back(fmt::format(
        "nobody documents the form of {}: parameters for it are not judged", kind.undocumented));
  if (kind.open)
    section.facts.emplace_back("not all are known: others are accepted");
  else if (kind.parameters.empty())
    section.facts.emplace_back("none");
  return section;
}

// A rule without a condition of its own, behind one with a condition, is for all other cases.
ExplainedItem ResultItem(const ResultRule& rule, bool first) {
  ExplainedItem item;
  item.name = !rule.when.words.empty() ? fmt::format("when {}", rule.when.words)
              : first                  ? "always"
                                       : "otherwise";
  item.need = rule.all_words  ? "one for every operand is required"
              : rule.required ? "at least one is required"
                              : "optional";
  item.facts.push_back("operators: " + Quoted(rule.operators));
  item.facts.push_back("operands: " +
                       (rule.words.empty() ? std::string("any") : Quoted(rule.words)));
  if (rule.ascending) item.facts.emplace_back("each operand is greater than the one before");
  return item;
}

ExplainedSection ConditionsOf(const ActionKind& kind) {
  ExplainedSection section{.title = "Conditions", .facts = {}, .items = {}};
  for (const ResultRule& rule : kind.results)
    section.items.push_back(ResultItem(rule, &rule == kind.results.data()));
  if (kind.results.empty())
    section.facts.emplace_back(kind.open ? "not known; accepted" : "none: they are refused");
  else if (!kind.results.back().when.words.empty())
    section.items.push_back({.name = "otherwise", .need = "refused", .facts = {}});
  return section;
}

ExplainedSection ErrorsOf(const ActionKind& kind) {
  ExplainedSection section{.title = "Errors", .facts = {}, .items = {}};
  for (const ErrorRule& rule : kind.errors) {
    ExplainedItem item{
        .name = std::string(rule.type), .need = std::string(Sentence(rule.need)), .facts = {}};
    if (!rule.when.words.empty())
      item.facts.push_back(fmt::format("only when {}; refused otherwise", rule.when.words));
    section.items.push_back(std::move(item));
  }
  if (kind.open)
    section.facts.emplace_back("not all are known: others are accepted");
  else if (kind.errors.empty())
    section.facts.emplace_back("none");
  return section;
}

std::string NextOf(const ActionKind& kind) {
  switch (kind.next) {
    case Next::kRequired:
      return "required";
    case Next::kOptional:
      return "optional";
    case Next::kTerminal:
      return "none: the action ends the flow and has no branches";
  }
  return {};
}

std::string_view FamilyNameOf(const ActionKind& kind) {
  for (const ActionFamily& family : AllActionFamilies()) {
    for (const ActionKind& one : family.kinds) {
      if (&one == &kind) return family.name;
    }
  }
  return {};
}

std::string TypesOrAll(FlowTypes types) {
  return types == kEveryFlow ? "all, and modules" : FlowTypeNames(types);
}

void AddFlowTypes(ActionPage& page, const ActionKind& kind) {
  page.properties.emplace_back("flow types", TypesOrAll(kind.flow_types));
  const auto more = static_cast<FlowTypes>(kind.more_flow_types & ~kind.flow_types);
  if (more != 0)
    page.properties.emplace_back("also",
                                 FlowTypeNames(more) + " (administrator guide or exports only)");
  if (kind.refused_flow_types != 0)
    page.properties.emplace_back("refused",
                                 FlowTypeNames(kind.refused_flow_types) + " (live service)");
}

std::string BlocksOf(const ActionKind& kind) {
  std::vector<std::string> names;
  for (const std::string_view name : BlockNames(kind)) names.push_back(fmt::format("'{}'", name));
  return Join(names, ", ");
}

void AddNotes(ActionPage& page) {
  for (ExplainedSection& section : page.sections) {
    for (ExplainedItem& item : section.items) {
      if (const std::string_view note = NoteOn(page.type, item.name); !note.empty())
        item.facts.emplace_back(note);
    }
  }
}

}  // namespace

ActionPage ExplainAction(const ActionKind& kind) {
  ActionPage page{.type = std::string(kind.name),
                  .summary = std::string(kind.summary),
                  .properties = {},
                  .sections = {}};
  page.properties.emplace_back("block", BlocksOf(kind));
  page.properties.emplace_back("family", FamilyNameOf(kind));
  page.properties.emplace_back("category", Sentence(kind.category));
  AddFlowTypes(page, kind);
  page.properties.emplace_back("channels", ChannelNames(kind.channels));
  if (kind.waits_for_input)
    page.properties.emplace_back("waits", "for something from outside before the flow goes on");
  page.properties.emplace_back("evidence", Sentence(kind.evidence));
  page.properties.emplace_back("NextAction", NextOf(kind));
  if (const std::string_view note = NoteOn(kind.name, ""); !note.empty())
    page.properties.emplace_back("note", note);
  page.sections.push_back(ParametersOf(kind));
  if (kind.next != Next::kTerminal) {
    page.sections.push_back(ConditionsOf(kind));
    page.sections.push_back(ErrorsOf(kind));
  }
  AddNotes(page);
  return page;
}

}  // namespace trunkline::flow
