// What tests of the simulator share: a small world, flows written inline, a contact that is easy to
// talk to.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "sim/contact.h"

namespace trunkline::sim::tests {

// A flow of the flow language from its actions: `actions` is the inside of the "Actions" list, the
// first one starts.
FlowResource MakeFlow(std::string name, std::string type, std::string_view actions);

// One action. Transitions by branch: "next", "Error:<type>" and "<Operator> <operand>" ("Equals
// 1").
std::string Action(std::string_view id, std::string_view type, std::string_view parameters,
                   const std::vector<std::pair<std::string, std::string>>& branches = {});

// Two queues (Sales, Finance), hours that are always open, one agent Ada, a prompt "Welcome".
World SmallWorld();

// A contact that runs the flow "main" of the world.
class TestCall {
 public:
  explicit TestCall(World world, Call call = {});

  // The effects of one event; the contact keeps them all too.
  std::vector<Effect> Step(const Event& event);
  std::vector<Effect> Start() { return Step(Started{}); }

  // What was said up to now, as "customer: words".
  std::vector<std::string> Said() const;
  // "type outcome" of the actions run: "Compare NoMatchingCondition".
  std::vector<std::string> Ran() const;
  std::vector<std::string> Warnings() const;
  // Why the contact ended; empty while it lives.
  std::string EndReason() const;
  const std::vector<Effect>& effects() const { return effects_; }
  Contact& contact() { return contact_; }

  // The last effect of a kind; nullptr when there was none.
  template <class Body>
  const Body* Last() const {
    for (auto at = effects_.rbegin(); at != effects_.rend(); ++at) {
      if (const Body* body = std::get_if<Body>(&at->what)) return body;
    }
    return nullptr;
  }

 private:
  Contact contact_;
  std::vector<Effect> effects_;
};

}  // namespace trunkline::sim::tests
