#include "sim/explore/trace.h"

#include "base/overloaded.h"
#include "flow/document.h"

namespace trunkline::sim {
namespace {

bool IsError(const std::string& outcome) {
  return outcome.ends_with("Error") || outcome.ends_with("NoMatchingCondition") ||
         outcome.ends_with("Exceeded") || outcome == "QueueAtCapacity" || outcome == "waiting";
}

bool IsParting(const std::string& outcome) {
  return outcome != "success" && outcome != "entered" && outcome != "returned" &&
         outcome != "ended" && outcome != "disconnected";
}

}  // namespace

void Trace::Choose(Decider decider) {
  queued.clear();
  // Time that passes by itself decides nothing.
  if (decider == Decider::kNobody) return;
  quiet = true;
  by = decider;
  decided.reset();
}

void Trace::See(const Effect& effect, const ExploreOrder& order) {
  if (const auto* said = std::get_if<Say>(&effect.what)) {
    if (said->to != Party::kCustomer) return;
    quiet = false;
  } else if (const auto* ran = std::get_if<Ran>(&effect.what)) {
    last = {
        .flow = effect.FlowName(), .action = std::string(effect.action), .outcome = ran->outcome};
    // Where the ways parted last.
    if (!decided || IsParting(ran->outcome)) decided = last;
    if (order.sensitive.blocks.contains(std::string(effect.action)) && !IsError(ran->outcome))
      proven = true;
  } else if (const auto* began = std::get_if<FlowBegan>(&effect.what)) {
    const bool goes_on = began->role == FlowRole::kInbound || began->role == FlowRole::kTransfer;
    if (goes_on && order.unknown.contains(began->id)) unknown = true;
  } else if (const auto* entered = std::get_if<Queued>(&effect.what)) {
    queued.push_back(entered->queue_name);
  } else if (std::holds_alternative<Joined>(effect.what) ||
             std::holds_alternative<Transferred>(effect.what)) {
    served = true;
  } else if (const auto* gone = std::get_if<Disconnected>(&effect.what)) {
    if (gone->who == Party::kThirdParty) served = true;
    if (gone->who == Party::kCustomer) hung_up = true;
    if (gone->who == Party::kCustomer && gone->why == "the caller hung up") served = true;
  } else if (const auto* ended = std::get_if<Ended>(&effect.what)) {
    why = ended->why;
  }
}

std::string Trace::Key() const {
  std::string key{served ? 's' : '-', proven ? 'p' : '-', quiet ? 'q' : '-'};
  if (!quiet || served) return key;
  key += static_cast<char>('0' + static_cast<int>(by));
  if (decided) key += decided->flow + "/" + decided->action + "/" + decided->outcome;
  return key;
}

}  // namespace trunkline::sim
