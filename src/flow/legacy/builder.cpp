#include "flow/legacy/builder.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/shown.h"
#include "base/text.h"
#include "flow/legacy/values.h"
#include "flow/symbols.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kShownLoss = 60;

void SetAt(json::Object& object, std::string_view path, json::Value value) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) {
    object.Set(path, std::move(value));
    return;
  }
  const std::string_view head = path.substr(0, dot);
  json::Value* inner = object.Find(head);
  if (inner == nullptr || !inner->IsObject()) inner = &object.Set(head, json::Object());
  SetAt(inner->AsObject(), path.substr(dot + 1), std::move(value));
}

const json::Value* FindAt(const json::Object& object, std::string_view path) {
  const std::size_t dot = path.find('.');
  const json::Value* found = object.Find(path.substr(0, dot));
  if (found == nullptr || dot == std::string_view::npos) return found;
  return found->IsObject() ? FindAt(found->AsObject(), path.substr(dot + 1)) : nullptr;
}

bool IsEmpty(const LegacyParameter& parameter) {
  return parameter.space.empty() && parameter.value.empty() && parameter.resource.empty();
}

}  // namespace

LegacyBuilder::LegacyBuilder(const Document& legacy, const LegacyModule& module,
                             const LegacyModuleRule& rule, Findings& findings)
    : legacy_(legacy),
      module_(module),
      rule_(rule),
      findings_(findings),
      taken_(module.parameters.size(), false),
      action_(rule.action),
      metadata_(module.metadata) {}

std::string LegacyBuilder::Name() const {
  return fmt::format("module '{}' ({}{}{})", module_.id, module_.type,
                     module_.target.empty() ? "" : ", ", module_.target);
}

void LegacyBuilder::Say(Severity severity, std::string_view code, std::string message,
                        std::string hint, std::uint32_t offset) {
  findings_.push_back(
      FindingAt(legacy_, severity, code, std::move(message), std::move(hint), offset));
}

void LegacyBuilder::Lose(const LegacyParameter& parameter, std::string_view why) {
  const std::string value = parameter.key.empty()
                                ? parameter.value
                                : fmt::format("{}={}", parameter.key, parameter.value);
  Say(Severity::kWarning, "TL-F503",
      fmt::format("{}: parameter '{}' is lost: '{}'", Name(), parameter.name,
                  Shown(value, kShownLoss)),
      std::string(why), parameter.offset);
}

const LegacyParameter* LegacyBuilder::Take(std::string_view name) {
  for (std::size_t at = 0; at < taken_.size(); ++at) {
    if (taken_[at] || module_.parameters[at].name != name) continue;
    taken_[at] = true;
    return &module_.parameters[at];
  }
  return nullptr;
}

std::string LegacyBuilder::ReferenceTo(std::string_view space, std::string_view key,
                                       std::uint32_t offset) {
  LegacyReference reference = ResolveLegacy(space, key);
  if (reference.text.empty()) {
    Say(Severity::kError, "TL-F506",
        fmt::format("{}: '{}' of namespace '{}' is at no known place", Name(), key, space),
        "replace it in the export by a value of 'User Defined', 'External' or 'System'", offset);
  } else if (!reference.is_certain) {
    Say(Severity::kWarning, "TL-F506",
        fmt::format("{}: '{}' of namespace '{}' became '{}', which no guide names", Name(), key,
                    space, reference.text),
        "try the branch that reads it", offset);
  }
  return std::move(reference.text);
}

std::string LegacyBuilder::Value(const LegacyParameter& parameter) {
  if (!parameter.space.empty())
    return ReferenceTo(parameter.space, parameter.value, parameter.offset);
  if (!parameter.value.empty()) return parameter.value;
  Say(Severity::kWarning, "TL-F506",
      fmt::format("{}: the empty '{}' became a blank", Name(),
                  parameter.key.empty() ? parameter.name : parameter.key),
      "the service refuses empty text", parameter.offset);
  return " ";
}

bool LegacyBuilder::Has(std::string_view path) const {
  return FindAt(parameters_, path) != nullptr;
}

void LegacyBuilder::Set(std::string_view path, json::Value value) {
  SetAt(parameters_, path, std::move(value));
}

std::string LegacyBuilder::ResourceText(ResourceKind kind, const LegacyParameter& parameter) {
  const bool only_a_name = parameter.space.empty() && parameter.value.empty();
  if (!only_a_name || parameter.resource.empty()) return Value(parameter);
  std::string symbol = WriteSymbol(kind, parameter.resource);
  Say(Severity::kNote, "TL-F507",
      fmt::format("{}: the export has only the name '{}', which became '{}'", Name(),
                  parameter.resource, symbol),
      "the symbol is replaced where the flow is delivered", parameter.offset);
  return symbol;
}

