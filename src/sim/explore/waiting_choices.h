// What can happen next where a contact waits for people or for time: keys, words, silence, an
// agent.
#pragma once

#include <vector>

#include "sim/contact.h"
#include "sim/explore/answers.h"
#include "sim/explore/choice.h"

namespace trunkline::sim {

std::vector<Choice> WaitingChoices(const Contact& contact, const Answers& answers);

}  // namespace trunkline::sim
