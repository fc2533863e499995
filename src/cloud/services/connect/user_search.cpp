#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/hierarchy_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"
#include "cloud/services/connect/user_parts.h"

namespace trunkline::cloud::connect {
namespace {

std::vector<std::string> SearchFirstName(const Record& user) {
  return {std::string(user.body.GetObject("IdentityInfo").GetString("FirstName"))};
}
std::vector<std::string> SearchLastName(const Record& user) {
  return {std::string(user.body.GetObject("IdentityInfo").GetString("LastName"))};
}
std::vector<std::string> SearchRoutingProfile(const Record& user) {
  return {std::string(user.body.GetString("RoutingProfileId"))};
}
std::vector<std::string> SearchSecurityProfile(const Record& user) {
  std::vector<std::string> ids;
  for (const json::Value& id : user.body.GetArray("SecurityProfileIds"))
    ids.push_back(id.AsString());
  return ids;
}

constexpr SearchField kFields[] = {{"Username", SearchName},
                                   {"FirstName", SearchFirstName},
                                   {"LastName", SearchLastName},
                                   {"RoutingProfileId", SearchRoutingProfile},
                                   {"SecurityProfileId", SearchSecurityProfile},
                                   {"resourceId", SearchId}};

bool InHierarchy(const Record& user, const json::Value& condition) {
  return MatchesHierarchy(user.body.GetArray("HierarchyGroupPath"), condition.AsObject());
}

bool InRange(double level, const json::Object& condition) {
  const double least = condition.GetDouble("MinValue");
  const double most = condition.GetDouble("MaxValue");
  const std::string_view comparison = condition.GetString("ComparisonType");
  if (comparison == "GREATER_OR_EQUAL") return level >= least;
  if (comparison == "GREATER") return level > least;
  if (comparison == "LESSER_OR_EQUAL") return level <= most;
  if (comparison == "LESSER") return level < most;
  if (comparison == "EQUAL") return level == least;
  if (comparison == "NOT_EQUAL") return level != least;
  return level >= least && level <= most;  // RANGE
}

// A condition on AttributeName, AttributeValue or Level.
bool MatchesProficiency(const json::Object& proficiency, const json::Object& condition) {
  if (const json::Value* number = condition.Find("NumberCondition")) {
    return InRange(proficiency.GetDouble("Level"), number->AsObject());
  }
  const json::Object& text = condition.GetObject("StringCondition");
  const std::string_view field = text.GetString("FieldName");
  return MatchesText(proficiency.GetString(field), text.GetString("Value"),
                     text.GetString("ComparisonType"));
}

// One proficiency has to meet all conditions of the list.
bool HasProficiency(const Record& user, const json::Value& list) {
  const json::Array& conditions = list.AsObject().GetArray("Conditions");
  return std::ranges::any_of(user.body.GetArray(kProficiencies), [&](const json::Value& one) {
    return std::ranges::all_of(conditions, [&](const json::Value& condition) {
      return MatchesProficiency(one.AsObject(), condition.AsObject());
    });
  });
}

constexpr SearchLeaf kLeaves[] = {{"HierarchyGroupCondition", InHierarchy},
                                  {"ListCondition", HasProficiency}};

bool PassesConditions(const Record& user, const json::Object& conditions) {
  const json::Value* hierarchy = conditions.Find("HierarchyGroupCondition");
  return PassesTagConditions(user, conditions) &&
         (hierarchy == nullptr || InHierarchy(user, *hierarchy));
}

bool PassesUserFilter(const Record& user, const json::Object& search_filter) {
  return PassesFilter(user, search_filter.GetObject("UserAttributeFilter"), PassesConditions);
}

Answer<> SearchUsers(Context& context, const json::Object& input) {
  const json::Object& filter = input.GetObject("SearchFilter");
  if (filter.Has("UserAttributeFilter") && filter.Has("TagFilter")) {
    return InvalidParameter("expected a TagFilter or a UserAttributeFilter but got both");
  }
  return Search(context, input, kUser,
                {.operation = "SearchUsers",
                 .output = "Users",
                 .fields = kFields,
                 .leaves = kLeaves,
                 .passes = PassesUserFilter});
}

constexpr Operation kOperations[] = {
    {.name = "SearchUsers", .handle = SearchUsers},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kUserSearchOperations = kOperations;

}  // namespace trunkline::cloud::connect
