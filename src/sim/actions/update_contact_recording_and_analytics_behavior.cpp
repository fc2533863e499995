// Remembered; nothing is recorded.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactRecordingAndAnalyticsBehavior(Turn& turn) {
  const Channel channel = turn.contact.call.channel;
  const bool mismatch = (turn.Has("VoiceBehavior") && channel != Channel::kVoice) ||
                        (turn.Has("ChatBehavior") && channel != Channel::kChat);
  if (mismatch)
    return Failed{"ChannelMismatch", fmt::format("the contact's channel is {}", ToText(channel))};
  turn.contact.more.Edit().recording = turn.parameters().Whole();
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactRecordingAndAnalyticsBehavior{
    .run = RunUpdateContactRecordingAndAnalyticsBehavior};

}  // namespace trunkline::sim
