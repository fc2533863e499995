#include "cloud/services/sns/topic.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/policy_document.h"

namespace trunkline::cloud::sns {
namespace {

bool LetsIn(const Topic& topic, std::string_view account) {
  if (topic.scope.account == account) return true;
  const auto principals = AwsPrincipals(topic.Attribute("Policy"));
  return std::ranges::any_of(principals, [&](const std::string& principal) {
    return principal == "*" || principal.find(account) != std::string::npos;
  });
}

}  // namespace

ServiceError Invalid(std::string_view text) {
  return {"InvalidParameterException", fmt::format("Invalid parameter: {}", text)};
}

Answer<void> CheckArnLength(std::string_view parameter, std::string_view arn) {
  constexpr std::ptrdiff_t kElements = 6;
  const auto elements = std::ranges::count(arn, ':') + 1;
  if (elements >= kElements) return {};
  return Invalid(
      fmt::format("{} Reason: An ARN must have at least 6 elements, not {}", parameter, elements));
}

std::string Topic::Arn() const {
  return MakeArn(scope, "sns", record.id);
}

bool Topic::IsFifo() const {
  return record.id.ends_with(".fifo");
}

Answer<Topic> FindTopic(Context& context, std::string_view arn) {
  TL_DO(CheckArnLength("TopicArn", arn));
  const auto parts = ParseArn(arn);
  if (!parts || parts->service != "sns" || parts->region != context.region)
    return Invalid("TopicArn");
  Topic topic{.scope = {.account = parts->account, .region = parts->region}, .record = {}};
  const Record* record = context.store.Find(topic.scope, kTopic, parts->resource);
  if (!record) return ServiceError("NotFoundException", "Topic does not exist");
  topic.record = *record;
  if (LetsIn(topic, context.caller.account)) return topic;
  return ServiceError("AuthorizationErrorException",
                      fmt::format("User: {} is not authorized to perform this on resource: {} "
                                  "because no resource-based policy allows it",
                                  context.caller.arn, arn));
}

void Save(Context& context, Topic topic) {
  context.store.Put(topic.scope, kTopic, std::move(topic.record));
}

std::string Subscription::Arn() const {
  return fmt::format("{}:{}", TopicArn(), record.id);
}

std::string Subscription::TopicArn() const {
  return MakeArn(scope, "sns", record.parent);
}

Answer<Subscription> FindSubscription(Context& context, std::string_view arn) {
  TL_DO(CheckArnLength("SubscriptionArn", arn));
  const auto parts = ParseArn(arn);
  const std::size_t colon = parts ? parts->resource.find(':') : std::string::npos;
  if (!parts || parts->service != "sns" || colon == std::string::npos)
    return Invalid("SubscriptionId");
  Subscription subscription{.scope = {.account = parts->account, .region = parts->region},
                            .record = {}};
  const Record* record =
      context.store.Find(subscription.scope, kSubscription, parts->resource.substr(colon + 1));
  const bool mine = record && record->parent == parts->resource.substr(0, colon);
  if (!mine) return ServiceError("NotFoundException", "Subscription does not exist");
  subscription.record = *record;
  const bool owner = parts->account == context.caller.account ||
                     record->body.GetString("Owner") == context.caller.account;
  if (owner) return subscription;
  return ServiceError("AuthorizationErrorException", "The subscription is another account's");
}

void Save(Context& context, Subscription subscription) {
  context.store.Put(subscription.scope, kSubscription, std::move(subscription.record));
}

std::string DefaultPolicy(const Topic& topic) {
  return fmt::format(
      R"({{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{{"AWS":"*"}},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"{}","Condition":{{"StringEquals":{{"AWS:SourceOwner":"{}"}}}}}}]}})",
      topic.Arn(), topic.scope.account);
}

}  // namespace trunkline::cloud::sns
