#include "cloud/services/cloudformation/serverless/implicit_apis.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// The two kinds of API.
struct Implicit {
  std::string_view id;
  std::string_view event;
  std::string_view member;  // of the event: the API
  std::string_view type;
  json::Object (*skeleton)();
  bool (*is_document)(const json::Value*);
  bool http = false;
};
constexpr Implicit kRest{.id = "ServerlessRestApi",
                         .event = "Api",
                         .member = "RestApiId",
                         .type = kApi,
                         .skeleton = SwaggerSkeleton,
                         .is_document = IsSwagger};
constexpr Implicit kHttp{.id = "ServerlessHttpApi",
                         .event = "HttpApi",
                         .member = "ApiId",
                         .type = kHttpApi,
                         .skeleton = OpenApiSkeleton,
                         .is_document = IsOpenApi,
                         .http = true};

// The function or state machine whose event it is.
struct Owner {
  const json::Object& body;
  std::string condition;
};

// Of one kind of API, while all events are looked at.
class Collector {
 public:
  Collector(Document& document, const Implicit& kind) : document_(document), kind_(kind) {}

  void Run();

 private:
  Answer<void> AddEvents(json::Object& owner);
  Answer<void> AddEvent(const std::string& id, json::Object& properties, const Owner& owner);
  void TagImplicit(const json::Object& properties, const Owner& owner);
  Answer<void> AddRouteSettings(const std::string& id, const json::Object& properties,
                                const std::string& api, const Owner& owner);
  void SetCondition();
  void SetPolicy(std::string_view member, std::initializer_list<std::string_view> strongest);
  void MakePathsConditional(const std::string& api, json::Object& properties);
  std::string Combined(const std::string& name, const std::set<std::string>& conditions);

  Document& document_;
  const Implicit& kind_;
  // Conditions of the methods of each API's paths; an empty one: always there.
  using Conditions = std::map<std::string, std::set<std::string>>;
  std::map<std::string, Conditions> conditions_;
  std::map<std::string, std::set<std::string>> policies_;  // DeletionPolicy, UpdateReplacePolicy
};

ServiceError NoApi(const std::string& event, const Implicit& kind) {
  return InvalidEvent(
      event, fmt::format("{} must be a valid reference to an '{}' resource in same template.",
                         kind.member, kind.type));
}

// The API an event names: by Ref or by its logical id.
std::string ApiOf(const json::Value* value) {
  if (!value) return {};
  if (value->IsString()) return value->AsString();
  return value->IsObject() ? std::string(value->AsObject().GetString("Ref")) : std::string();
}

Answer<std::string> RequiredText(const std::string& event, const json::Object& properties,
                                 std::string_view name) {
  const json::Value* value = Present(properties, name);
  if (!value) return InvalidEvent(event, fmt::format("Property '{}' is required.", name));
  if (!value->IsString())
    return InvalidEvent(event, fmt::format("Property '{}' should be a string.", name));
  return value->AsString();
}

// Without a path and a method an event of an HTTP API is its default route.
void SetDefaultRoute(json::Object& properties) {
  if (Given(properties, "Path") || Given(properties, "Method")) return;
  properties.Set("Path", kDefaultPath);
  properties.Set("Method", kAnyMethod);
}

Answer<void> Collector::AddRouteSettings(const std::string& id, const json::Object& properties,
                                         const std::string& api, const Owner& owner) {
  const json::Value* own = Present(properties, "RouteSettings");
  if (!own) return {};
  json::Value settings = owner.condition.empty() ? *own : If(owner.condition, *own);
  if (!settings.IsObject()) return InvalidEvent(id, "Property 'RouteSettings' should be a map.");
  const std::string_view path = properties.GetString("Path");
  const std::string_view method = properties.GetString("Method");
  const std::string route =
      method == kAnyMethod ? std::string(path) : fmt::format("{} {}", ToUpper(method), path);
  json::Object* of_api = document_.PropertiesOf(api);
  json::Object& of_route = ObjectAt(ObjectAt(*of_api, "RouteSettings"), route);
  for (json::Member& member : settings.AsObject()) of_route.Set(member.key, member.value);
  return {};
}

