// Remembered; nothing is recorded.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactRecordingBehavior(Turn& turn) {
  turn.contact.more.Edit().recording = turn.parameters().Whole();
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactRecordingBehavior{.run = RunUpdateContactRecordingBehavior,
                                                          .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
