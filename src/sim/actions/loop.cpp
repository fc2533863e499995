#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

constexpr std::int64_t kMost = 100;

// ContinueLooping N times, then DoneLooping once, then the counter starts again. It belongs to the
// action and lives as long as the contact.
Outcome RunLoop(Turn& turn) {
  const auto count = turn.Number("LoopCount");
  if (!count || *count < 0 || *count > kMost) {
    return Fail("expected a loop count from 0 to 100 but got '{}'",
                turn.Text("LoopCount").value_or(""));
  }
  int& done = turn.contact.loops[turn.frame.resource->id + "/" + turn.action.id];
  if (done < *count) {
    ++done;
    return Returned{"ContinueLooping"};
  }
  done = 0;
  return Returned{"DoneLooping"};
}

}  // namespace

constinit const Runner kRunLoop{.run = RunLoop, .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
