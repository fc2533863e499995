// Predefined attributes: named lists of values that contacts are routed by. They have a name and no
// id.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"
#include "cloud/services/connect/user_parts.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kPerInstance = 150;  // AWS admin guide, 2026

std::string RecordId(const Record& instance, std::string_view name) {
  return fmt::format("{}/{}", instance.id, name);
}

Answer<const Record*> FindAttribute(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view name = input.GetString("Name");
  const Record* found =
      context.store.Find(context.RegionScope(), kPredefinedAttribute, RecordId(*instance, name));
  if (found == nullptr) return NotFound("predefined attribute", name, *instance);
  return found;
}

Answer<> CreatePredefinedAttribute(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view name = input.GetString("Name");
  Record record{.id = RecordId(*instance, name), .parent = instance->id, .name = std::string(name)};
  if (context.store.Find(context.RegionScope(), kPredefinedAttribute, record.id) != nullptr) {
    return ServiceError(
        "DuplicateResourceException",
        fmt::format("a predefined attribute named '{}' already exists in instance '{}'", name,
                    NameOf(*instance)));
  }
  if (context.store.List(context.RegionScope(), kPredefinedAttribute, instance->id).size() >=
      kPerInstance) {
    return ServiceError("LimitExceededException",
                        fmt::format("instance '{}' already has {} predefined attributes: the quota",
                                    NameOf(*instance), kPerInstance));
  }
  CopyMembers(input, {"Name", "Values", "Purposes", "AttributeConfiguration"}, record.body);
  Save(context, kPredefinedAttribute, std::move(record));
  return json::Object();
}

// A user who is good at one of its values; nullptr: none.
const Record* UserOfAttribute(Context& context, const Record& attribute) {
  const auto names_it = [&](const json::Value& proficiency) {
    return proficiency.AsObject().GetString("AttributeName") == attribute.name;
  };
  const auto users = context.store.List(context.RegionScope(), kUser.kind, attribute.parent);
  const auto found = std::ranges::find_if(users, [&](const Record* user) {
    return std::ranges::any_of(user->body.GetArray(kProficiencies), names_it);
  });
  return found == users.end() ? nullptr : *found;
}

Answer<> DeletePredefinedAttribute(Context& context, const json::Object& input) {
  TL_TRY(const Record* attribute, FindAttribute(context, input));
  if (const Record* user = UserOfAttribute(context, *attribute)) {
    return ServiceError("ResourceInUseException",
                        fmt::format("predefined attribute '{}' is a proficiency of the user '{}'",
                                    attribute->name, user->name));
  }
  context.store.Delete(context.RegionScope(), kPredefinedAttribute, std::string(attribute->id));
  return json::Object();
}

Answer<> DescribePredefinedAttribute(Context& context, const json::Object& input) {
  TL_TRY(const Record* attribute, FindAttribute(context, input));
  json::Object output;
  output.Set("PredefinedAttribute", attribute->body);
  return output;
}

json::Value AttributeSummary(Context&, const Record& attribute) {
  json::Object summary;
  CopyMembers(attribute.body, {"Name", "LastModifiedTime", "LastModifiedRegion"}, summary);
  return summary;
}

Answer<> ListPredefinedAttributes(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "PredefinedAttributeSummaryList",
                context.store.List(context.RegionScope(), kPredefinedAttribute, instance->id),
                AttributeSummary, {.listing = "ListPredefinedAttributes " + instance->id});
}

constexpr SearchField kFields[] = {{"name", SearchName}};

Answer<> SearchPredefinedAttributes(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return Search(context, input, *instance,
                context.store.List(context.RegionScope(), kPredefinedAttribute, instance->id),
                {.operation = "SearchPredefinedAttributes",
                 .output = "PredefinedAttributes",
                 .fields = kFields});
}

Answer<> UpdatePredefinedAttribute(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindAttribute(context, input));
  Record attribute = *found;
  CopyMembers(input, {"Values", "Purposes", "AttributeConfiguration"}, attribute.body);
  Save(context, kPredefinedAttribute, std::move(attribute));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreatePredefinedAttribute", .handle = CreatePredefinedAttribute},
    {.name = "DeletePredefinedAttribute", .handle = DeletePredefinedAttribute},
    {.name = "DescribePredefinedAttribute", .handle = DescribePredefinedAttribute},
    {.name = "ListPredefinedAttributes", .handle = ListPredefinedAttributes},
    {.name = "SearchPredefinedAttributes", .handle = SearchPredefinedAttributes},
    {.name = "UpdatePredefinedAttribute", .handle = UpdatePredefinedAttribute},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kPredefinedAttributeOperations = kOperations;

}  // namespace trunkline::cloud::connect
