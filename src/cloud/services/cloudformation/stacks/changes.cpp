#include "cloud/services/cloudformation/stacks/changes.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/apply.h"
#include "cloud/services/cloudformation/stacks/change_details.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Looks at the resources in the order in which they would be made.
class Planner {
 public:
  Planner(Context& context, const ChangeInput& input)
      : context_(context), input_(input), preview_(input.target->scope) {
    before_ = ReadBefore();
    BindPreview();
  }

  ChangePlan Plan() {
    for (const TemplateResource& resource : input_.target->document->resources) {
      if (input_.target->dependencies.contains(resource.name)) Look(resource);
    }
    for (const auto& [name, body] : live_) {
      if (!input_.target->dependencies.contains(name)) AddRemoval(body);
    }
    CompareRest();
    return std::move(plan_);
  }

 private:
  json::Object ReadBefore() {
    for (json::Object& body : ListResources(context_, input_.stack.id)) {
      const std::string name(body.GetString("LogicalResourceId"));
      live_.emplace(name, std::move(body));
    }
    if (input_.previous.empty()) return {};
    const bool processed = input_.previous.Has("Processed");
    auto document =
        ReadTemplate(input_.previous.GetString(processed ? "Processed" : "TemplateBody"));
    return document ? std::move(*document) : json::Object();
  }

  void BindPreview() {
    preview_.reference = [this](std::string_view name) -> Answer<json::Value> {
      const auto found = live_.find(name);
      if (unknown_.contains(name) || found == live_.end()) return json::Value(kKnownAfterApply);
      const std::string_view reference = found->second.GetString("Reference");
      return json::Value(reference.empty() ? found->second.GetString("PhysicalResourceId")
                                           : reference);
    };
    preview_.attribute = [this](std::string_view name,
                                std::string_view attribute) -> Answer<json::Value> {
      const auto found = live_.find(name);
      const json::Value* value = found == live_.end() || unknown_.contains(name)
                                     ? nullptr
                                     : found->second.GetObject("Attributes").Find(attribute);
      return value ? *value : json::Value(kKnownAfterApply);
    };
    preview_.import_value = [this](std::string_view name) -> Answer<json::Value> {
      const Record* record = context_.store.Find(context_.RegionScope(), kExport, name);
      return record ? record->body.At("Value") : json::Value(kKnownAfterApply);
    };
  }

  // Those it needs first.
  void Look(const TemplateResource& resource) {
    if (!seen_.insert(resource.name).second) return;
    for (const std::string& name : input_.target->dependencies.at(resource.name))
      Look(*input_.target->document->Find(name));
    const auto found = live_.find(resource.name);
    const bool made =
        found != live_.end() && !found->second.GetString("PhysicalResourceId").empty();
    if (made) {
      CompareResource(resource, found->second);
    } else {
      AddNew(resource);
    }
  }

  json::Object Wanted(const TemplateResource& resource) {
    auto wanted = EvaluateObject(preview_, resource.properties);
    return wanted ? std::move(*wanted) : json::Object();
  }

  void Push(json::Object change) {
    plan_.changes.emplace_back(
        json::Object{{"Type", "Resource"}, {"ResourceChange", std::move(change)}});
  }

  void AddNew(const TemplateResource& resource) {
    unknown_.insert(resource.name);
    const bool imported = input_.imports.Has(resource.name);
    json::Object change{{"Action", imported ? "Import" : "Add"},
                        {"LogicalResourceId", resource.name},
                        {"ResourceType", resource.type},
                        {"Scope", json::Array()},
                        {"Details", json::Array()}};
    if (imported) change.Set("PhysicalResourceId", input_.imports.At(resource.name));
    change.Set("AfterContext", ContextText(Wanted(resource)));
    Push(std::move(change));
  }