void LegacyBuilder::SetResource(std::string_view path, ResourceKind kind,
                                const LegacyParameter& parameter) {
  Set(path, ResourceText(kind, parameter));
  if (!parameter.resource.empty())
    SetAt(metadata_, fmt::format("parameters.{}.displayName", path), parameter.resource);
}

void LegacyBuilder::SetResourceOfLayout(std::string_view path, ResourceKind kind,
                                        std::string_view member) {
  const json::Object& named = module_.metadata.GetObject(member);
  const LegacyParameter parameter{.name = std::string(member),
                                  .value = std::string(named.GetString("id")),
                                  .key = {},
                                  .space = {},
                                  .resource = std::string(named.GetString("text")),
                                  .offset = module_.offset};
  if (!parameter.value.empty() || !parameter.resource.empty()) SetResource(path, kind, parameter);
}

std::string LegacyBuilder::Word(const LegacyParameterRule& row, const LegacyParameter& parameter) {
  std::string text = Value(parameter);
  if (row.words.empty() || !parameter.space.empty()) return text;
  const auto found = std::ranges::find_if(
      row.words, [&](const LegacyWord& word) { return EqualsIgnoreCase(word.from, text); });
  if (found != row.words.end()) return std::string(found->to);
  std::string expected;
  for (const LegacyWord& word : row.words)
    expected += fmt::format("{}'{}'", expected.empty() ? "" : ", ", word.from);
  Say(Severity::kWarning, "TL-F506",
      fmt::format("{}: '{}' stays '{}', because it is none of {}", Name(), parameter.name,
                  Shown(text, kShownLoss), expected),
      fmt::format("the action takes '{}' and the like", row.words[0].to), parameter.offset);
  return text;
}

void LegacyBuilder::ApplyRow(const LegacyParameterRule& row) {
  while (const LegacyParameter* parameter = Take(row.from)) {
    if (row.to.empty()) {
      if (!EqualsIgnoreCase(parameter->value, row.says) && !parameter->value.empty())
        Lose(*parameter, fmt::format("{} has no such parameter", action_));
    } else if (row.entry) {
      if (!parameters_.Has(row.to)) Set(row.to, json::Object());
      json::Object& entries = parameters_.Find(row.to)->AsObject();
      if (entries.Has(parameter->key)) {
        Lose(*parameter, "its key stands twice; the first one counts");
      } else {
        entries.Set(parameter->key, Value(*parameter));
      }
    } else if (Has(row.to)) {
      Lose(*parameter, "it stands twice; the first one counts");
    } else if (IsEmpty(*parameter)) {
      continue;  // it says nothing
    } else if (row.resource != ResourceKind::kNone) {
      SetResource(row.to, row.resource, *parameter);
    } else {
      Set(row.to, Word(row, *parameter));
    }
  }
}

void LegacyBuilder::Build() {
  for (const LegacyMember& member : rule_.always) Set(member.path, member.value);
  if (rule_.convert != nullptr) rule_.convert(*this);
  for (const LegacyParameterRule& row : rule_.parameters) ApplyRow(row);
  for (std::size_t at = 0; at < taken_.size(); ++at)
    if (!taken_[at]) Lose(module_.parameters[at], fmt::format("{} has no such parameter", action_));
  for (const LegacyMember& member : rule_.needed) {
    if (Has(member.path)) continue;
    Set(member.path, member.value);
    Say(Severity::kWarning, "TL-F507",
        fmt::format("{}: '{}' was made up: '{}'", Name(), member.path, member.value),
        fmt::format("{} needs it; check the value", action_), module_.offset);
  }
  for (const LegacyBranch& branch : module_.branches) AddBranch(branch);
  const ActionKind* kind = FindActionKind(action_);
  if (kind == nullptr || kind->next == Next::kTerminal) return;
  SetNext();
  FitErrors(*kind);
  FitConditions(*kind);
}

json::Object LegacyBuilder::TakeMetadata() {
  return std::move(metadata_);
}

json::Object LegacyBuilder::TakeAction() {
  json::Object transitions;
  transitions.SetIfNotEmpty("NextAction", next_);
  json::Array conditions;
  for (const Branch& one : conditions_) {
    const json::Object condition{{"Operator", one.op}, {"Operands", json::Array{one.name}}};
    conditions.emplace_back(json::Object{{"NextAction", one.target}, {"Condition", condition}});
  }
  json::Array errors;
  for (const Branch& one : errors_)
    errors.emplace_back(json::Object{{"NextAction", one.target}, {"ErrorType", one.name}});
  if (!conditions.empty()) transitions.Set("Conditions", std::move(conditions));
  if (!errors.empty()) transitions.Set("Errors", std::move(errors));
  return {{"Parameters", std::move(parameters_)},
          {"Identifier", module_.id},
          {"Type", action_},
          {"Transitions", std::move(transitions)}};
}

}  // namespace trunkline::flow
