#include "cloud/services/cloudformation/serverless/serverless.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/api.h"
#include "cloud/services/cloudformation/serverless/connector.h"
#include "cloud/services/cloudformation/serverless/deployments.h"
#include "cloud/services/cloudformation/serverless/globals.h"
#include "cloud/services/cloudformation/serverless/implicit_apis.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"
#include "cloud/services/cloudformation/serverless/references.h"
#include "cloud/services/cloudformation/template/template.h"

namespace trunkline::cloud::cloudformation {
namespace serverless {
namespace {

// In the order in which they are translated: events change APIs, connectors look at what all
// others became.
constexpr const Kind* kOrder[] = {&kFunctionKind,    &kStateMachineKind, &kApiKind,
                                  &kHttpApiKind,     &kLayerKind,        &kTableKind,
                                  &kApplicationKind, &kConnectorKind};

Answer<void> CheckResources(const json::Object& document) {
  const json::Value* resources = document.Find("Resources");
  if (!resources || !resources->IsObject() || resources->AsObject().empty())
    return InvalidStructure("'Resources' section is required");
  for (const json::Member& member : resources->AsObject()) {
    if (!member.value.IsObject()) {
      return InvalidStructure(
          "All 'Resources' must be Objects. If you're using YAML, this may be an indentation "
          "issue.");
    }
    const json::Object& resource = member.value.AsObject();
    // They are parts of the names and members of everything that is made.
    if (member.key.size() > kMaxNameLength ||
        resource.GetString("Condition").size() > kMaxNameLength)
      return InvalidResource(member.key.substr(0, kMaxNameLength),
                             "Logical ids have 255 characters at most.");
    const json::Value* properties = Present(resource, "Properties");
    if (properties && !properties->IsObject() &&
        resource.GetString("Type").starts_with("AWS::Serverless::"))
      return InvalidResource(member.key, "Attribute 'Properties' should be a map.");
  }
  return {};
}

// Resources that several serverless ones may change or share: a taken logical id is no error.
constexpr std::string_view kShared[] = {"AWS::ApiGateway::BasePathMapping",
                                        "AWS::ApiGateway::DomainName", "AWS::S3::Bucket",
                                        "AWS::SNS::Topic"};

bool IsTaken(const Document& document, const Source& source, const Resource& made) {
  const auto original = document.types.find(made.id);
  if (original == document.types.end() || made.id == source.id) return false;
  const bool shared =
      std::find(std::begin(kShared), std::end(kShared), made.type) != std::end(kShared);
  return !shared || original->second != made.type;
}

void PutAll(Document& document, const Source& source, const Kind& kind,
            const std::vector<Resource>& all) {
  for (const Resource& resource : all) {
    if (IsTaken(document, source, resource)) {
      document.Problem({"ValidationError",
                        fmt::format("Transforming resource with id [{}] attempts to create a new "
                                    "resource with id [{}] and type \"{}\". A resource with that "
                                    "id already exists within this template. Please use a "
                                    "different id for that resource.",
                                    source.id, resource.id, resource.type)});
      continue;
    }
    document.Put(resource);
    for (const Referable& referable : kind.referable) {
      if (referable.type == resource.type)
        document.references[fmt::format("{}.{}", source.id, referable.name)] = resource.id;
    }
  }
}

Answer<void> TranslateOne(Document& document, const Kind& kind, const std::string& id) {
  Source source{.id = id,
                .type = std::string(kind.type),
                .body = document.resources.GetObject(id),
                .properties = {}};
  source.properties = source.body.GetObject("Properties");
  if (!IsAlphanumeric(id)) return InvalidResource(id, "Logical ids must be alphanumeric.");
  TL_DO(CheckRules(kind.rules, source.properties, id, kind.type));
  TL_TRY(const std::vector<Resource> all, kind.translate(document, source));
  document.resources.Remove(id);
  PutAll(document, source, kind, all);
  return {};
}

// Names of functions, by the API that their events name.
void CollectFunctionNames(Document& document, const json::Object& function) {
  const json::Object& properties = function.GetObject("Properties");
  const json::Value* name = Given(properties, "FunctionName");
  if (!name) return;
  const std::string text = TextOf(document.values.Resolve(*name));
  for (const json::Member& event : properties.GetObject("Events")) {
    if (!event.value.IsObject() || event.value.AsObject().GetString("Type") != "Api") continue;
    const json::Object& own = event.value.AsObject().GetObject("Properties");
    const json::Value* api = own.Find("RestApiId");
    if (api) document.function_names[api->IsString() ? api->AsString() : LogicalIdOf(*api)] += text;
  }
}

void TranslateAll(Document& document) {
  for (const Kind* kind : kOrder) {
    std::vector<std::string> ids;
    for (const json::Member& member : document.resources) {
      if (document.TypeOf(member.key) == kind->type) ids.push_back(member.key);
    }
    for (const std::string& id : ids) {
      if (kind == &kFunctionKind) CollectFunctionNames(document, document.resources.GetObject(id));
      auto done = TranslateOne(document, *kind, id);
      if (!done) document.Problem(WithinResource(id, done.error()));
    }
  }
}

ServiceError Failed(std::vector<std::string> problems) {
  std::sort(problems.begin(), problems.end());
  return {"ValidationError",
          fmt::format("Transform {} failed with: Invalid Serverless Application Specification "
                      "document. Number of errors found: {}. {}",
                      kServerless, problems.size(), Join(problems, " "))};
}

Answer<void> Prepare(Document& document) {
  AddImplicitApis(document);
  if (!document.problems.empty()) return {};
  TL_DO(MergeGlobals(document));
  ApplyOpenApiVersions(document);
  AddEmbeddedConnectors(document);
  for (const json::Member& member : document.resources)
    document.types[member.key] = document.TypeOf(member.key);
  return {};
}

}  // namespace

Answer<json::Object> Expand(json::Object whole, const json::Object& parameters,
                            std::string_view moment) {
  if (const auto sound = CheckResources(whole); !sound) return Failed({sound.error().message});
  Document document(std::move(whole), parameters);
  document.moment = moment;
  if (const auto prepared = Prepare(document); !prepared) return Failed({prepared.error().message});
  if (document.problems.empty()) {
    TranslateAll(document);
    AddDeployments(document);
  }
  if (!document.problems.empty()) return Failed(document.problems);
  json::Object made = std::move(document.sections);
  made.Set("Resources", std::move(document.resources));
  made.Remove("Transform");
  return ReplaceReferences(json::Value(std::move(made)), document.references, document.renamed)
      .AsObject();
}

}  // namespace serverless

Answer<json::Object> ExpandServerless(json::Object document, const json::Object& parameters,
                                      std::string_view moment) {
  return serverless::Expand(std::move(document), parameters, moment);
}

}  // namespace trunkline::cloud::cloudformation
