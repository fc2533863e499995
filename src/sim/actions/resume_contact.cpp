// Resumes a paused task.
#include "sim/actions/list.h"
#include "sim/lifecycle.h"

namespace trunkline::sim {
namespace {

Outcome RunResumeContact(Turn& turn) {
  if (turn.contact.call.channel != Channel::kTask) return Fail("only tasks are paused and resumed");
  if (!turn.contact.more->paused) return Fail("the task is not paused");
  turn.contact.more.Edit().paused = false;
  turn.Emit(PauseChanged{.paused = false});
  if (turn.contact.phase == Phase::kQueued) OfferToAgents(turn.contact);
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunResumeContact{.run = RunResumeContact};

}  // namespace trunkline::sim
