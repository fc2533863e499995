#include "cloud/services/cloudformation/template/references.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/functions.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

using Visit = std::function<void(const Reference&)>;

Reference FromDotted(const std::string& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return {.name = text};
  return {.name = text.substr(0, dot), .attribute = text.substr(dot + 1), .get_attribute = true};
}

void VisitSub(const json::Value& argument, const Scope* scope, const Visit& visit) {
  const auto sub = ReadSubArgument(argument);
  if (!sub) return;  // told when it is evaluated
  for (const SubPiece& piece : SplitSub(sub->text)) {
    if (!piece.variable || (sub->values && sub->values->Has(piece.text))) continue;
    visit(FromDotted(piece.text));
  }
  if (!sub->values) return;
  for (const json::Member& member : *sub->values) VisitReferences(member.value, scope, visit);
}

void VisitGetAtt(const json::Value& argument, const Scope* scope, const Visit& visit) {
  const auto read = ReadGetAttArgument(argument);
  if (!read) return;
  const std::string attribute = read->attribute.IsString() ? read->attribute.AsString() : "";
  visit({.name = read->resource, .attribute = attribute, .get_attribute = true});
  VisitReferences(read->attribute, scope, visit);
}

void VisitIf(const json::Value& argument, const Scope* scope, const Visit& visit) {
  if (!argument.IsArray() || argument.AsArray().size() != 3) return;
  const json::Array& parts = argument.AsArray();
  const bool decided = scope && parts[0].IsString();
  const bool holds = decided && Holds(*scope, parts[0].AsString());
  if (!decided || holds) VisitReferences(parts[1], scope, visit);
  if (!decided || !holds) VisitReferences(parts[2], scope, visit);
}

void VisitCall(const FunctionCall& call, const Scope* scope, const Visit& visit) {
  if (call.name == "Ref") {
    if (call.argument->IsString()) visit({.name = call.argument->AsString()});
  } else if (call.name == "Fn::GetAtt") {
    VisitGetAtt(*call.argument, scope, visit);
  } else if (call.name == "Fn::Sub") {
    VisitSub(*call.argument, scope, visit);
  } else if (call.name == "Fn::If") {
    VisitIf(*call.argument, scope, visit);
  } else {
    VisitReferences(*call.argument, scope, visit);
  }
}

// Checks the references of one section; collects the names that do not exist.
class Checker {
 public:
  explicit Checker(const Template& document) : document_(document) {
    for (const TemplateResource& resource : document.resources) resources_.insert(resource.name);
  }

  void Check(const json::Value& value) {
    VisitReferences(value, nullptr, [this](const Reference& reference) { Look(reference); });
  }
  void CheckName(const std::string& name) {
    if (!resources_.contains(name)) unresolved_.insert(name);
  }
  Answer<void> Finish(std::string_view section) {
    if (!bad_attribute_.empty()) {
      return TemplateError(
          fmt::format("instance of Fn::GetAtt references undefined resource {}", bad_attribute_));
    }
    if (unresolved_.empty()) return {};
    return ValidationError(
        fmt::format("Template format error: Unresolved resource dependencies [{}] in the {} block "
                    "of the template",
                    fmt::join(unresolved_, ", "), section));
  }

 private:
  void Look(const Reference& reference) {
    if (resources_.contains(reference.name)) return;
    if (reference.get_attribute) {
      bad_attribute_ = reference.name;
      return;
    }
    if (reference.name.starts_with("AWS::") || document_.Section("Parameters").Has(reference.name))
      return;
    unresolved_.insert(reference.name);
  }

  const Template& document_;
  std::set<std::string, std::less<>> resources_;
  std::set<std::string> unresolved_;
  std::string bad_attribute_;
};

Answer<void> CheckConditionName(const Template& document, std::string_view name,
                                std::string_view where) {
  if (name.empty() || document.Section("Conditions").Has(name)) return {};
  return ValidationError(fmt::format(
      "Template format error: Unresolved condition dependency {} in the {} block of the template",
      name, where));
}

