// Subscriptions: made, confirmed, listed, set, removed.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "cloud/arn.h"
#include "cloud/event_pattern_tokens.h"
#include "cloud/services/sns/deliver.h"
#include "cloud/services/sns/families.h"
#include "cloud/services/sns/filter_policy.h"
#include "cloud/services/sns/topic.h"

namespace trunkline::cloud::sns {
namespace {

constexpr std::size_t kPage = 100;
constexpr std::string_view kPendingArn = "pending confirmation";
constexpr std::array<std::string_view, 9> kProtocols = {
    "application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"};
// Their owner confirms that messages are wanted; the others work at once in the same account.
constexpr std::array<std::string_view, 4> kConfirmed = {"email", "email-json", "http", "https"};
constexpr std::array<std::string_view, 7> kSettable = {
    "DeliveryPolicy", "FilterPolicy",        "FilterPolicyScope", "RawMessageDelivery",
    "RedrivePolicy",  "SubscriptionRoleArn", "ReplayPolicy"};

template <std::size_t N>
bool IsOneOf(const std::array<std::string_view, N>& all, std::string_view text) {
  return std::ranges::find(all, text) != all.end();
}

// What an attribute is checked for; the texts stand behind "Invalid parameter: ".
using Problem = std::optional<std::string>;

Problem RedriveProblem(std::string_view policy, bool fifo) {
  const std::string fault = FindJsonFault(policy);
  const auto parsed = json::Parse(policy);
  if (!fault.empty() || !parsed || !parsed->IsObject())
    return fmt::format("RedrivePolicy: failed to parse JSON. {}",
                       fault.empty() ? "expected an object" : fault);
  const std::string_view queue = parsed->AsObject().GetString("deadLetterTargetArn");
  const auto arn = ParseArn(queue);
  if (!arn || arn->service != "sqs") return "RedrivePolicy: deadLetterTargetArn is an invalid arn";
  if (!fifo || queue.ends_with(".fifo")) return std::nullopt;
  return "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.";
}

// `attributes`: all that the subscription has or shall have; `fifo`: between a FIFO topic and a
// FIFO queue.
Problem AttributeProblem(std::string_view name, const json::Object& attributes, bool fifo) {
  const std::string_view value = attributes.GetString(name);
  if (!IsOneOf(kSettable, name)) return "AttributeName";
  if (name == "RawMessageDelivery" && value != "true" && value != "false")
    return fmt::format("RawMessageDelivery: Invalid value [{}]. Must be true or false.", value);
  if (value.empty()) return std::nullopt;
  if (name == "FilterPolicy") {
    if (value == "{}") return std::nullopt;
    return FindFilterPolicyProblem(value, attributes.GetString("FilterPolicyScope"));
  }
  if (name == "FilterPolicyScope" && value != "MessageAttributes" && value != "MessageBody") {
    return fmt::format(
        "FilterPolicyScope: Invalid value [{}]. Please use either MessageBody or MessageAttributes",
        value);
  }
  if (name == "RedrivePolicy") return RedriveProblem(value, fifo);
  if (name == "ReplayPolicy")
    return "ReplayPolicy: archives of topics are not implemented by the embedded cloud";
  if (name == "DeliveryPolicy" && !json::Parse(value))
    return "DeliveryPolicy: must be a JSON document";
  return std::nullopt;
}

bool IsPhoneNumber(std::string_view text) {
  constexpr std::size_t kShortest = 3;
  return text.size() >= kShortest && text.front() == '+' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

Answer<void> CheckEndpoint(std::string_view protocol, std::string_view endpoint) {
  const auto needs = [&](bool fits, std::string_view what) -> Answer<void> {
    if (fits) return {};
    return Invalid(what);
  };
  if (!IsOneOf(kProtocols, protocol)) {
    return Invalid(fmt::format("Amazon SNS does not support this protocol string: {}", protocol));
  }
  if (protocol == "firehose" || protocol == "application")
    return Invalid(
        fmt::format("the protocol {} is not implemented by the embedded cloud", protocol));
  if (protocol.starts_with("email"))
    return needs(endpoint.find('@') != std::string_view::npos, "Email address");
  if (protocol.starts_with("http")) {
    return needs(endpoint.starts_with(fmt::format("{}://", protocol)),
                 "Endpoint must match the specified protocol");
  }
  if (protocol == "sms") {
    if (IsPhoneNumber(endpoint)) return {};
    return ServiceError("InvalidParameterException",
                        fmt::format("Invalid SMS endpoint: {}", endpoint));
  }
  const auto arn = ParseArn(endpoint);
  if (protocol == "lambda") return needs(arn && arn->service == "lambda", "Lambda endpoint ARN");
  return needs(arn && arn->service == "sqs", "SQS endpoint ARN");
}

const Record* FindSame(Context& context, const Topic& topic, const json::Object& input) {
  for (const Record* one : context.store.List(topic.scope, kSubscription, topic.record.id)) {
    if (one->body.GetString("Protocol") == input.GetString("Protocol") &&
        one->body.GetString("Endpoint") == input.GetString("Endpoint"))
      return one;
  }
  return nullptr;
}

std::string ShownArn(const Subscription& subscription, bool always) {
  return subscription.Confirmed() || always ? subscription.Arn() : std::string(kPendingArn);
}

Answer<> Subscribe(Context& context, const json::Object& input) {
  TL_TRY(const Topic topic, FindTopic(context, input.GetString("TopicArn")));
  const std::string_view protocol = input.GetString("Protocol");
  const std::string_view endpoint = input.GetString("Endpoint");
  TL_DO(CheckEndpoint(protocol, endpoint));
  const bool fifo = protocol == "sqs" && endpoint.ends_with(".fifo");
  if (fifo && !topic.IsFifo()) {
    return Invalid(
        "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard "
        "SNS topics");
  }
  const json::Object& attributes = input.GetObject("Attributes");
  for (const json::Member& one : attributes) {
    if (const Problem problem = AttributeProblem(one.key, attributes, fifo))
      return Invalid("Attributes Reason: " + *problem);
  }
  const bool always = input.GetBool("ReturnSubscriptionArn");
  if (const Record* same = FindSame(context, topic, input)) {
    const Subscription present{.scope = topic.scope, .record = *same};
    for (const json::Member& one : attributes) {
      if (present.Attribute(one.key) != one.value.AsString())
        return Invalid("Attributes Reason: Subscription already exists with different attributes");
    }
    if (!present.Confirmed()) AskForConfirmation(context, present);
    return json::Object{{"SubscriptionArn", ShownArn(present, always)}};
  }
  constexpr std::size_t kTokenLength = 96;
  const std::string id = NewUuid(context.random);
  Subscription made{
      .scope = topic.scope,
      .record = {.id = id,
                 .parent = topic.record.id,
                 .name = id,
                 .body = {{"Protocol", protocol},
                          {"Endpoint", input.GetString("Endpoint")},
                          {"Owner", context.caller.account},
                          {"Principal", context.caller.arn},
                          {"Attributes", attributes},
                          {"Token", NewToken(context.random, kTokenLength, "0123456789abcdef")},
                          {"Confirmed", !IsOneOf(kConfirmed, protocol)}}}};
  Save(context, made);
  if (!made.Confirmed()) AskForConfirmation(context, made);
  return json::Object{{"SubscriptionArn", ShownArn(made, always)}};
}

// Tokens have another form than what a person would make up.
bool IsToken(std::string_view text) {
  constexpr std::size_t kShortest = 64;
  return text.size() >= kShortest &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Answer<> ConfirmSubscription(Context& context, const json::Object& input) {
  const std::string_view token = input.GetString("Token");
  const auto arn = ParseArn(input.GetString("TopicArn"));
  if (!arn || arn->service != "sns" || arn->region != context.region) return Invalid("Topic");
  if (!IsToken(token)) return ServiceError("InvalidParameterException", "Invalid token");
  const auto found = FindTopic(context, input.GetString("TopicArn"));
  if (!found) return Invalid("Token");
  const Topic& topic = *found;
  for (const Record* one : context.store.List(topic.scope, kSubscription, topic.record.id)) {
    if (!EqualsConstantTime(one->body.GetString("Token"), token)) continue;
    Subscription subscription{.scope = topic.scope, .record = *one};
    subscription.record.body.Set("Confirmed", true);
    json::Object answer{{"SubscriptionArn", subscription.Arn()}};
    Save(context, std::move(subscription));
    return answer;
  }
  return Invalid("Token");
}

Answer<> Unsubscribe(Context& context, const json::Object& input) {
  const auto found = FindSubscription(context, input.GetString("SubscriptionArn"));
  // Removing what is not there is fine.
  if (!found && found.error().code == "NotFoundException") return json::Object();
  if (!found) return found.error();
  context.store.Delete(found->scope, kSubscription, found->record.id);
  return json::Object();
}

Answer<> ListThem(Context& context, const Scope& scope, std::string_view parent,
                  const json::Object& input) {
  const auto page =
      context.store.ListPage(scope, kSubscription, parent, kPage, input.GetString("NextToken"));
  if (!page) return Invalid("NextToken");
  json::Array subscriptions;
  for (const Record* record : page->records) {
    const Subscription one{.scope = scope, .record = *record};
    subscriptions.push_back(json::Object{
        {"SubscriptionArn", one.Confirmed() ? one.Arn() : std::string("PendingConfirmation")},
        {"Owner", record->body.GetString("Owner")},
        {"Protocol", one.Protocol()},
        {"Endpoint", one.Endpoint()},
        {"TopicArn", one.TopicArn()}});
  }
  json::Object answer{{"Subscriptions", std::move(subscriptions)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> ListSubscriptions(Context& context, const json::Object& input) {
  return ListThem(context, context.RegionScope(), {}, input);
}

Answer<> ListSubscriptionsByTopic(Context& context, const json::Object& input) {
  TL_TRY(const Topic topic, FindTopic(context, input.GetString("TopicArn")));
  return ListThem(context, topic.scope, topic.record.id, input);
}

Answer<> GetSubscriptionAttributes(Context& context, const json::Object& input) {
  TL_TRY(const Subscription one, FindSubscription(context, input.GetString("SubscriptionArn")));
  const std::string root = fmt::format("arn:aws:iam::{}:root", one.record.body.GetString("Owner"));
  json::Object attributes{{"SubscriptionArn", one.Arn()},
                          {"TopicArn", one.TopicArn()},
                          {"Protocol", one.Protocol()},
                          {"Endpoint", one.Endpoint()},
                          {"Owner", one.record.body.GetString("Owner")},
                          {"SubscriptionPrincipal", one.record.body.GetString("Principal", root)},
                          {"ConfirmationWasAuthenticated", one.Confirmed() ? "true" : "false"},
                          {"PendingConfirmation", one.Confirmed() ? "false" : "true"},
                          {"RawMessageDelivery", "false"}};
  for (const json::Member& set : one.record.body.GetObject("Attributes"))
    attributes.Set(set.key, set.value);
  // The scope is shown with a policy only.
  if (one.Attribute("FilterPolicy").empty()) {
    attributes.Remove("FilterPolicyScope");
  } else if (one.Attribute("FilterPolicyScope").empty()) {
    attributes.Set("FilterPolicyScope", "MessageAttributes");
  }
  return json::Object{{"Attributes", std::move(attributes)}};
}

Answer<> SetSubscriptionAttributes(Context& context, const json::Object& input) {
  TL_TRY(Subscription one, FindSubscription(context, input.GetString("SubscriptionArn")));
  const std::string_view name = input.GetString("AttributeName");
  const std::string_view value = input.GetString("AttributeValue");
  json::Object attributes = one.record.body.GetObject("Attributes");
  attributes.Set(name, value);
  const bool fifo = one.Endpoint().ends_with(".fifo");
  if (const Problem problem = AttributeProblem(name, attributes, fifo)) return Invalid(*problem);
  if (value.empty() || (name == "FilterPolicy" && value == "{}")) {
    attributes.Remove(name);
  } else {
    attributes.Set(name, value);
  }
  one.record.body.Set("Attributes", std::move(attributes));
  Save(context, std::move(one));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "ConfirmSubscription", .handle = ConfirmSubscription},
    {.name = "GetSubscriptionAttributes", .handle = GetSubscriptionAttributes},
    {.name = "ListSubscriptions", .handle = ListSubscriptions},
    {.name = "ListSubscriptionsByTopic", .handle = ListSubscriptionsByTopic},
    {.name = "SetSubscriptionAttributes", .handle = SetSubscriptionAttributes},
    {.name = "Subscribe", .handle = Subscribe},
    {.name = "Unsubscribe", .handle = Unsubscribe},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kSubscriptionOperations = kOperations;

}  // namespace trunkline::cloud::sns
