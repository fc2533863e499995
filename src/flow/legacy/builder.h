// LegacyBuilder: one module of a legacy export on its way to an action. It keeps account of which
// parameters were taken, so that every one that was not is reported.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "flow/document.h"
#include "flow/legacy/module.h"
#include "flow/legacy/rules.h"

namespace trunkline::flow {

class LegacyBuilder {
 public:
  LegacyBuilder(const Document& legacy, const LegacyModule& module, const LegacyModuleRule& rule,
                Findings& findings);

  // The action by the rule: function, rows, branches, then what is left over or missing.
  void Build();
  json::Object TakeAction();
  json::Object TakeMetadata();  // for ActionMetadata

  const LegacyModule& module() const { return module_; }
  std::string_view flow_type() const { return legacy_.type; }  // "CUSTOMER_QUEUE"

  // The next parameter of this name, which counts as converted from now on; nullptr after the last.
  const LegacyParameter* Take(std::string_view name);
  // Its text, or the reference that its namespace and value are. An empty text becomes a blank,
  // because the service refuses it.
  std::string Value(const LegacyParameter& parameter);
  // The reference that a namespace and a key are: $.Attributes.key.
  std::string ReferenceTo(std::string_view space, std::string_view key, std::uint32_t offset);
  bool Has(std::string_view path) const;  // below Parameters
  void Set(std::string_view path, json::Value value);
  // Like Value; a resource of which only the name is there becomes a symbol.
  std::string ResourceText(ResourceKind kind, const LegacyParameter& parameter);
  // The same below Parameters; the layout keeps the name.
  void SetResource(std::string_view path, ResourceKind kind, const LegacyParameter& parameter);
  // The resource that the layout names: {"id": ARN, "text": name}; nothing when it names none.
  void SetResourceOfLayout(std::string_view path, ResourceKind kind, std::string_view member);
  void SetType(std::string_view action) { action_ = action; }

  void Lose(const LegacyParameter& parameter, std::string_view why);
  void Say(Severity severity, std::string_view code, std::string message, std::string hint,
           std::uint32_t offset);
  std::string Name() const;  // "module 'id' (Transfer)"

 private:
  struct Branch {
    std::string name;  // the error's type, or the operand
    std::string op;    // of a condition
    std::string target;
    std::uint32_t offset;
  };

  void ApplyRow(const LegacyParameterRule& row);
  std::string Word(const LegacyParameterRule& row, const LegacyParameter& parameter);
  void AddBranch(const LegacyBranch& branch);
  void AddEvaluate(const LegacyBranch& branch);
  void LoseBranch(const LegacyBranch& branch, std::string_view why);
  const LegacyBranch* FindBranch(std::string_view condition) const;
  void SetNext();
  void FitErrors(const ActionKind& kind);
  void FitConditions(const ActionKind& kind);
  void MakeUp(std::string_view what, const std::string& target);

  const Document& legacy_;
  const LegacyModule& module_;
  const LegacyModuleRule& rule_;
  Findings& findings_;
  std::vector<bool> taken_;  // by the position in module_.parameters
  std::string action_;
  json::Object parameters_;
  json::Object metadata_;
  std::string next_;
  std::vector<Branch> errors_;
  std::vector<Branch> conditions_;
};

}  // namespace trunkline::flow
