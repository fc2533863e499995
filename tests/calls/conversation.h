// One call to an Instance: answers the contact's questions as functions and bots would, and writes
// a transcript.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "sim/contact.h"
#include "sim/dialog.h"
#include "tests/calls/instance.h"

namespace trunkline::tests {

// A function's answer by its name; nothing means that the function errs.
using FunctionAnswers = std::map<std::string, std::string>;

class Conversation {
 public:
  // `answers` are of functions other than the mapping function.
  Conversation(const Instance& instance, FunctionAnswers answers);

  // Calls ACME_Main, says these words one after the other when the bot listens, and talks to the
  // agent for a while.
  std::string Call(std::deque<std::string> words);

 private:
  void Take(const sim::Effect& effect);
  void Answer(const sim::InvokeLambda& asked);
  void Answer(const sim::AskBot& asked);
  void Write(std::string line) { transcript_ += line + "\n"; }

  const Instance& instance_;
  FunctionAnswers answers_;
  sim::Session session_;
  std::deque<std::string> words_;
  std::deque<sim::Event> events_;  // still to be given to the contact
  std::string transcript_;
};

}  // namespace trunkline::tests
