// Play prompt. Without an error branch the flow goes on when it cannot be played.
#include "sim/actions/list.h"
#include "sim/prompt.h"

namespace trunkline::sim {
namespace {

Outcome RunMessageParticipant(Turn& turn) {
  const bool keys_wait = turn.contact.buffers_keys && !turn.contact.buffered_keys.empty();
  if (keys_wait && turn.Flag("SkipWhenDTMFBufferEnabled")) return Succeeded{};
  const auto played = Play(turn);
  if (!played) return Fail("{}", played.error().message());
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunMessageParticipant{.run = RunMessageParticipant,
                                              .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
