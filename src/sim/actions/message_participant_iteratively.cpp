// Loop prompts: never ends by itself; with an interrupt it results in MessagesInterrupted every N
// seconds and begins with its first message again. Without an error branch the flow stops and the
// contact stays queued.
#include <chrono>

#include "sim/actions/list.h"
#include "sim/prompt.h"

namespace trunkline::sim {
namespace {

Outcome RunMessageParticipantIteratively(Turn& turn) {
  if (turn.contact.call.channel != Channel::kVoice) return Fail("prompts are looped on voice only");
  const json::Value* messages = turn.Find("Messages");
  if (messages == nullptr || !messages->IsArray() || messages->AsArray().empty()) {
    return Fail("there are no messages to loop");
  }
  for (const json::Value& message : messages->AsArray()) {
    if (!message.IsObject())
      return Fail("expected an object in 'Messages' but got {}", message.TypeName());
    const auto played = Play(turn, message.AsObject(), true);
    if (!played) return Fail("{}", played.error().message());
  }
  turn.Wait();
  if (const auto seconds = turn.Number("InterruptFrequencySeconds")) {
    turn.WaitAtMost(std::chrono::seconds(*seconds), "the looped prompts are interrupted");
  }
  return Waits{};
}

// Only its timer resumes it.
Outcome ResumeMessageParticipantIteratively(Turn&, const Event&) {
  return Returned{"MessagesInterrupted"};
}

}  // namespace

constinit const Runner kRunMessageParticipantIteratively{
    .run = RunMessageParticipantIteratively, .resume = ResumeMessageParticipantIteratively};

}  // namespace trunkline::sim