std::set<std::string> Needs(const TemplateResource& resource, const Scope& scope) {
  std::set<std::string> needs(resource.depends_on.begin(), resource.depends_on.end());
  const auto add = [&](const Reference& reference) {
    if (scope.document->Find(reference.name)) needs.insert(reference.name);
  };
  VisitReferences(json::Value(resource.properties), &scope, add);
  if (!resource.metadata.IsNull()) VisitReferences(resource.metadata, &scope, add);
  return needs;
}

// Takes away, again and again, what needs nothing that is left: what stays is in a cycle or behind
// one.
void StripFree(Dependencies& left, bool forward) {
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto at = left.begin(); at != left.end();) {
      const bool is_needed = std::any_of(left.begin(), left.end(), [&](const auto& other) {
        return other.second.contains(at->first);
      });
      const bool needs = std::any_of(at->second.begin(), at->second.end(),
                                     [&](const std::string& name) { return left.contains(name); });
      if (forward ? !needs : !is_needed) {
        at = left.erase(at);
        changed = true;
      } else {
        ++at;
      }
    }
  }
}

}  // namespace

void VisitReferences(const json::Value& value, const Scope* scope, const Visit& visit) {
  if (const auto call = AsCall(value)) {
    VisitCall(*call, scope, visit);
  } else if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) VisitReferences(item, scope, visit);
  } else if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) VisitReferences(member.value, scope, visit);
  }
}

Answer<void> CheckReferences(const Template& document) {
  Checker resources(document);
  for (const TemplateResource& resource : document.resources) {
    TL_DO(CheckConditionName(document, resource.condition, "Resources"));
    resources.Check(json::Value(resource.properties));
    for (const std::string& name : resource.depends_on) resources.CheckName(name);
  }
  TL_DO(resources.Finish("Resources"));
  Checker outputs(document);
  for (const json::Member& output : document.Section("Outputs")) {
    const json::Object& body = output.value.AsObject();
    TL_DO(CheckConditionName(document, body.GetString("Condition"), "Outputs"));
    if (!body.Has("Value")) {
      return ValidationError(
          "Template format error: Every Outputs member must contain a Value object");
    }
    for (const char* member : {"Value", "Export"}) {
      if (const json::Value* value = body.Find(member)) outputs.Check(*value);
    }
  }
  return outputs.Finish("Outputs");
}

Answer<Dependencies> FindDependencies(const Scope& scope) {
  Dependencies made;
  std::set<std::string> missing;
  for (const TemplateResource& resource : scope.document->resources) {
    if (!Holds(scope, resource.condition)) continue;
    std::set<std::string>& needs = made[resource.name];
    for (const std::string& name : Needs(resource, scope)) {
      const TemplateResource* other = scope.document->Find(name);
      if (other && Holds(scope, other->condition)) {
        needs.insert(name);
      } else if (std::find(resource.depends_on.begin(), resource.depends_on.end(), name) ==
                 resource.depends_on.end()) {
        missing.insert(name);  // DependsOn of what its condition leaves out is no dependency
      }
    }
  }
  if (!missing.empty()) {
    return ValidationError(
        fmt::format("Template format error: Unresolved resource dependencies [{}] in the Resources "
                    "block of the template",
                    fmt::join(missing, ", ")));
  }
  TL_DO(CheckNoCycle(made));
  return made;
}

Answer<void> CheckNoCycle(const Dependencies& dependencies) {
  // The quick way through what has no cycle: count, and take what is free.
  std::map<std::string_view, std::vector<std::string_view>> needed_by;
  std::map<std::string_view, std::size_t> open;
  std::vector<std::string_view> free;
  for (const auto& [name, needs] : dependencies) {
    open[name] = needs.size();
    if (needs.empty()) free.push_back(name);
    for (const std::string& other : needs) needed_by[other].push_back(name);
  }
  std::size_t taken = 0;
  for (; taken < free.size(); ++taken) {
    for (const std::string_view name : needed_by[free[taken]]) {
      if (--open[name] == 0) free.push_back(name);
    }
  }
  if (taken == dependencies.size()) return {};
  Dependencies left = dependencies;
  StripFree(left, true);
  StripFree(left, false);
  std::vector<std::string> names;
  for (const auto& [name, needs] : left) names.push_back(name);
  return ValidationError(
      fmt::format("Circular dependency between resources: [{}]", fmt::join(names, ", ")));
}

}  // namespace trunkline::cloud::cloudformation
