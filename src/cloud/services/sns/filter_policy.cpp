#include "cloud/services/sns/filter_policy.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/event_pattern.h"

namespace trunkline::cloud::sns {
namespace {

constexpr std::string_view kOr = "$or";
constexpr std::string_view kBody = "MessageBody";
constexpr std::size_t kMostKeys = 5;
constexpr std::size_t kMostCombinations = 150;

// The product, over all keys, of the number of values times the depth at which they stand; $or adds
// its alternatives up. Documented; never more than just over the limit.
std::size_t Combinations(const json::Object& policy, std::size_t depth) {
  std::size_t product = 1;
  for (const json::Member& member : policy) {
    std::size_t count = 0;
    if (member.value.IsObject()) {
      count = Combinations(member.value.AsObject(), depth + 1);
    } else if (member.key == kOr) {
      for (const json::Value& one : member.value.AsArray())
        count += Combinations(one.AsObject(), depth);
    } else {
      count = member.value.AsArray().size() * depth;
    }
    product = std::min(product * count, kMostCombinations + 1);
  }
  return product;
}

std::size_t Keys(const json::Object& policy) {
  std::size_t keys = 0;
  for (const json::Member& member : policy) {
    if (member.key == kOr) {
      for (const json::Value& one : member.value.AsArray()) keys += Keys(one.AsObject());
    } else {
      keys += member.value.IsObject() ? Keys(member.value.AsObject()) : 1;
    }
  }
  return keys;
}

bool IsNested(const json::Object& policy) {
  return std::any_of(policy.begin(), policy.end(),
                     [](const json::Member& member) { return member.value.IsObject(); });
}

json::Value AttributeValue(const json::Object& attribute) {
  const std::string_view type = attribute.GetString("DataType");
  const std::string_view text = attribute.GetString("StringValue");
  if (type == "Number" || type == "String.Array") {
    auto parsed = json::Parse(text);
    if (parsed) return *std::move(parsed);
  }
  return text;
}

// What a filter policy looks at, or nothing when the message has no such thing.
std::optional<json::Object> Filtered(const Subscription& subscription,
                                     const json::Object& message) {
  if (subscription.Attribute("FilterPolicyScope") == kBody) {
    auto body = json::Parse(message.GetString("Message"));
    if (!body || !body->IsObject()) return std::nullopt;
    return std::move(body->AsObject());
  }
  json::Object attributes;
  for (const json::Member& one : message.GetObject("MessageAttributes"))
    attributes.Set(one.key, AttributeValue(one.value.AsObject()));
  return attributes;
}

// An attribute that is not there is null to a policy that names null; seen in recordings of the
// service.
json::Object WithoutNulls(const json::Object& policy, const json::Object& attributes) {
  json::Object left;
  for (const json::Member& member : policy) {
    const bool takes_null =
        member.value.IsArray() && std::ranges::any_of(member.value.AsArray(), &json::Value::IsNull);
    if (!takes_null || attributes.Has(member.key)) left.Set(member.key, member.value);
  }
  return left;
}

}  // namespace

std::optional<std::string> FindFilterPolicyProblem(std::string_view policy,
                                                   std::string_view scope) {
  std::string problem;
  const auto read = ReadPattern(policy, problem, PatternDialect::kFilterPolicies);
  if (!read) return fmt::format("FilterPolicy: {}", problem);
  if (scope != kBody && IsNested(*read))
    return "Filter policy scope MessageAttributes does not support nested filter policy";
  if (Keys(*read) > kMostKeys) return "FilterPolicy: Filter policy can not have more than 5 keys";
  if (Combinations(*read, 1) > kMostCombinations)
    return "FilterPolicy: Filter policy is too complex";
  return std::nullopt;
}

bool Wants(const Subscription& subscription, const json::Object& message) {
  const std::string_view policy = subscription.Attribute("FilterPolicy");
  if (policy.empty()) return true;
  std::string problem;
  auto pattern = ReadPattern(policy, problem, PatternDialect::kFilterPolicies);
  const auto filtered = Filtered(subscription, message);
  if (!pattern || !filtered) return false;
  if (subscription.Attribute("FilterPolicyScope") != kBody)
    pattern = WithoutNulls(*pattern, *filtered);
  return MatchesPattern(*pattern, *filtered);
}

}  // namespace trunkline::cloud::sns
