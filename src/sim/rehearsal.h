// Rehearsal: a host for a contact that needs nobody: functions and bots are named stand-ins, time
// is virtual. What `trunkline call --flow FILE` and tests run; the embedded cloud is the other
// host.
//
// Give() takes one event of the caller (or Started) and answers all the world is asked until the
// caller is needed, the contact waits for time to pass, or it has ended. Nothing passes by itself:
// LetTimePass() fires the next timer.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/bot.h"
#include "sim/contact.h"
#include "sim/dialog.h"
#include "sim/transcript.h"

namespace trunkline::sim {

struct StandIns {
  std::map<std::string, std::string> functions;  // name or ARN -> the JSON it answers
  // Name or alias ARN -> its locales. A code hook is not run: the bot fails and says so.
  std::map<std::string, std::vector<BotLocale>> bots;
};

class Rehearsal {
 public:
  Rehearsal(std::shared_ptr<const World> world, Call call, StandIns stand_ins);

  // The effects of the event and of all answers to it, in order.
  std::vector<Effect> Give(const Event& event);
  // Fires the timer that is due first. Nothing happens when there is none.
  std::vector<Effect> LetTimePass();

  const Contact& contact() const { return contact_; }
  const Transcript& transcript() const { return transcript_; }

 private:
  std::vector<Event> AnswersTo(const Effect& effect);
  LambdaAnswered Answer(const InvokeLambda& invoked) const;
  BotAnswered Answer(const AskBot& asked);

  Contact contact_;
  StandIns stand_ins_;
  Transcript transcript_;
  std::map<std::string, Session> sessions_;  // by bot
};

// A whole call: each event of the script is given when the contact can take it; before that, time
// passes. When the script is over the call stands where it is. At most `kMostTimers` timers fire in
// a row.
inline constexpr int kMostTimers = 100;
std::vector<Effect> PlayScript(Rehearsal& rehearsal, const std::vector<Event>& script);

}  // namespace trunkline::sim
