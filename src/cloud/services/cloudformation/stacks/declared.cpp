#include "cloud/services/cloudformation/stacks/declared.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<void> AddPolicy(const Scope& scope, const json::Value& policy, std::string_view member,
                       json::Object& members) {
  if (policy.IsNull()) return {};
  TL_TRY(const std::string text, EvaluateText(scope, policy, member));
  members.Set(member, text);
  return {};
}

}  // namespace

Answer<Declared> EvaluateDeclared(const Run& run, const TemplateResource& resource) {
  const Scope& scope = run.target.scope;
  Declared made;
  TL_TRY(made.properties, EvaluateObject(scope, resource.properties));
  if (run.target.parameters.no_echo) {
    TL_TRY(made.shown, EvaluateObject(run.masked, resource.properties));
  } else {
    made.shown = made.properties;
  }
  TL_DO(AddPolicy(scope, resource.deletion_policy, "DeletionPolicy", made.members));
  TL_DO(AddPolicy(scope, resource.update_replace_policy, "UpdateReplacePolicy", made.members));
  if (!resource.metadata.IsNull()) {
    TL_TRY(Maybe metadata, Evaluate(scope, resource.metadata));
    if (metadata) made.members.Set("Metadata", std::move(*metadata));
  }
  json::Array needs;
  for (const std::string& name : run.target.dependencies.at(resource.name))
    needs.emplace_back(name);
  made.members.Set("DependsOn", std::move(needs));
  return made;
}

void SetDeclared(json::Object& body, const json::Object& members) {
  for (const char* name : {"DeletionPolicy", "UpdateReplacePolicy", "Metadata", "DependsOn"}) {
    body.Remove(name);
    if (const json::Value* value = members.Find(name)) body.Set(name, *value);
  }
}

}  // namespace trunkline::cloud::cloudformation
