// Topics and subscriptions as they stand in the store.
//
//   {"sns","topic"}         id and name: the topic's name. body: "Attributes" (those that were
//   set),
//                           "Tags", "DataProtectionPolicy", "Sequence" and "Recent" (FIFO)
//   {"sns","subscription"}  id: the last part of its ARN; parent: the topic's name. body:
//                           "Protocol", "Endpoint", "Owner", "Attributes", "Token", "Confirmed"
//   {"sns","letter"}        what would have been sent by e-mail, text message or push: see
//   letters.h
// Errors are NotFound, InvalidParameter and AuthorizationError, by the names of their shapes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::sns {

inline constexpr Kind kTopic{"sns", "topic"};
inline constexpr Kind kSubscription{"sns", "subscription"};

ServiceError Invalid(std::string_view text);  // "Invalid parameter: <text>"
// "... An ARN must have at least 6 elements", unless it has.
Answer<void> CheckArnLength(std::string_view parameter, std::string_view arn);

struct Topic {
  Scope scope;
  Record record;
  std::string Arn() const;
  bool IsFifo() const;
  std::string_view Attribute(std::string_view name) const {
    return record.body.GetObject("Attributes").GetString(name);
  }
};

Answer<void> CheckTags(const json::Array& tags);  // no key twice

// A topic of another account is found where its policy names the caller's.
Answer<Topic> FindTopic(Context& context, std::string_view arn);
void Save(Context& context, Topic topic);

// One with its topic's scope.
struct Subscription {
  Scope scope;
  Record record;
  std::string Arn() const;
  std::string TopicArn() const;
  bool Confirmed() const { return record.body.GetBool("Confirmed"); }
  std::string_view Protocol() const { return record.body.GetString("Protocol"); }
  std::string_view Endpoint() const { return record.body.GetString("Endpoint"); }
  std::string_view Attribute(std::string_view name) const {
    return record.body.GetObject("Attributes").GetString(name);
  }
};
Answer<Subscription> FindSubscription(Context& context, std::string_view arn);
void Save(Context& context, Subscription subscription);

// As shown: with what was left out. Nothing: not a policy.
std::optional<std::string> NormalDeliveryPolicy(std::string_view policy);
std::string EffectiveDeliveryPolicy(const Topic& topic);

// The topic's or subscription's default policy text.
std::string DefaultPolicy(const Topic& topic);

}  // namespace trunkline::cloud::sns
