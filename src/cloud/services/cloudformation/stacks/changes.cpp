#include "cloud/services/cloudformation/stacks/changes.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/apply.h"
#include "cloud/services/cloudformation/stacks/change_details.h"
#include "cloud/services/cloudformation/stacks/existing.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

// A change without the values of its details.
json::Object WithoutTargetValues(json::Object change) {
  for (json::Value& detail : change["Details"].AsArray()) {
    json::Object& target = detail.AsObject()["Target"].AsObject();
    for (const char* member : {"Path", "BeforeValue", "AfterValue", "AttributeChangeType"})
      target.Remove(member);
  }
  return change;
}

// The template of a nested stack may have changed: nobody knows before it is updated.
void AddAutomatic(ResourceDetails& made) {
  made.scope = json::Array{"Properties"};
  json::Object target{{"Attribute", "Properties"}, {"RequiresRecreation", "Never"}};
  made.details.emplace_back(json::Object{
      {"Target", std::move(target)}, {"Evaluation", "Dynamic"}, {"ChangeSource", "Automatic"}});
}

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
                                     : AttributeOf(found->second, attribute);
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

  // `values` is what IncludePropertyValues shows besides; none: the change is not shown then.
  void Push(json::Object change, const json::Object& values) {
    json::Object detailed = change;
    for (const json::Member& member : values) detailed.Set(member.key, member.value);
    AddTo(plan_.changes, WithoutTargetValues(std::move(change)));
    AddTo(plan_.values, std::move(detailed));
  }

  static void AddTo(json::Array& changes, json::Object change) {
    changes.emplace_back(json::Object{{"Type", "Resource"}, {"ResourceChange", std::move(change)}});
  }

  // The change set of a nested stack; empty: there is none.
  std::string LookInto(const TemplateResource& resource, std::string_view physical_id,
                       const json::Object& wanted) {
    if (resource.type != kStackType || !input_.look_into) return {};
    plan_.has_nested = true;
    const NestedChanges found = input_.look_into({.logical_id = resource.name,
                                                  .physical_id = std::string(physical_id),
                                                  .properties = wanted});
    if (plan_.problem.empty()) plan_.problem = found.problem;
    if (found.change_set_id.empty()) return {};
    plan_.nested.emplace_back(
        json::Object{{"LogicalResourceId", resource.name}, {"ChangeSetId", found.change_set_id}});
    return found.change_set_id;
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
    const json::Object wanted = Wanted(resource);
    if (!imported && MayExist(resource, wanted)) {
      plan_.named.emplace_back(json::Object{{"LogicalResourceId", resource.name},
                                            {"ResourceType", resource.type},
                                            {"Properties", wanted}});
    }
    change.SetIfNotEmpty("ChangeSetId", LookInto(resource, {}, wanted));
    Push(std::move(change), {{"AfterContext", ContextText(wanted)}});
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
    Push(std::move(change), {{"BeforeContext", ContextText(body.GetObject("Properties"))}});
  }

  DetailInput InputFor(const TemplateResource& resource, const json::Object& body) {
    DetailInput input;
    input.resource = &resource;
    input.type = FindResourceType(resource.type);
    input.live = &body;
    input.wanted = Wanted(resource);
    input.before = &before_.GetObject("Resources").GetObject(resource.name);
    input.unknown = &unknown_;
    input.perhaps = &perhaps_;
    input.modified = &modified_;
    input.changed_parameters = ChangedParameters();
    input.retagged = TagsChanged(*input.type, body, input_.target->body);
    return input;
  }

  void CompareResource(const TemplateResource& resource, const json::Object& body) {
    DetailInput input = InputFor(resource, body);
    const std::string nested =
        LookInto(resource, body.GetString("PhysicalResourceId"), input.wanted);
    ResourceDetails details = MakeDetails(input);
    input.values = true;
    ResourceDetails with_values = MakeDetails(input);
    const bool retyped = body.GetString("ResourceType") != resource.type;
    if (resource.type == kStackType && !retyped && (!input_.look_into || !nested.empty())) {
      if (details.details.empty()) AddAutomatic(details);
      if (with_values.details.empty()) AddAutomatic(with_values);
    }
    if (details.details.empty() && !retyped) return;
    if (retyped) details.replacement = with_values.replacement = "True";
    Remember(resource.name, details.replacement);
    AddTo(plan_.changes,
          WithoutTargetValues(ModifyChange(resource, body, std::move(details), nested)));
    if (with_values.details.empty() && !retyped) return;
    json::Object change = ModifyChange(resource, body, std::move(with_values), nested);
    change.Set("BeforeContext", ContextText(body.GetObject("Properties")));
    change.Set("AfterContext", ContextText(input.wanted));
    AddTo(plan_.values, std::move(change));
  }

  void Remember(const std::string& name, std::string_view replacement) {
    if (replacement == "False") {
      modified_.insert(name);
      return;
    }
    unknown_.insert(name);
    if (replacement == "Conditional") perhaps_.insert(name);
  }

  static json::Object ModifyChange(const TemplateResource& resource, const json::Object& body,
                                   ResourceDetails details, const std::string& nested) {
    json::Object change{{"Action", "Modify"},
                        {"LogicalResourceId", resource.name},
                        {"PhysicalResourceId", body.GetString("PhysicalResourceId")},
                        {"ResourceType", resource.type},
                        {"Replacement", details.replacement},
                        {"Scope", std::move(details.scope)},
                        {"Details", std::move(details.details)}};
    change.SetIfNotEmpty("ChangeSetId", nested);
    if (details.replacement == "True") {
      change.Set("PolicyAction", body.GetString("UpdateReplacePolicy") == "Retain"
                                     ? "ReplaceAndRetain"
                                     : "ReplaceAndDelete");
    }
    return change;
  }

  Names ChangedParameters() {
    Names names;
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

  bool OutputsUse(const Names& names) {
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
  Names unknown_;   // what is new or replaced
  Names perhaps_;   // what of it may stay as it is
  Names modified_;  // what is updated in place
  Names seen_;
  ChangePlan plan_;
};

}  // namespace

ChangePlan PlanChanges(Context& context, const ChangeInput& input) {
  return Planner(context, input).Plan();
}

}  // namespace trunkline::cloud::cloudformation
