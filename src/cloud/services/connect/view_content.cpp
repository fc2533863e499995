// What a view shows: its content, checked, and the views that AWS manages.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/json_text.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/view_parts.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kMaxContent = 400'000;  // the model's text
constexpr std::size_t kMaxActions = 1000;     // the resource type's schema

// The managed views by their documented names. AWS counts their versions from 1 and has not
// published another one.
constexpr std::array<std::string_view, 5> kManaged = {"Cards", "Confirmation", "Detail", "Form",
                                                      "List"};

// The first name of a reference: "$.Order.Id" needs the input "Order".
std::string_view InputOf(std::string_view text) {
  if (!text.starts_with("$.")) return {};
  text.remove_prefix(2);
  return text.substr(0, text.find_first_of(".[ "));
}

void CollectInputs(const json::Value& value, std::set<std::string>& names) {
  if (value.IsString()) {
    const std::string_view name = InputOf(value.AsString());
    if (!name.empty()) names.emplace(name);
  } else if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) CollectInputs(item, names);
  } else if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) CollectInputs(member.value, names);
  }
}

// A JSON schema with a property for each input the template reads.
std::string InputSchema(const json::Value& view_template) {
  std::set<std::string> names;
  CollectInputs(view_template, names);
  json::Object properties;
  json::Array required;
  for (const std::string& name : names) {
    properties.Set(name, json::Object());
    required.emplace_back(name);
  }
  json::Object schema;
  schema.Set("type", "object");
  schema.Set("properties", std::move(properties));
  schema.Set("required", std::move(required));
  return json::Write(schema);
}

Answer<void> CheckPublished(const json::Object& view_template) {
  const json::Value* head = view_template.Find("Head");
  if (head != nullptr && !head->IsObject()) {
    return InvalidParameter(fmt::format(
        "expected an object as the Head of a view's template but got {}", head->TypeName()));
  }
  const json::Value* body = view_template.Find("Body");
  if (body == nullptr) {
    return InvalidParameter("the template of a published view needs a Body");
  }
  if (body->IsArray()) return {};
  return InvalidParameter(
      fmt::format("expected a list as the Body of a view's template but got {}", body->TypeName()));
}

Answer<void> CheckActions(const json::Object& content) {
  std::set<std::string_view> seen;
  for (const json::Value& action : content.GetArray("Actions")) {
    if (!seen.insert(action.AsString()).second) {
      return InvalidParameter(
          fmt::format("the action '{}' of a view is there twice", action.AsString()));
    }
  }
  if (seen.size() <= kMaxActions) return {};
  return InvalidParameter(
      fmt::format("a view has at most {} actions, this one has {}", kMaxActions, seen.size()));
}

Record ManagedView(const Context& context, std::string_view name) {
  Record view{.id = std::string(name), .name = std::string(name)};
  view.id.front() = static_cast<char>(view.id.front() - 'A' + 'a');
  view.body.Set("Id", view.id);
  view.body.Set("Arn", fmt::format("arn:aws:connect:{}:aws:view/{}:1", context.region, view.id));
  view.body.Set("Name", name);
  view.body.Set("Type", kAwsManaged);
  view.body.Set("Status", "PUBLISHED");
  view.body.Set("Version", 1);
  return view;
}

}  // namespace

Answer<json::Object> ReadViewContent(const json::Object& content, std::string_view status) {
  const std::string_view text = content.GetString("Template");
  const std::string actions = json::Write(content.GetArray("Actions"));
  if (text.size() + actions.size() > kMaxContent) {
    return InvalidParameter(fmt::format("the content of a view has at most {} bytes, this has {}",
                                        kMaxContent, text.size() + actions.size()));
  }
  TL_DO(CheckActions(content));
  if (text.empty() && status == "PUBLISHED") {
    return InvalidParameter("a published view needs a template");
  }
  json::Object kept;
  CopyMembers(content, {"Template", "Actions"}, kept);
  if (!text.empty()) {
    TL_TRY(const json::Object view_template,
           ReadJsonObject(text, "the template of a view", "InvalidParameterException"));
    if (status == "PUBLISHED") TL_DO(CheckPublished(view_template));
    kept.Set("InputSchema", InputSchema(view_template));
  }
  json::Object body;
  body.Set("ViewContentSha256", ContentSha256(fmt::format("{}\n{}", text, actions)));
  body.Set("Content", std::move(kept));
  body.Set("Status", status);
  return body;
}

json::Object ShownView(const Record& view, const json::Object& content) {
  json::Object shown = view.body;
  CopyMembers(content, {"Content", "ViewContentSha256", "Status", "Version", "VersionDescription"},
              shown);
  if (content.Has("Version")) {
    shown.Set("Arn", fmt::format("{}:{}", view.body.GetString("Arn"), content.GetInt("Version")));
  }
  return shown;
}

std::vector<Record> ManagedViews(const Context& context) {
  std::vector<Record> views;
  for (const std::string_view name : kManaged) views.push_back(ManagedView(context, name));
  return views;
}

std::vector<Record> FindManagedView(const Context& context, std::string_view arn) {
  const QualifiedId wanted = SplitQualifier(arn);
  const bool known =
      wanted.qualifier.empty() || wanted.qualifier == kLatest || wanted.qualifier == "1";
  std::vector<Record> views = ManagedViews(context);
  std::erase_if(views, [&](const Record& view) {
    return !known || SplitQualifier(view.body.GetString("Arn")).id != wanted.id;
  });
  return views;
}

}  // namespace trunkline::cloud::connect