Answer<void> Collector::AddEvent(const std::string& id, json::Object& properties,
                                 const Owner& owner) {
  TagImplicit(properties, owner);
  if (!properties.Has(kind_.member)) properties.Set(kind_.member, Ref(kind_.id));
  if (kind_.http) SetDefaultRoute(properties);
  TL_TRY(const std::string path, RequiredText(id, properties, "Path"));
  TL_TRY(const std::string method, RequiredText(id, properties, "Method"));
  const std::string api = ApiOf(properties.Find(kind_.member));
  if (api.empty())
    return InvalidEvent(id, fmt::format("Property '{}' should be a string.", kind_.member));
  conditions_[api][path].insert(owner.condition);
  if (api == kind_.id) {
    for (const std::string_view name : {"DeletionPolicy", "UpdateReplacePolicy"})
      policies_[std::string(name)].insert(std::string(owner.body.GetString(name)));
  }
  json::Object* of_api = document_.PropertiesOf(api);
  const bool other = document_.TypeOf(api) == kHttpApi && kind_.type != kHttpApi;
  if (!of_api || other) return NoApi(id, kind_);
  if (of_api->GetBool(kManaged) && kind_.is_document(of_api->Find("DefinitionBody")))
    TL_DO(AddPath(of_api->Find("DefinitionBody")->AsObject(), path, method));
  if (kind_.http) TL_DO(AddRouteSettings(id, properties, api, owner));
  return {};
}

// An API that nobody wrote has the tags of those who do.
void Collector::TagImplicit(const json::Object& properties, const Owner& owner) {
  if (properties.Has(kind_.member)) return;
  const std::string_view name = owner.body.GetString("Type").substr(17);
  const json::Object& globals = document_.sections.GetObject("Globals").GetObject(name);
  const json::Object& own = owner.body.GetObject("Properties");
  if (!Given(own, "PropagateTags") && !Given(globals, "PropagateTags")) return;
  const json::Object& tags = (Given(own, "Tags") ? own : globals).GetObject("Tags");
  if (tags.empty()) return;
  json::Object* api = document_.PropertiesOf(kind_.id);
  for (const json::Member& tag : tags) ObjectAt(*api, "Tags").Set(tag.key, tag.value);
  api->Set("PropagateTags", true);
}

Answer<void> Collector::AddEvents(json::Object& body) {
  const Owner owner{.body = body, .condition = std::string(body.GetString("Condition"))};
  json::Value* properties = body.Find("Properties");
  json::Value* events =
      properties && properties->IsObject() ? properties->AsObject().Find("Events") : nullptr;
  if (!events || !events->IsObject()) return {};
  for (json::Member& event : events->AsObject()) {
    if (!event.value.IsObject() || event.value.AsObject().GetString("Type") != kind_.event)
      continue;
    json::Value& own = event.value.AsObject()["Properties"];
    if (own.IsNull() && kind_.http) own = json::Object();
    if (!own.IsNull() && !own.IsObject())
      return InvalidEvent(event.key, "Properties should be a map.");
    if (!own.IsObject() || (!kind_.http && own.AsObject().empty())) continue;
    TL_DO(AddEvent(event.key, own.AsObject(), owner));
  }
  return {};
}

// A name for "one of these": conditions take ten arguments at most, so there may be several.
std::string Collector::Combined(const std::string& name, const std::set<std::string>& conditions) {
  constexpr std::size_t kMost = 10;
  std::vector<std::string> rest(conditions.begin(), conditions.end());
  std::size_t number = (rest.size() - 2) / (kMost - 1);
  while (rest.size() > 1) {
    const std::string made = number > 0 ? fmt::format("{}{}", name, number--) : name;
    const auto end = rest.begin() + static_cast<std::ptrdiff_t>(std::min(kMost, rest.size()));
    document_.AddCondition(made, Or({rest.begin(), end}));
    rest.erase(rest.begin(), end);
    rest.push_back(made);
  }
  return name;
}

