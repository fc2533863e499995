// Delivery policies of topics: kept as they were set, shown with what they leave out. Only the type
// of the content is heeded.
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/sns/topic.h"

namespace trunkline::cloud::sns {
namespace {

constexpr std::string_view kOverrides = "disableSubscriptionOverrides";
constexpr std::string_view kStandard =
    R"({"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}})";

json::Object WithoutNulls(const json::Object& object) {
  json::Object kept;
  for (const json::Member& member : object) {
    if (member.value.IsObject()) {
      json::Object inner = WithoutNulls(member.value.AsObject());
      if (!inner.empty()) kept.Set(member.key, std::move(inner));
    } else if (!member.value.IsNull()) {
      kept.Set(member.key, member.value);
    }
  }
  return kept;
}

}  // namespace

std::optional<std::string> NormalDeliveryPolicy(std::string_view policy) {
  const auto parsed = json::Parse(policy);
  if (!parsed || !parsed->IsObject()) return std::nullopt;
  json::Object whole = WithoutNulls(parsed->AsObject());
  json::Object http = whole.GetObject("http");
  if (!http.Has(kOverrides)) http.Set(kOverrides, false);
  whole.Set("http", std::move(http));
  return json::Write(whole);
}

std::string EffectiveDeliveryPolicy(const Topic& topic) {
  json::Object http = json::Parse(kStandard)->AsObject();
  const auto set = json::Parse(topic.Attribute("DeliveryPolicy"));
  const json::Object none;
  for (const json::Member& part :
       set && set->IsObject() ? set->AsObject().GetObject("http") : none) {
    if (!part.value.IsObject()) {
      http.Set(part.key, part.value);
      continue;
    }
    json::Object joined = http.GetObject(part.key);
    for (const json::Member& member : part.value.AsObject()) joined.Set(member.key, member.value);
    http.Set(part.key, std::move(joined));
  }
  return json::Write(json::Object{{"http", std::move(http)}});
}

}  // namespace trunkline::cloud::sns
