// Choices: all that can happen next where a contact waits for the world.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/contact.h"
#include "sim/explore/answers.h"
#include "sim/explore/choice.h"
#include "sim/explore/flow_map.h"
#include "sim/runner.h"

namespace trunkline::sim {

class Choices {
 public:
  // All of them outlive it.
  Choices(const World& world, const FlowMap& map, const Answers& answers);

  // `effects` are those of the contact's last step: its question is among them. The contact stops
  // before each action (Call::stops). No choices: it has ended, or nothing will ever happen.
  std::vector<Choice> At(const Contact& contact, const std::vector<Effect>& effects) const;
  // How contacts can begin that enter a flow.
  std::vector<Choice> AtEntry(const Call& call) const;
  // False: answers were not combined all with all (FunctionReplies).
  bool complete() const { return complete_; }

 private:
  std::vector<Choice> BeforeAction(const Contact& contact, const Stopped& stopped) const;
  std::vector<Choice> OfHours(const Contact& contact, const Stopped& stopped) const;
  std::vector<Choice> OfArms(const Stopped& stopped, const flow::Action& action) const;
  std::vector<Choice> OfStandIn(const Stopped& stopped, const flow::Action& action) const;
  std::vector<Choice> OfFunction(const Contact& contact, const InvokeLambda& invoked) const;
  std::vector<Choice> OfBot(const Contact& contact, const AskBot& asked) const;

  const World& world_;
  const FlowMap& map_;
  const Answers& answers_;
  mutable bool complete_ = true;
  // What was found in the flows before, by place; of functions by ARN, too.
  mutable std::map<std::pair<std::size_t, std::string>, FunctionReplies> functions_;
  mutable std::map<std::size_t, BotReplies> bots_;
};

// The action the contact stands at; nullptr when it stands at none.
const flow::Action* CurrentAction(const ContactState& contact);

}  // namespace trunkline::sim