  void AddRemoval(const json::Object& body) {
    const std::string_view policy = body.GetString("DeletionPolicy");
    json::Object change{{"PolicyAction", policy == "Retain" ? "Retain" : "Delete"},
                        {"Action", "Remove"},
                        {"LogicalResourceId", body.GetString("LogicalResourceId")},
                        {"PhysicalResourceId", body.GetString("PhysicalResourceId")},
                        {"ResourceType", body.GetString("ResourceType")},
                        {"Scope", json::Array()},
                        {"Details", json::Array()}};
    change.Set("BeforeContext", ContextText(body.GetObject("Properties")));
    Push(std::move(change));
  }

  void CompareResource(const TemplateResource& resource, const json::Object& body) {
    DetailInput input;
    input.resource = &resource;
    input.type = FindResourceType(resource.type);
    input.live = &body;
    input.wanted = Wanted(resource);
    input.before = &before_.GetObject("Resources").GetObject(resource.name);
    input.unknown = &unknown_;
    input.changed_parameters = ChangedParameters();
    input.retagged = TagsChanged(*input.type, body, input_.target->body);
    ResourceDetails details = MakeDetails(input);
    const bool retyped = body.GetString("ResourceType") != resource.type;
    if (details.details.empty() && !retyped) return;
    const std::string_view replacement = retyped ? "True" : details.replacement;
    if (replacement != "False") unknown_.insert(resource.name);
    json::Object change{{"Action", "Modify"},
                        {"LogicalResourceId", resource.name},
                        {"PhysicalResourceId", body.GetString("PhysicalResourceId")},
                        {"ResourceType", resource.type},
                        {"Replacement", replacement},
                        {"Scope", std::move(details.scope)},
                        {"Details", std::move(details.details)},
                        {"BeforeContext", ContextText(body.GetObject("Properties"))},
                        {"AfterContext", ContextText(input.wanted)}};
    if (replacement == "True") {
      change.Set("PolicyAction", body.GetString("UpdateReplacePolicy") == "Retain"
                                     ? "ReplaceAndRetain"
                                     : "ReplaceAndDelete");
    }
    Push(std::move(change));
  }

  std::set<std::string, std::less<>> ChangedParameters() {
    std::set<std::string, std::less<>> names;
    for (const json::Value& item : input_.target->parameters.kept) {
      const json::Array& before = input_.previous.GetArray("Parameters");
      if (std::find(before.begin(), before.end(), item) == before.end())
        names.emplace(item.AsObject().GetString("ParameterKey"));
    }
    return names;
  }

  void CompareRest() {
    if (input_.previous.empty()) return;
    for (const char* member : {"Tags", "NotificationARNs"}) {
      if (input_.previous.GetArray(member) != input_.target->body.GetArray(member))
        plan_.settings = true;
    }
    plan_.outputs = before_.GetObject("Outputs") != input_.target->document->Section("Outputs") ||
                    (OutputsUse(ChangedParameters()) && !before_.GetObject("Outputs").empty());
  }

  bool OutputsUse(const std::set<std::string, std::less<>>& names) {
    bool used = false;
    VisitReferences(
        json::Value(input_.target->document->Section("Outputs")), nullptr,
        [&](const Reference& reference) { used = used || names.contains(reference.name); });
    return used;
  }

  Context& context_;
  const ChangeInput& input_;
  Scope preview_;
  json::Object before_;  // the present document
  std::map<std::string, json::Object, std::less<>> live_;
  std::set<std::string, std::less<>> unknown_;  // what is new or replaced
  std::set<std::string, std::less<>> seen_;
  ChangePlan plan_;
};

}  // namespace

ChangePlan PlanChanges(Context& context, const ChangeInput& input) {
  return Planner(context, input).Plan();
}

json::Array WithoutValues(const json::Array& changes) {
  json::Array made = changes;
  for (json::Value& item : made) {
    json::Object& change = item.AsObject()["ResourceChange"].AsObject();
    change.Remove("BeforeContext");
    change.Remove("AfterContext");
    if (json::Value* details = change.Find("Details")) {
      for (json::Value& detail : details->AsArray()) {
        json::Object& target = detail.AsObject()["Target"].AsObject();
        for (const char* member : {"Path", "BeforeValue", "AfterValue", "AttributeChangeType"})
          target.Remove(member);
      }
    }
  }
  return made;
}

}  // namespace trunkline::cloud::cloudformation
