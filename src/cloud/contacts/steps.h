// The steps by which a host lets a contact go on, for the two that do: whoever gives it events
// (host.h), and the execution of a test case.
#pragma once

#include <string>
#include <vector>

#include "cloud/contacts/host.h"
#include "cloud/wait.h"

namespace trunkline::cloud::contacts {

// The contact takes one event at a time; what throws must not leave it busy for ever.
class Turn {
 public:
  explicit Turn(LiveContact& live) : live_(live) { live_.busy = true; }
  ~Turn() { live_.busy = false; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  LiveContact& live_;
};

// As the root of the contact's account, in its Region.
WaitContext ContextOf(Engine& engine, const LiveContact& live);
// What happened is told to everybody who keeps a part of it.
void Tell(const WaitContext& context, LiveContact& live, const std::vector<sim::Effect>& effects);
// The answers of functions, bots and third parties, if the effect asks one.
net::aw<std::vector<sim::Event>> AnswerTo(WaitContext context, std::string instance_arn,
                                          sim::Effect effect);

}  // namespace trunkline::cloud::contacts
