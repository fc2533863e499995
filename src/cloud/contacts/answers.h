// What a contact asks the cloud: a function to run, a bot to understand the caller.
#pragma once

#include "cloud/wait.h"
#include "sim/effect.h"
#include "sim/event.h"

namespace trunkline::cloud::contacts {

// As Amazon Connect does: only a function whose resource policy lets this instance in is invoked. A
// function of another account or Region is invoked there. With `asynchronous` the answer says
// whether it was queued.
net::aw<sim::LambdaAnswered> AnswerLambda(WaitContext context, std::string instance_arn,
                                          sim::InvokeLambda asked);

// One turn of the bot's conversation, in the contact's own session.
net::aw<sim::BotAnswered> AnswerBot(WaitContext context, sim::AskBot asked);

}  // namespace trunkline::cloud::contacts
