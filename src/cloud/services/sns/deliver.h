// Delivery of messages to a topic's subscriptions.
//
// A message is an object: MessageId, TopicArn, Message, Timestamp, and where they were given
// Subject, Structured (true: Message is JSON by protocol), MessageAttributes ({name: {DataType,
// StringValue, or BinaryValue in Base64}}), MessageGroupId, MessageDeduplicationId, SequenceNumber.
// Queues get it within the transaction; functions and loopback URLs by jobs, tried three times;
// e-mail and text messages become letters (letters.h). What could not be delivered goes to the
// subscription's dead-letter queue.
#pragma once

#include "cloud/services/sns/topic.h"

namespace trunkline::cloud::sns {

void Deliver(Context& context, const Topic& topic, const json::Object& message);

// Sends the request to confirm to the subscription's endpoint.
void AskForConfirmation(Context& context, const Subscription& subscription);

}  // namespace trunkline::cloud::sns
