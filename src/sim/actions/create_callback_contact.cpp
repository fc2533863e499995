// Orders a callback: a contact of its own. This one goes on.
#include <algorithm>
#include <chrono>

#include "sim/actions/list.h"
#include "sim/named_queue.h"

namespace trunkline::sim {
namespace {

constexpr std::int64_t kLongestDelay = 259'200;  // seconds; three days

Outcome RunCreateCallbackContact(Turn& turn) {
  ContactState& contact = turn.contact;
  if (contact.call.channel != Channel::kVoice)
    return Fail("callbacks are created from voice contacts only");
  NamedQueue named;
  if (std::string why; !FindNamedQueue(turn, named, why)) return Fail("{}", why);
  const auto delay = turn.Number("InitialCallDelaySeconds");
  const auto retry = turn.Number("RetryDelaySeconds");
  const auto attempts = turn.Number("MaximumConnectionAttempts");
  for (const auto& seconds : {delay, retry}) {
    if (!seconds || *seconds < 1 || *seconds > kLongestDelay)
      return Fail("a delay is not between 1 and 259200 seconds");
  }
  if (!attempts || *attempts < 1) return Fail("expected at least one connection attempt");
  if (contact.callback_number.empty()) return Fail("there is no number to call back");
  turn.Emit(CallbackCreated{.contact_id = NewUuid(contact.random),
                            .queue_id = named.queue->id,
                            .queue_name = named.queue->name,
                            .number = contact.callback_number,
                            .flow_id = turn.Text("ContactFlowId").value_or(""),
                            .delay = std::chrono::seconds(*delay),
                            .retry_delay = std::chrono::seconds(*retry),
                            .attempts = static_cast<int>(std::min<std::int64_t>(*attempts, 1000))});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunCreateCallbackContact{.run = RunCreateCallbackContact};

}  // namespace trunkline::sim
