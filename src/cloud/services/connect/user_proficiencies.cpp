// What users are good at: values of predefined attributes with a level from 1 to 5. Kept in the
// user's record, where only the list of proficiencies shows them.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/user_parts.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kPerUser = 10;  // AWS admin guide
constexpr std::string_view kTime = "ProficienciesTime";

// A user has a value of an attribute once.
json::Array::iterator Find(json::Array& list, const json::Object& wanted) {
  return std::ranges::find_if(list, [&](const json::Value& one) {
    return one.AsObject().GetString("AttributeName") == wanted.GetString("AttributeName") &&
           one.AsObject().GetString("AttributeValue") == wanted.GetString("AttributeValue");
  });
}

std::string Named(const json::Object& proficiency) {
  return fmt::format("{}: {}", proficiency.GetString("AttributeName"),
                     proficiency.GetString("AttributeValue"));
}

// The attribute exists and has the value.
Answer<void> CheckAttribute(Context& context, const Record& instance,
                            const json::Object& proficiency) {
  const std::string_view name = proficiency.GetString("AttributeName");
  const Record* attribute =
      context.store.FindByName(context.RegionScope(), kPredefinedAttribute, instance.id, name);
  if (attribute == nullptr) return NotFound("predefined attribute", name, instance);
  const json::Array& values = attribute->body.GetObject("Values").GetArray("StringList");
  const json::Value wanted(proficiency.GetString("AttributeValue"));
  if (std::ranges::find(values, wanted) != values.end()) return {};
  return InvalidParameter(
      fmt::format("the predefined attribute '{}' has no value '{}'", name, wanted.AsString()));
}

template <class Change>
Answer<> ChangeProficiencies(Context& context, const json::Object& input, Change change) {
  TL_TRY(const Record* found, FindResource(context, kUser, input));
  TL_TRY(const Record* instance, FindInstance(context, input));
  Record user = *found;
  json::Array list = user.body.GetArray(kProficiencies);
  for (const json::Value& one : input.GetArray("UserProficiencies")) {
    TL_DO(change(*instance, list, one.AsObject()));
  }
  if (list.size() > kPerUser) {
    return InvalidRequest(fmt::format("a user has at most {} proficiencies, '{}' would have {}",
                                      kPerUser, user.name, list.size()));
  }
  user.body.Set(kProficiencies, std::move(list));
  user.body.Set(kTime, Now(context));
  context.store.Put(context.RegionScope(), kUser.kind, std::move(user));
  return json::Object();
}

Answer<> AssociateUserProficiencies(Context& context, const json::Object& input) {
  return ChangeProficiencies(
      context, input,
      [&](const Record& instance, json::Array& list, const json::Object& one) -> Answer<void> {
        TL_DO(CheckAttribute(context, instance, one));
        if (Find(list, one) != list.end()) {
          return InvalidParameter(
              fmt::format("the user already has the proficiency '{}'", Named(one)));
        }
        list.emplace_back(one);
        return {};
      });
}

Answer<json::Array::iterator> FindOne(json::Array& list, const json::Object& wanted) {
  const auto found = Find(list, wanted);
  if (found != list.end()) return found;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("the user has no proficiency '{}'", Named(wanted)));
}

Answer<> DisassociateUserProficiencies(Context& context, const json::Object& input) {
  return ChangeProficiencies(
      context, input,
      [&](const Record&, json::Array& list, const json::Object& one) -> Answer<void> {
        TL_TRY(const auto found, FindOne(list, one));
        list.erase(found);
        return {};
      });
}

Answer<> ListUserProficiencies(Context& context, const json::Object& input) {
  TL_TRY(const Record* user, FindResource(context, kUser, input));
  std::vector<PageItem> items;
  for (const json::Value& one : user->body.GetArray(kProficiencies)) {
    items.push_back({.key = Named(one.AsObject()), .value = one});
  }
  TL_TRY(json::Object output, PageOf(input, "UserProficiencyList", std::move(items),
                                     {.listing = "ListUserProficiencies " + user->id}));
  if (const json::Value* time = user->body.Find(kTime)) {
    output.Set("LastModifiedTime", *time);
    output.Set("LastModifiedRegion", context.region);
  }
  return output;
}

Answer<> UpdateUserProficiencies(Context& context, const json::Object& input) {
  return ChangeProficiencies(
      context, input,
      [&](const Record&, json::Array& list, const json::Object& one) -> Answer<void> {
        TL_TRY(const auto found, FindOne(list, one));
        *found = one;
        return {};
      });
}

constexpr Operation kOperations[] = {
    {.name = "AssociateUserProficiencies", .handle = AssociateUserProficiencies},
    {.name = "DisassociateUserProficiencies", .handle = DisassociateUserProficiencies},
    {.name = "ListUserProficiencies", .handle = ListUserProficiencies},
    {.name = "UpdateUserProficiencies", .handle = UpdateUserProficiencies},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kUserProficiencyOperations = kOperations;

}  // namespace trunkline::cloud::connect
