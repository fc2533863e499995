#include "center/read_lint.h"

#include "center/checker.h"
#include "center/file_kinds.h"
#include "flow/lint_page.h"

namespace trunkline::center {
namespace {

constexpr std::string_view kLevels[] = {"off", "note", "warning", "error"};
constexpr Pattern kRulePattern{
    "TL-L[0-9]{3}[a-z]?|[a-z][a-z0-9-]*",
    "the name or the code of a lint rule, such as 'no-logging' or 'TL-L501'"};
constexpr Pattern kDayPattern{"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])",
                              "a day, such as '2027-03-31'"};

constexpr Field kLevel{.kind = Kind::kString, .one_of = kLevels};
constexpr Field kEnvironment{.kind = Kind::kMap, .pattern = &kRulePattern, .element = &kLevel};
constexpr Field kSuppressionMembers[] = {
    {.name = "rule",
     .summary = "The name or the code of the rule.",
     .required = true,
     .pattern = &kRulePattern},
    {.name = "flow", .summary = "The flow's name, or its file's; every flow unless given."},
    {.name = "action", .summary = "The action's identifier; every action unless given."},
    {.name = "reason",
     .summary = "Why the findings are accepted.",
     .required = true,
     .pattern = &kSomethingPattern},
    {.name = "until",
     .summary = "The last day of the suppression, such as '2027-03-31'.",
     .required = true,
     .pattern = &kDayPattern},
};
constexpr Field kSuppression{.kind = Kind::kObject, .members = kSuppressionMembers};

class LintReader {
 public:
  explicit LintReader(Source& source) : source_(source) {}

  LintSettings Read(const json::Object& lint) {
    LintSettings settings;
    for (const json::Member& member : lint) {
      if (Matches(member.key, kLintCodePattern)) ReadLevel(member, settings.levels);
    }
    for (const json::Member& member : lint.GetObject("levels")) ReadLevel(member, settings.levels);
    for (const json::Member& member : lint.GetObject("environments")) {
      LintEnvironment& environment = settings.environments[member.key];
      environment.place = PlaceOfKey(member);
      if (!member.value.IsObject()) continue;
      for (const json::Member& level : member.value.AsObject())
        ReadLevel(level, environment.levels);
    }
    for (const json::Value& entry : lint.GetArray("suppressions"))
      ReadSuppression(entry, settings.suppressions);
    return settings;
  }

 private:
  Place PlaceOfKey(const json::Member& member) const {
    json::Value key(member.key);
    key.set_offset(member.key_offset);
    return source_.PlaceOf(key);
  }

  // What is not of the form of a rule or a level was said by the shape.
  void ReadLevel(const json::Member& member, flow::LintLevels& levels) {
    if (!member.value.IsString()) return;
    const std::optional<flow::LintLevel> level = flow::LintLevelOf(member.value.AsString());
    const flow::LintRule* rule = FindRule(member.key, PlaceOfKey(member));
    if (level && rule != nullptr) levels[std::string(rule->code)] = *level;
  }

  const flow::LintRule* FindRule(const std::string& name, const Place& place) {
    const Result<const flow::LintRule*> rule = flow::FindLintRule(name);
    if (rule) return *rule;
    if (Matches(name, kRulePattern))
      source_.Say(Severity::kError, "TL-C021", place, rule.error().message(),
                  "'trunkline flow lint --rules' lists them");
    return nullptr;
  }

  void ReadSuppression(const json::Value& entry, std::vector<flow::LintSuppression>& all) {
    if (!entry.IsObject()) return;
    const json::Object& object = entry.AsObject();
    const Text name = source_.Get(object, "rule");
    const flow::LintRule* rule = name->empty() ? nullptr : FindRule(*name, name.place);
    if (rule == nullptr || !flow::IsDay(object.GetString("until"))) return;
    all.push_back({.rule = std::string(rule->code),
                   .flow = std::string(object.GetString("flow")),
                   .action = std::string(object.GetString("action")),
                   .reason = std::string(object.GetString("reason")),
                   .until = std::string(object.GetString("until")),
                   .place = source_.PlaceOf(entry),
                   .source_line = {source_.LineOf(entry)}});
  }

  Source& source_;
};

}  // namespace

constinit const Pattern kLintCodePattern{"TL-[A-Z][0-9]{3}[a-z]?",
                                         "the code of a lint rule, such as 'TL-L501'"};
constinit const Field kLintLevel{.kind = Kind::kString, .one_of = kLevels};
constinit const Field kLintMembers[3] = {
    {.name = "levels",
     .summary = "The level of single rules, by name or code.",
     .kind = Kind::kMap,
     .pattern = &kRulePattern,
     .element = &kLevel},
    {.name = "environments",
     .summary = "Levels that differ in an environment, by its name.",
     .kind = Kind::kMap,
     .element = &kEnvironment},
    {.name = "suppressions",
     .summary = "Findings that are accepted until a day.",
     .kind = Kind::kList,
     .element = &kSuppression},
};

flow::LintLevels LintLevelsOf(const LintSettings& settings, std::string_view environment) {
  flow::LintLevels levels = settings.levels;
  const auto own = settings.environments.find(std::string(environment));
  if (own == settings.environments.end()) return levels;
  for (const auto& [rule, level] : own->second.levels) levels[rule] = level;
  return levels;
}

LintSettings ReadLint(Source& source, const json::Object& lint) {
  return LintReader(source).Read(lint);
}

}  // namespace trunkline::center