void Collector::SetCondition() {
  std::set<std::string> all;
  for (const auto& [path, conditions] : conditions_[std::string(kind_.id)])
    all.insert(conditions.begin(), conditions.end());
  if (all.empty() || all.contains("")) return;
  const std::string condition =
      all.size() == 1 ? *all.begin() : Combined(fmt::format("{}Condition", kind_.id), all);
  document_.resources.Find(kind_.id)->AsObject().Set("Condition", condition);
}

void Collector::SetPolicy(std::string_view member,
                          std::initializer_list<std::string_view> strongest) {
  const std::set<std::string>& all = policies_[std::string(member)];
  for (const std::string_view policy : strongest) {
    if (!all.contains(std::string(policy))) continue;
    document_.resources.Find(kind_.id)->AsObject().Set(member, policy);
    return;
  }
}

void Collector::MakePathsConditional(const std::string& api, json::Object& properties) {
  json::Object& paths = ObjectAt(ObjectAt(properties, "DefinitionBody"), "paths");
  for (json::Member& path : paths) {
    const std::set<std::string>& conditions = conditions_[api][path.key];
    if (conditions.empty() || conditions.contains("")) continue;
    std::string name = *conditions.begin();
    if (conditions.size() > 1) {
      const std::string word =
          Replace(Replace(Replace(path.key, "/", "SLASH"), "{", "OB"), "}", "CB");
      name = Combined(fmt::format("{}{}PathCondition", api, word), conditions);
    }
    path.value = If(name, std::move(path.value));
  }
}

void Collector::Run() {
  const std::string id(kind_.id);
  std::optional<json::Value> existing;
  if (const json::Value* found = document_.resources.Find(id)) existing = *found;
  json::Object properties;
  if (!kind_.http) properties.Set("StageName", "Prod");
  properties.Set("DefinitionBody", kind_.skeleton());
  properties.Set(kManaged, true);
  json::Object api{{"Type", kind_.type}, {"Properties", std::move(properties)}};
  document_.resources.Set(id, std::move(api));
  for (json::Member& member : document_.resources) {
    if (!member.value.IsObject()) continue;
    const std::string_view type = member.value.AsObject().GetString("Type");
    if (type != kFunction && type != kStateMachine) continue;
    if (auto added = AddEvents(member.value.AsObject()); !added)
      document_.Problem(WithinResource(member.key, added.error()));
  }
  SetCondition();
  SetPolicy("DeletionPolicy", {"Retain", "Delete"});
  SetPolicy("UpdateReplacePolicy", {"Retain", "Snapshot", "Delete"});
  for (json::Member& member : document_.resources) {
    if (document_.TypeOf(member.key) != kind_.type) continue;
    json::Object* of_api = document_.PropertiesOf(member.key);
    if (of_api && of_api->GetBool(kManaged)) MakePathsConditional(member.key, *of_api);
  }
  if (!document_.PropertiesOf(id)->GetObject("DefinitionBody").GetObject("paths").empty()) return;
  document_.resources.Remove(id);
  if (existing) document_.resources.Set(id, std::move(*existing));
}

void AddDefaultDocuments(Document& document) {
  for (const json::Member& member : document.resources) {
    const std::string type = document.TypeOf(member.key);
    if (type != kApi && type != kHttpApi) continue;
    json::Object* properties = document.PropertiesOf(member.key);
    if (!properties || Given(*properties, "DefinitionBody") || Given(*properties, "DefinitionUri"))
      continue;
    properties->Set("DefinitionBody", type == kApi ? SwaggerSkeleton() : OpenApiSkeleton());
    properties->Set(kManaged, true);
  }
}

}  // namespace

void AddImplicitApis(Document& document) {
  AddDefaultDocuments(document);
  Collector(document, kRest).Run();
  Collector(document, kHttp).Run();
}

}  // namespace trunkline::cloud::cloudformation::serverless
