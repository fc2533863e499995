// The table of legacy modules: which action each one is, and where its parameters and branches go.
// One file for each family of modules; what a row cannot say is a function beside it.
#pragma once

#include <span>
#include <string_view>

#include "flow/catalogue.h"

namespace trunkline::flow {

class LegacyBuilder;

struct LegacyWord {
  std::string_view from;
  std::string_view to;
};

struct LegacyParameterRule {
  std::string_view from;
  std::string_view to;  // path below Parameters: "LexBot.Name"; empty: see `says`
  std::span<const LegacyWord> words = {};  // of a value that is one of these
  ResourceKind resource = ResourceKind::kNone;
  bool entry = false;          // an entry of the object `to`, under the parameter's key
  std::string_view says = {};  // without `to`: this value says nothing, any other one is lost
};

enum class LegacyBranchTo { kNext, kError, kCondition, kEvaluate };

struct LegacyBranchRule {
  std::string_view condition;
  LegacyBranchTo to = LegacyBranchTo::kNext;
  std::string_view name = {};  // kError: the error's type; kCondition: the operand
  std::string_view op = "Equals";
};

struct LegacyMember {
  std::string_view path;
  std::string_view value;
};

struct LegacyModuleRule {
  std::string_view type;
  std::string_view target = {};
  std::string_view action;
  std::span<const LegacyParameterRule> parameters = {};
  std::span<const LegacyBranchRule> branches = {};
  std::span<const LegacyMember> always = {};  // parameters that the module's type alone says
  std::span<const LegacyMember> needed = {};  // and those made up where the export has none
  std::string_view mirrors = "Error";  // the branch that NextAction repeats without "Success", as
                                       // the console writes it
  void (*convert)(LegacyBuilder& action) = nullptr;  // before the rows: what they cannot say
};

extern constinit const std::span<const LegacyModuleRule> kLegacyDataModules;
extern constinit const std::span<const LegacyModuleRule> kLegacyFlowModules;
extern constinit const std::span<const LegacyModuleRule> kLegacyMediaModules;
extern constinit const std::span<const LegacyModuleRule> kLegacyParticipantModules;
extern constinit const std::span<const LegacyModuleRule> kLegacyRoutingModules;

// Of a type with one rule the target does not matter. nullptr when nobody knows the type, or which
// of several it is.
const LegacyModuleRule* FindLegacyModuleRule(std::string_view type, std::string_view target);

inline constexpr LegacyBranchRule kLegacySuccess[] = {{.condition = "Success"}};
inline constexpr LegacyBranchRule kLegacySuccessOrError[] = {
    {.condition = "Success"},
    {.condition = "Error", .to = LegacyBranchTo::kError, .name = "NoMatchingError"},
};
inline constexpr LegacyWord kLegacyTruth[] = {{"true", "True"}, {"false", "False"}};
inline constexpr LegacyWord kLegacySwitch[] = {{"Enable", "Enabled"}, {"Disable", "Disabled"}};

}  // namespace trunkline::flow
