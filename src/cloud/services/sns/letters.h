// Letters: what SNS would have sent by e-mail or text message. Nothing leaves this machine, so they
// are kept (the newest thousand of an account and Region) and shown at /_trunkline/notifications.
#pragma once

#include <string_view>

#include "cloud/services/sns/topic.h"

namespace trunkline::cloud::sns {

inline constexpr Kind kLetter{"sns", "letter"};

// `letter`: Protocol, Endpoint, TopicArn, Subject, Message; "ConfirmUrl" where it asks for
// something.
void KeepLetter(Context& context, json::Object letter);

// The page that confirms a subscription when it is opened.
std::string ConfirmUrl(const Context& context, const Subscription& subscription);

}  // namespace trunkline::cloud::sns
