// Sends the messages of a chat through a function. Remembered; messages are not sent anywhere here.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactMediaProcessing(Turn& turn) {
  if (turn.contact.call.channel != Channel::kChat) {
    return Failed{"ChannelMismatch",
                  fmt::format("the contact's channel is {}", ToText(turn.contact.call.channel))};
  }
  const bool on = turn.Flag("ChatProcessor.ProcessingEnabled");
  const auto function = turn.Text("ChatProcessor.LambdaProcessorARN");
  if (on && !function) return Fail("no function is named that processes the messages");
  if (on)
    turn.Warn("messages do not go through function '{}' here",
              turn.world().FunctionName(*function));
  turn.contact.more.Edit().media_processing = turn.Map("ChatProcessor");
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactMediaProcessing{.run = RunUpdateContactMediaProcessing};

}  // namespace trunkline::sim
