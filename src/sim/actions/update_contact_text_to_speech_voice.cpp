#include "base/text.h"
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactTextToSpeechVoice(Turn& turn) {
  ContactState& contact = turn.contact;
  if (contact.call.channel != Channel::kVoice) return Succeeded{};
  const auto voice = turn.Text("TextToSpeechVoice");
  if (!voice) {
    // What the service does with a voice it cannot use (flow-language 3.2).
    contact.voice = "Joanna";
    contact.engine = "standard";
    return Fail("no voice is named");
  }
  contact.voice = *voice;
  contact.engine = ToLower(turn.Text("TextToSpeechEngine").value_or("standard"));
  contact.style = turn.Text("TextToSpeechStyle").value_or("None");
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactTextToSpeechVoice{.run = RunUpdateContactTextToSpeechVoice,
                                                          .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
