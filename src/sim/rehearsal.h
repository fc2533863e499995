// Rehearsal: a host for a contact that needs nobody: functions and bots are named stand-ins, time
// is virtual. What `trunkline call --flow FILE` and tests run; the embedded cloud is the other
// host.
//
// Give() takes one event of the caller (or Started) and answers all the world is asked, until the
// caller or an agent is needed or the contact has ended. A contact that waits for nothing but time
// gets it at once; otherwise nothing passes by itself: LetTimePass() fires the next timer.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/bot.h"
#include "sim/contact.h"
#include "sim/dialog.h"
#include "sim/steered_outcome.h"
#include "sim/transcript.h"

namespace trunkline::sim {

// A stand-in gives its answers one after the other, and the last one for ever. Their `request` is
// filled in.
struct StandIns {
  std::map<std::string, std::vector<LambdaAnswered>> functions;  // by name or ARN
  std::map<std::string, std::vector<BotAnswered>> answers;       // of bots, by name or alias ARN
  // Bots that understand, unless `answers` has them: name or alias ARN -> locales. A code hook is
  // not run: the bot fails and says so.
  std::map<std::string, std::vector<BotLocale>> bots;
  // How actions go, by identifier or type; the identifier counts. Each without fault
  // (sim/steered_outcome.h). Where a Director steers, it steers alone.
  std::map<std::string, std::vector<SteeredOutcome>> actions;
};

// A function's answer in JSON.
inline LambdaAnswered FunctionAnswer(std::string payload) {
  return {.payload = std::move(payload)};
}

// How an action goes on that is about to run.
struct Steering {
  GoOn go_on;                              // its `request` is filled in
  std::optional<LambdaAnswered> function;  // the answer to the function it invokes
  std::optional<BotAnswered> bot;          // the answer to the first turn of the bot it connects
  bool stop = false;                       // not at all: the contact stands where it is
};

// Who watches a rehearsal and steers it.
class Director {
 public:
  virtual ~Director() = default;
  // An effect happened; the contact stands right behind it.
  virtual void See(const Contact& contact, const Effect& effect) = 0;
  // An action is about to run.
  virtual Steering Before(const Contact& contact, const Stopped& stopped) = 0;
};

class Rehearsal {
 public:
  // `director` outlives the rehearsal; nullptr: nobody steers.
  Rehearsal(std::shared_ptr<const World> world, Call call, StandIns stand_ins,
            Director* director = nullptr);

  // The effects of the event and of all answers to it, in order.
  std::vector<Effect> Give(const Event& event);
  // Fires the timer that is due first. Nothing happens when there is none.
  std::vector<Effect> LetTimePass();

  const Contact& contact() const { return contact_; }
  const Transcript& transcript() const { return transcript_; }
  // What was asked and nothing stood in for.
  const std::set<std::string>& missing_functions() const { return missing_functions_; }
  const std::set<std::string>& missing_bots() const { return missing_bots_; }

 private:
  void Take(const Event& event, std::deque<Event>& events, std::vector<Effect>& effects);
  std::vector<Event> AnswersTo(const Effect& effect);
  LambdaAnswered Answer(const InvokeLambda& invoked);
  BotAnswered Answer(const AskBot& asked);
  BotAnswered Understand(const AskBot& asked, const BotLocale& locale);
  std::vector<Event> Direct(const Stopped& stopped);
  GoOn Mocked(const Effect& effect, const Stopped& stopped);

  Director* director_;
  Steering steering_;  // of the action that runs
  Contact contact_;
  StandIns stand_ins_;
  Transcript transcript_;
  std::map<std::string, Session> sessions_;   // by bot
  std::map<std::string, std::size_t> asked_;  // how often: by ARN, or name of an action
  std::set<std::string> missing_functions_;
  std::set<std::string> missing_bots_;
};

// A whole call: each event of the script is given when the contact can take it; before that, time
// passes. When the script is over the call stands where it is.
std::vector<Effect> PlayScript(Rehearsal& rehearsal, const std::vector<Event>& script);

}  // namespace trunkline::sim
