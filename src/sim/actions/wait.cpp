// Wait on a chat or task, until time is up or the customer is back.
#include <chrono>

#include "sim/actions/list.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

constexpr std::int64_t kLongest = 604'800;  // seconds; seven days

bool ListsEvent(const Turn& turn, std::string_view name) {
  const json::Value* events = turn.Find("Events");
  if (events == nullptr || !events->IsArray()) return false;
  for (const json::Value& event : events->AsArray()) {
    if (ScalarText(event) == name) return true;
  }
  return false;
}

Outcome RunWait(Turn& turn) {
  if (turn.Flag("ContinueExecution"))
    return Fail("waiting while the flow keeps running is not simulated");
  if (ListsEvent(turn, "BotParticipantDisconnected")) {
    return Failed{"ParticipantNotFound", "no bot takes part in the chat"};
  }
  if (turn.contact.call.channel == Channel::kVoice) return Fail("a voice contact cannot wait");
  const auto seconds = turn.Number("TimeLimitSeconds");
  if (!seconds || *seconds < 1 || *seconds > kLongest)
    return Fail("the time limit is not between 1 and 604800 seconds");
  turn.Wait().returning = ListsEvent(turn, "CustomerReturned");
  turn.WaitAtMost(std::chrono::seconds(*seconds), "the wait is over");
  return Waits{};
}

Outcome ResumeWait(Turn&, const Event& event) {
  return Returned{std::holds_alternative<CallerReturned>(event) ? "CustomerReturned"
                                                                : "WaitCompleted"};
}

}  // namespace

constinit const Runner kRunWait{.run = RunWait, .resume = ResumeWait};

}  // namespace trunkline::sim
