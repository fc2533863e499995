#include "cloud/services/cloudformation/serverless/open_api.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/document.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

json::Object Skeleton(std::string_view key, std::string_view version) {
  json::Object info{{"version", "1.0"}, {"title", Ref("AWS::StackName")}};
  json::Object document;
  document.Set(key, version);
  document.Set("info", std::move(info));
  document.Set("paths", json::Object());
  return document;
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool HasPaths(const json::Value* document) {
  return document && document->IsObject() && document->AsObject().Has("paths") &&
         document->AsObject().At("paths").IsObject();
}

bool IsParameterName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return IsDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' ||
           c == '-';
  });
}

bool IsStarred(std::string_view name, bool greedy) {
  if (name == "proxy+") return true;
  if (greedy && name.ends_with('+')) name.remove_suffix(1);
  return IsParameterName(name);
}

ServiceError NotAMethod(std::string_view method, std::string_view path) {
  return InvalidStructure(
      fmt::format("Definition of method '{}' for path '{}' should be a map.", method, path));
}

// The method's definitions that have an integration.
Answer<void> CollectMethods(json::Value& method, std::string_view name, const std::string& path,
                            std::vector<NamedMethod>& found) {
  for (json::Value* definition : Alternatives(method)) {
    if (!definition->IsObject()) return NotAMethod(name, path);
    if (!Given(definition->AsObject(), kIntegration)) continue;
    found.push_back({.name = MethodKey(name), .definition = &definition->AsObject()});
  }
  return {};
}

constexpr std::string_view kNoMethods[] = {"description", "parameters", "summary"};

}  // namespace

json::Object SwaggerSkeleton() {
  return Skeleton("swagger", "2.0");
}
json::Object OpenApiSkeleton() {
  return Skeleton("openapi", "3.0.1");
}

bool IsVersion3(const json::Value* openapi) {
  if (!openapi || !IsGiven(*openapi)) return false;
  const std::string text = TextOf(*openapi);
  if (text.size() != 3 && text.size() != 5) return false;
  const bool minor = text[0] == '3' && text[1] == '.' && IsDigit(text[2]);
  return minor && (text.size() == 3 || (text[3] == '.' && IsDigit(text[4])));
}

bool IsOpenApi(const json::Value* document) {
  return HasPaths(document) && IsVersion3(document->AsObject().Find("openapi"));
}

bool IsSwagger(const json::Value* document) {
  return HasPaths(document) && (Given(document->AsObject(), "swagger") || IsOpenApi(document));
}

std::string MethodKey(std::string_view method) {
  std::string key = ToLower(method);
  return key == "any" ? std::string(kAnyMethod) : key;
}

std::string StarredPath(std::string_view path, bool greedy) {
  std::string made;
  while (true) {
    const std::size_t start = path.find('{');
    const std::size_t end = start == std::string_view::npos ? start : path.find('}', start);
    if (end == std::string_view::npos) return made.append(path);
    const std::string_view name = path.substr(start + 1, end - start - 1);
    made.append(path.substr(0, start));
    if (IsStarred(name, greedy))
      made += '*';
    else
      made.append(path.substr(start, end - start + 1));
    path.remove_prefix(end + 1);
  }
}

std::vector<json::Value*> Alternatives(json::Value& value) {
  if (!IfArguments(value)) return {&value};
  std::vector<json::Value*> all;
  json::Array& arguments = value.AsObject().Find("Fn::If")->AsArray();
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (!IsNoValue(arguments[i])) all.push_back(&arguments[i]);
  }
  return all;
}

Answer<std::vector<json::Object*>> PathItems(json::Object& document, const std::string& path) {
  std::vector<json::Object*> items;
  json::Value* value = ObjectAt(document, "paths").Find(path);
  if (!value) return items;
  for (json::Value* item : Alternatives(*value)) {
    if (!item->IsObject()) {
      return InvalidStructure(
          fmt::format("Value of '{}' path must be a dictionary according to Swagger spec.", path));
    }
    items.push_back(&item->AsObject());
  }
  return items;
}

Answer<std::vector<json::Object*>> MethodsAt(json::Object& document, const std::string& path,
                                             std::string_view method) {
  TL_TRY(const std::vector<json::Object*> items, PathItems(document, path));
  std::vector<NamedMethod> found;
  for (json::Object* item : items) {
    json::Value* value = item->Find(MethodKey(method));
    if (value) TL_DO(CollectMethods(*value, method, path, found));
  }
  std::vector<json::Object*> definitions;
  for (const NamedMethod& one : found) definitions.push_back(one.definition);
  return definitions;
}

Answer<std::vector<NamedMethod>> AllMethodsAt(json::Object& document, const std::string& path) {
  TL_TRY(const std::vector<json::Object*> items, PathItems(document, path));
  std::vector<NamedMethod> found;
  for (json::Object* item : items) {
    for (json::Member& member : *item) {
      if (std::find(std::begin(kNoMethods), std::end(kNoMethods), member.key) !=
          std::end(kNoMethods))
        continue;
      TL_DO(CollectMethods(member.value, member.key, path, found));
    }
  }
  return found;
}

std::vector<std::string> PathsOf(const json::Object& document) {
  std::vector<std::string> paths;
  for (const json::Member& member : document.GetObject("paths")) paths.push_back(member.key);
  return paths;
}

Answer<void> AddPath(json::Object& document, const std::string& path, std::string_view method) {
  json::Object& paths = ObjectAt(document, "paths");
  if (!paths.Has(path)) paths.Set(path, json::Object());
  TL_TRY(const std::vector<json::Object*> items, PathItems(document, path));
  for (json::Object* item : items) {
    json::Value& definition = (*item)[MethodKey(method)];
    if (definition.IsNull()) definition = json::Object();
  }
  return {};
}

Answer<bool> HasIntegration(json::Object& document, const std::string& path,
                            std::string_view method) {
  TL_TRY(const std::vector<json::Object*> items, PathItems(document, path));
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(document, path, method));
  return !items.empty() && methods.size() >= items.size();
}

json::Object& ObjectAt(json::Object& object, std::string_view key) {
  json::Value& value = object[key];
  if (!value.IsObject()) value = json::Object();
  return value.AsObject();
}

}  // namespace trunkline::cloud::cloudformation::serverless
