// Start and stop media streaming: the attributes are set, nothing is streamed.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

std::string EpochMilliseconds(TimePoint time) {
  return std::to_string(time.time_since_epoch().count());
}

Outcome RunUpdateContactMediaStreamingBehavior(Turn& turn) {
  ContactState& contact = turn.contact;
  if (contact.call.channel != Channel::kVoice) return Fail("media is streamed on voice only");
  if (turn.Text("MediaStreamingState") == "Enabled") {
    json::Object audio{
        {"StreamARN", fmt::format("arn:aws:kinesisvideo:{}:{}:stream/simulated-contact-{}/1",
                                  turn.world().region, turn.world().account, contact.contact_id)},
        {"StartTimestamp", EpochMilliseconds(contact.now)},
        {"StartFragmentNumber", "1"}};
    contact.more.Edit().media_streams = {{"Customer", json::Object{{"Audio", std::move(audio)}}}};
    return Succeeded{};
  }
  if (contact.more->media_streams.empty()) return Fail("no media is being streamed");
  json::Value& audio = contact.more.Edit().media_streams["Customer"].AsObject()["Audio"];
  audio.AsObject().Set("StopTimestamp", EpochMilliseconds(contact.now));
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactMediaStreamingBehavior{
    .run = RunUpdateContactMediaStreamingBehavior};

}  // namespace trunkline::sim
