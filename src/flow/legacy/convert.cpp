// A whole legacy export: its modules one by one, then what is around them.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/shown.h"
#include "base/text.h"
#include "flow/legacy.h"
#include "flow/legacy/builder.h"
#include "flow/validate.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kLegacyVersion = "1";
constexpr std::size_t kShownMember = 60;

std::array<std::span<const LegacyModuleRule>, 5> LegacyFamilies() {
  return {kLegacyDataModules, kLegacyFlowModules, kLegacyMediaModules, kLegacyParticipantModules,
          kLegacyRoutingModules};
}

std::vector<std::string> LegacyTypes() {
  std::set<std::string> names;
  for (const std::span<const LegacyModuleRule> family : LegacyFamilies())
    for (const LegacyModuleRule& rule : family) names.emplace(rule.type);
  return {names.begin(), names.end()};
}

class LegacyConverter {
 public:
  explicit LegacyConverter(const Document& legacy)
      : legacy_(legacy), modules_(ReadLegacyModules(legacy, findings_)) {}

  LegacyConversion Run() {
    for (const LegacyModule& module : modules_) ConvertModule(module);
    SayLostMembers();
    if (HasErrors(findings_)) return {.document = {}, .findings = std::move(findings_)};
    Parsed parsed = Parse(json::WritePretty(Content()), legacy_.file);
    if (parsed.document) SayProblems(*parsed.document, parsed.findings);
    return {.document = std::move(parsed.document), .findings = std::move(findings_)};
  }

 private:
  const json::Object& Root() const { return legacy_.root.AsObject(); }

  void Say(Severity severity, std::string_view code, std::string message, std::string hint,
           std::uint32_t offset) {
    findings_.push_back(
        FindingAt(legacy_, severity, code, std::move(message), std::move(hint), offset));
  }

  void ConvertModule(const LegacyModule& module) {
    const LegacyModuleRule* rule = FindLegacyModuleRule(module.type, module.target);
    if (rule == nullptr) return SayUnknown(module);
    if (!module.target.empty() && module.target != rule->target) {
      Say(Severity::kWarning, "TL-F505",
          fmt::format("'target' of module '{}' ({}) is lost: '{}'", module.id, module.type,
                      module.target),
          fmt::format("it became {}", rule->action), module.offset);
    }
    LegacyBuilder builder(legacy_, module, *rule, findings_);
    builder.Build();
    actions_.emplace_back(builder.TakeAction());
    layout_.Set(module.id, builder.TakeMetadata());
  }

  void SayUnknown(const LegacyModule& module) {
    const std::optional<std::string> nearest = Nearest(module.type, LegacyTypes());
    const bool other_target = nearest == module.type;
    Say(Severity::kError, "TL-F502",
        fmt::format("module '{}' has type '{}'{}, which nobody knows", module.id, module.type,
                    module.target.empty() ? "" : fmt::format(" with target '{}'", module.target)),
        nearest && !other_target ? fmt::format("did you mean '{}'?", *nearest)
                                 : "import the export in the console and export it again",
        module.offset);
  }

  void SayLostMembers() {
    constexpr std::string_view kKnown[] = {"modules", "version", "type", "start", "metadata"};
    for (const json::Member& member : Root()) {
      if (std::ranges::find(kKnown, member.key) != std::end(kKnown)) continue;
      Say(Severity::kWarning, "TL-F505",
          fmt::format("'{}' is lost: {}", member.key,
                      Shown(json::Write(member.value), kShownMember)),
          "the flow language has no such member", member.key_offset);
    }
    const json::Value* version = Root().Find("version");
    if (version == nullptr || *version == json::Value(kLegacyVersion) || *version == json::Value(1))
      return;
    Say(Severity::kWarning, "TL-F505",
        fmt::format("expected version '{}' but got {}", kLegacyVersion, json::Write(*version)),
        "only version 1 is known: check the result", version->offset());
  }

  json::Object Content() {
    json::Object metadata = Root().GetObject("metadata");
    if (!metadata.Has("type")) metadata.SetIfNotEmpty("type", Root().GetString("type"));
    metadata.Set("ActionMetadata", std::move(layout_));
    return {{"Version", "2019-10-30"},
            {"StartAction", Root().GetString("start")},
            {"Metadata", std::move(metadata)},
            {"Actions", std::move(actions_)}};
  }

  // What the service would refuse in the result, said where it comes from: each module became the
  // action at its position.
  void SayProblems(const Document& converted, const Findings& reading) {
    Findings all = reading;
    const Findings judged = Validate(converted, ValidateMode::kObserved).findings;
    all.insert(all.end(), judged.begin(), judged.end());
    for (const Finding& one : all) {
      if (one.severity != Severity::kError) continue;
      Say(Severity::kWarning, "TL-F508", fmt::format("in the result, {}", one.message),
          one.hint.empty() ? std::string("the service would refuse it") : one.hint,
          OffsetOf(converted, one.place));
    }
  }

  std::uint32_t OffsetOf(const Document& converted, const Place& place) const {
    std::uint32_t offset = legacy_.root.offset();
    for (const Action& action : converted.actions) {
      if (PlaceOf(converted, action.offset).line > place.line) break;
      if (action.index < modules_.size()) offset = modules_[action.index].offset;
    }
    return offset;
  }

  const Document& legacy_;
  Findings findings_;
  const std::vector<LegacyModule> modules_;
  json::Array actions_;
  json::Object layout_;
};

}  // namespace

const LegacyModuleRule* FindLegacyModuleRule(std::string_view type, std::string_view target) {
  const LegacyModuleRule* only = nullptr;
  std::size_t count = 0;
  for (const std::span<const LegacyModuleRule> family : LegacyFamilies()) {
    for (const LegacyModuleRule& rule : family) {
      if (rule.type != type) continue;
      if (rule.target == target) return &rule;
      only = &rule;
      ++count;
    }
  }
  return count == 1 ? only : nullptr;
}

LegacyConversion ConvertLegacy(const Document& legacy) {
  return LegacyConverter(legacy).Run();
}

}  // namespace trunkline::flow
