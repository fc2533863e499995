// Topics: creating, deleting, listing, attributes.
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/policy_document.h"
#include "cloud/services/sns/families.h"
#include "cloud/services/sns/topic.h"

namespace trunkline::cloud::sns {
namespace {

constexpr std::size_t kPage = 100;

// What may be set; delivery logging is kept and does nothing.
constexpr std::array<std::string_view, 25> kSettable = {
    "ApplicationFailureFeedbackRoleArn",
    "ApplicationSuccessFeedbackRoleArn",
    "ApplicationSuccessFeedbackSampleRate",
    "ArchivePolicy",
    "ContentBasedDeduplication",
    "DeliveryPolicy",
    "DisplayName",
    "FifoThroughputScope",
    "FifoTopic",
    "FirehoseFailureFeedbackRoleArn",
    "FirehoseSuccessFeedbackRoleArn",
    "FirehoseSuccessFeedbackSampleRate",
    "HTTPFailureFeedbackRoleArn",
    "HTTPSuccessFeedbackRoleArn",
    "HTTPSuccessFeedbackSampleRate",
    "KmsMasterKeyId",
    "LambdaFailureFeedbackRoleArn",
    "LambdaSuccessFeedbackRoleArn",
    "LambdaSuccessFeedbackSampleRate",
    "Policy",
    "SQSFailureFeedbackRoleArn",
    "SQSSuccessFeedbackRoleArn",
    "SQSSuccessFeedbackSampleRate",
    "SignatureVersion",
    "TracingConfig",
};

bool IsTopicName(std::string_view name) {
  constexpr std::size_t kLongest = 256;
  if (name.ends_with(".fifo")) name.remove_suffix(5);
  return !name.empty() && name.size() <= kLongest && std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
}

Answer<void> CheckAttribute(std::string_view name, std::string_view value) {
  if (std::ranges::find(kSettable, name) == kSettable.end()) return Invalid("AttributeName");
  if (name == "Policy") {
    if (const auto problem = FindPolicyProblem(value, PolicyUse::kResource))
      return Invalid(fmt::format("Policy Error: {}", *problem));
  }
  if (name == "DeliveryPolicy" && !value.empty() && !NormalDeliveryPolicy(value))
    return Invalid("DeliveryPolicy: must be a JSON document");
  if (name == "ArchivePolicy" && !value.empty() && !json::Parse(value))
    return Invalid("ArchivePolicy: must be a JSON document");
  const bool flag = name == "FifoTopic" || name == "ContentBasedDeduplication";
  if (flag && value != "true" && value != "false")
    return Invalid(fmt::format("Attributes Reason: {}: must be true or false", name));
  return {};
}

Answer<json::Object> ReadAttributes(const json::Object& input) {
  const json::Object& attributes = input.GetObject("Attributes");
  for (const json::Member& one : attributes) TL_DO(CheckAttribute(one.key, one.value.AsString()));
  const bool fifo = attributes.GetString("FifoTopic") == "true";
  if (fifo != input.GetString("Name").ends_with(".fifo")) {
    return Invalid(fifo ? "Topic Name"
                        : "Fifo Topic names must end with .fifo and FifoTopic must be true");
  }
  return attributes;
}

// The same name with the same attributes and tags is the same topic.
Answer<> CreateTopic(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  if (!IsTopicName(name)) return Invalid("Topic Name");
  TL_DO(CheckTags(input.GetArray("Tags")));
  TL_TRY(json::Object attributes, ReadAttributes(input));
  Topic topic{.scope = context.RegionScope(), .record = {}};
  if (const Record* present = context.store.Find(topic.scope, kTopic, name)) {
    topic.record = *present;
    for (const json::Member& one : attributes) {
      if (topic.Attribute(one.key) != one.value.AsString())
        return Invalid("Attributes Reason: Topic already exists with different attributes");
    }
    if (input.Has("Tags") && input.GetArray("Tags") != present->body.GetArray("Tags"))
      return Invalid("Tags Reason: Topic already exists with different tags");
    return json::Object{{"TopicArn", topic.Arn()}};
  }
  topic.record = {.id = name,
                  .parent = "",
                  .name = name,
                  .body = {{"Attributes", std::move(attributes)},
                           {"Tags", input.GetArray("Tags")},
                           {"DataProtectionPolicy", input.GetString("DataProtectionPolicy")}}};
  json::Object answer{{"TopicArn", topic.Arn()}};
  Save(context, std::move(topic));
  return answer;
}

Answer<> DeleteTopic(Context& context, const json::Object& input) {
  const auto topic = FindTopic(context, input.GetString("TopicArn"));
  // Deleting what is not there is fine, as documented.
  if (!topic && topic.error().code == "NotFoundException") return json::Object();
  if (!topic) return topic.error();
  std::vector<std::string> ids;
  for (const Record* one : context.store.List(topic->scope, kSubscription, topic->record.id))
    ids.push_back(one->id);
  for (const std::string& id : ids) context.store.Delete(topic->scope, kSubscription, id);
  context.store.Delete(topic->scope, kTopic, topic->record.id);
  return json::Object();
}

Answer<> ListTopics(Context& context, const json::Object& input) {
  const auto page = context.store.ListPage(context.RegionScope(), kTopic, {}, kPage,
                                           input.GetString("NextToken"));
  if (!page) return Invalid("NextToken");
  json::Array topics;
  for (const Record* record : page->records) {
    const Topic topic{.scope = context.RegionScope(), .record = *record};
    topics.push_back(json::Object{{"TopicArn", topic.Arn()}});
  }
  json::Object answer{{"Topics", std::move(topics)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> GetTopicAttributes(Context& context, const json::Object& input) {
  TL_TRY(const Topic topic, FindTopic(context, input.GetString("TopicArn")));
  int confirmed = 0;
  int pending = 0;
  for (const Record* one : context.store.List(topic.scope, kSubscription, topic.record.id))
    ++(one->body.GetBool("Confirmed") ? confirmed : pending);
  json::Object attributes{{"TopicArn", topic.Arn()},
                          {"Owner", topic.scope.account},
                          {"Policy", DefaultPolicy(topic)},
                          {"DisplayName", ""},
                          {"SubscriptionsConfirmed", std::to_string(confirmed)},
                          {"SubscriptionsPending", std::to_string(pending)},
                          {"SubscriptionsDeleted", "0"},
                          {"EffectiveDeliveryPolicy", EffectiveDeliveryPolicy(topic)}};
  if (topic.IsFifo()) attributes.Set("ContentBasedDeduplication", "false");
  for (const json::Member& one : topic.record.body.GetObject("Attributes"))
    attributes.Set(one.key, one.value);
  if (const auto policy = NormalDeliveryPolicy(topic.Attribute("DeliveryPolicy")))
    attributes.Set("DeliveryPolicy", *policy);
  return json::Object{{"Attributes", std::move(attributes)}};
}

Answer<> SetTopicAttributes(Context& context, const json::Object& input) {
  TL_TRY(Topic topic, FindTopic(context, input.GetString("TopicArn")));
  const std::string_view name = input.GetString("AttributeName");
  const std::string_view value = input.GetString("AttributeValue");
  if (name == "FifoTopic") return Invalid("AttributeName");
  TL_DO(CheckAttribute(name, value));
  json::Object attributes = topic.record.body.GetObject("Attributes");
  if (value.empty()) {
    attributes.Remove(name);
  } else {
    attributes.Set(name, value);
  }
  topic.record.body.Set("Attributes", std::move(attributes));
  Save(context, std::move(topic));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateTopic", .handle = CreateTopic},
    {.name = "DeleteTopic", .handle = DeleteTopic},
    {.name = "GetTopicAttributes", .handle = GetTopicAttributes},
    {.name = "ListTopics", .handle = ListTopics},
    {.name = "SetTopicAttributes", .handle = SetTopicAttributes},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTopicOperations = kOperations;

}  // namespace trunkline::cloud::sns
