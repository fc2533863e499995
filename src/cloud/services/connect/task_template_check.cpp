#include "cloud/services/connect/task_template_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kMaxFields = 50;  // the resource type's schema, as the next one
constexpr std::size_t kMaxOptions = 50;

// A template has at most one field of each of these.
constexpr std::array<std::string_view, 6> kSingle = {
    "NAME", "DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"};

// Fields by their names, their types with them.
using Fields = std::map<std::string_view, std::string_view>;

std::string_view NameOf(const json::Object& item) {
  return item.GetObject("Id").GetString("Name");
}

Answer<void> CheckOptions(const json::Object& field, const std::string& path) {
  const json::Array& options = field.GetArray("SingleSelectOptions");
  const bool select = field.GetString("Type") == "SINGLE_SELECT";
  if (select && options.empty()) {
    return PropertyError(path + ".SingleSelectOptions", "REQUIRED_PROPERTY_MISSING",
                         "a field of the type SINGLE_SELECT needs options");
  }
  if (!select && !options.empty()) {
    return PropertyError(path + ".SingleSelectOptions", "NOT_SUPPORTED",
                         "only a field of the type SINGLE_SELECT has options");
  }
  if (options.size() <= kMaxOptions) return {};
  return PropertyError(path + ".SingleSelectOptions", "INVALID_FORMAT",
                       fmt::format("a field has at most {} options", kMaxOptions));
}

Answer<void> AddField(const json::Object& field, const std::string& path, Fields& fields) {
  const std::string_view name = NameOf(field);
  const std::string_view type = field.GetString("Type");
  if (name.empty()) {
    return PropertyError(path + ".Id.Name", "REQUIRED_PROPERTY_MISSING", "a field needs a name");
  }
  if (type.empty()) {
    return PropertyError(path + ".Type", "REQUIRED_PROPERTY_MISSING",
                         fmt::format("the field '{}' needs a type", name));
  }
  const auto same = [&](const auto& other) { return other.second == type; };
  if (std::ranges::find(kSingle, type) != kSingle.end() && std::ranges::any_of(fields, same)) {
    return PropertyError(path + ".Type", "UNIQUE_CONSTRAINT_VIOLATED",
                         fmt::format("a template has one field of the type {} at most", type));
  }
  if (!fields.emplace(name, type).second) {
    return PropertyError(path + ".Id.Name", "UNIQUE_CONSTRAINT_VIOLATED",
                         fmt::format("there are two fields named '{}'", name));
  }
  return CheckOptions(field, path);
}

Answer<Fields> ReadFields(const json::Object& body) {
  Fields fields;
  const json::Array& list = body.GetArray("Fields");
  if (list.size() > kMaxFields) {
    return PropertyError("Fields", "INVALID_FORMAT",
                         fmt::format("a template has at most {} fields", kMaxFields));
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    TL_DO(AddField(list[i].AsObject(), fmt::format("Fields[{}]", i), fields));
  }
  return fields;
}

// Every item names a field; the answer is their names.
Answer<std::set<std::string_view>> CheckItems(const Fields& fields, const json::Array& items,
                                              std::string_view path) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string_view name = NameOf(items[i].AsObject());
    const std::string at = fmt::format("{}[{}].Id.Name", path, i);
    if (!fields.contains(name)) {
      return PropertyError(at, "REFERENCED_RESOURCE_NOT_FOUND",
                           fmt::format("the template has no field '{}'", name));
    }
    if (!names.insert(name).second) {
      return PropertyError(at, "UNIQUE_CONSTRAINT_VIOLATED",
                           fmt::format("the field '{}' is named twice", name));
    }
  }
  return names;
}

Answer<void> CheckConstraints(const Fields& fields, const json::Object& constraints,
                              std::string_view name_field) {
  TL_TRY(const auto required,
         CheckItems(fields, constraints.GetArray("RequiredFields"), "Constraints.RequiredFields"));
  TL_DO(CheckItems(fields, constraints.GetArray("ReadOnlyFields"), "Constraints.ReadOnlyFields"));
  TL_DO(CheckItems(fields, constraints.GetArray("InvisibleFields"), "Constraints.InvisibleFields"));
  if (required.contains(name_field)) return {};
  return PropertyError(
      "Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING",
      fmt::format("the field '{}' of the type NAME must be among the required fields", name_field));
}

const std::string_view* FieldOf(const Fields& fields, std::string_view type) {
  const auto found =
      std::ranges::find_if(fields, [&](const auto& field) { return field.second == type; });
  return found == fields.end() ? nullptr : &found->first;
}

// A default of a choice is one of its options.
Answer<void> CheckDefaults(const Fields& fields, const json::Object& body) {
  const json::Array& defaults = body.GetObject("Defaults").GetArray("DefaultFieldValues");
  TL_DO(CheckItems(fields, defaults, "Defaults.DefaultFieldValues"));
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const json::Object& item = defaults[i].AsObject();
    const auto same = [&](const json::Value& field) {
      return NameOf(field.AsObject()) == NameOf(item);
    };
    const json::Array& list = body.GetArray("Fields");
    const json::Object& field = std::ranges::find_if(list, same)->AsObject();
    const json::Array& options = field.GetArray("SingleSelectOptions");
    const json::Value wanted(item.GetString("DefaultValue"));
    if (options.empty() || std::ranges::find(options, wanted) != options.end()) continue;
    return PropertyError(
        fmt::format("Defaults.DefaultFieldValues[{}].DefaultValue", i), "INVALID_FORMAT",
        fmt::format("'{}' is no option of the field '{}'", wanted.AsString(), NameOf(item)));
  }
  return {};
}

}  // namespace

ServiceError PropertyError(std::string_view path, std::string_view reason,
                           std::string_view message) {
  json::Object property;
  property.Set("PropertyPath", path);
  property.Set("Reason", reason);
  property.Set("Message", message);
  json::Array list;
  list.emplace_back(std::move(property));
  json::Object members;
  members.Set("PropertyList", std::move(list));
  return {"PropertyValidationException", fmt::format("{}: {}", path, message), std::move(members)};
}

Answer<void> CheckTaskTemplate(const json::Object& body) {
  TL_TRY(const Fields fields, ReadFields(body));
  const std::string_view* name = FieldOf(fields, "NAME");
  if (name == nullptr) {
    return PropertyError("Fields", "REQUIRED_PROPERTY_MISSING",
                         "a template needs a field of the type NAME");
  }
  TL_DO(CheckConstraints(fields, body.GetObject("Constraints"), *name));
  TL_DO(CheckDefaults(fields, body));
  if (body.Has("ContactFlowId") || FieldOf(fields, "QUICK_CONNECT") != nullptr) return {};
  return PropertyError("ContactFlowId", "REQUIRED_PROPERTY_MISSING",
                       "a template needs a ContactFlowId or a field of the type QUICK_CONNECT");
}

}  // namespace trunkline::cloud::connect
