// AWS::SNS::TopicPolicy: without it a topic has its default policy again.
#include <algorithm>

#include "base/json_write.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("Id", order.physical_id);
}

// What a new topic's policy allows its owner to do.
json::Object DefaultPolicy(const WaitContext& context, std::string_view topic) {
  json::Array actions;
  for (const std::string_view action :
       {"GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission",
        "DeleteTopic", "Subscribe", "ListSubscriptionsByTopic", "Publish"})
    actions.push_back(fmt::format("SNS:{}", action));
  json::Object owner{{"AWS:SourceOwner", context.caller().account}};
  json::Object statement{{"Sid", "__default_statement_ID"},
                         {"Effect", "Allow"},
                         {"Principal", json::Object{{"AWS", "*"}}},
                         {"Action", std::move(actions)},
                         {"Resource", topic},
                         {"Condition", json::Object{{"StringEquals", std::move(owner)}}}};
  return {{"Version", "2008-10-17"},
          {"Id", "__default_policy_ID"},
          {"Statement", json::Array{std::move(statement)}}};
}

net::aw<Answer<void>> ResetTopics(WaitContext context, json::Array topics) {
  for (const json::Value& topic : topics) {
    if (!topic.IsString()) continue;
    json::Object input;
    input.Set("TopicArn", topic);
    input.Set("AttributeName", "Policy");
    input.Set("AttributeValue", json::Write(DefaultPolicy(context, topic.AsString())));
    Answer<void> done =
        co_await CallUnlessGone(context, "sns", "SetTopicAttributes", std::move(input));
    if (!done) co_return done;
  }
  co_return Answer<void>();
}

net::aw<Answer<void>> ResetLost(WaitContext context, ResourceOrder order) {
  const json::Array wanted = order.properties.GetArray("Topics");
  json::Array lost = order.previous.GetArray("Topics");
  std::erase_if(lost, [&](const json::Value& topic) {
    return std::find(wanted.begin(), wanted.end(), topic) != wanted.end();
  });
  co_return co_await ResetTopics(context, std::move(lost));
}

net::aw<Answer<void>> ResetAll(WaitContext context, ResourceOrder order) {
  json::Array topics = order.properties.GetArray("Topics");
  co_return co_await ResetTopics(context, std::move(topics));
}

constexpr auto kProperties = Properties<"PolicyDocument* Topics*">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kNames[] = {
    {"PolicyDocument", "AttributeValue"},
};

constexpr Members kMembers[] = {
    {.property = "Topics",
     .add = "SetTopicAttributes",
     .member = "TopicArn",
     .along = "PolicyDocument"},
};

constexpr Fixed kFixed[] = {
    {"SetTopicAttributes", R"({"AttributeName": "Policy"})"},
};

constexpr Mapping kMapping{
    .type = "AWS::SNS::TopicPolicy",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "sns",
    .members = kMembers,
    .names = kNames,
    .fixed = kFixed,
    .naming = {.property = "", .limit = 64},
    .complete = AddId,
    .after = ResetLost,
    .after_properties = "PolicyDocument",
    .clear = ResetAll,
};

}  // namespace

constinit const ResourceType kSnsTopicPolicyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
