// Runner: the behaviour of one action type. Each type has a file of its own in sim/actions/ that
// defines `constinit const Runner kRun<Type>` and stands in the list of sim/actions/list.h; the
// linker finds what is missing.
//
// run() does the action or begins to wait; resume() gets the event an action waited for. Both
// return an Outcome; the interpreter (sim/interpreter.h) follows Conditions, Errors and NextAction
// from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "flow/document.h"
#include "sim/state.h"

namespace trunkline::sim {

// Done; NextAction follows.
struct Succeeded {};
// A result value, which Conditions decide on; nullopt is the missing value, which matches nothing.
struct Returned {
  std::optional<std::string> value;
};
// An error branch: "NoMatchingError", "QueueAtCapacity", ...; `why` is for the log.
struct Failed {
  std::string error;
  std::string why;
};
// The world is needed; Turn::Wait() has been called.
struct Waits {};
// TransferToFlow: this flow ends, `flow` starts.
struct EntersFlow {
  const FlowResource* flow = nullptr;
};
struct EntersModule {
  const FlowResource* module = nullptr;
  json::Object input;
};
// EndFlowModuleExecution: the caller gets a branch name (may be missing) and data.
struct LeavesModule {
  std::optional<std::string> result;
  json::Object data;
};
// The contact goes to the target queue; this flow ends.
struct EntersQueue {};
// The contact goes to its target agent, who is not busy; this flow ends.
struct EntersAgent {};
// This flow ends; what follows depends on the flow's role.
struct EndsFlow {};
// The participant is disconnected.
struct HangsUp {
  std::string why;
};
// The call is with another number for good.
struct HandsOver {
  std::string number;
};

using Outcome = std::variant<Succeeded, Returned, Failed, Waits, EntersFlow, EntersModule,
                             LeavesModule, EntersQueue, EntersAgent, EndsFlow, HangsUp, HandsOver>;

// What happens when an error has no branch (flow-language 3.0.3).
enum class Unhandled { kEndsFlow, kGoesOn };

// What a runner sees: its action with resolved parameters, and the contact.
class Turn {
 public:
  Turn(ContactState& the_contact, FlowRun& the_run, const flow::Action& the_action,
       Parameters parameters)
      : contact(the_contact),
        run(the_run),
        frame(the_run.frames.back()),
        action(the_action),
        parameters_(std::move(parameters)) {}

  ContactState& contact;
  FlowRun& run;
  Frame& frame;
  const flow::Action& action;

  const World& world() const { return *contact.world; }
  Scratch& scratch() { return frame.scratch; }
  const Parameters& parameters() const { return parameters_; }

  // Parameters by path ("LexV2Bot.AliasArn"), references already resolved. A missing or empty value
  // is none.
  const json::Value* Find(std::string_view path) const { return parameters_.Find(path); }
  std::optional<std::string> Text(std::string_view path) const;
  // Of a text, without copying it; empty when it is none.
  std::string_view View(std::string_view path) const;
  std::optional<std::int64_t> Number(
      std::string_view path) const;        // of a text that is a whole decimal number
  bool Flag(std::string_view path) const;  // "True", "true", "TRUE", true
  bool Has(std::string_view path) const { return Find(path) != nullptr; }
  const json::Object& Map(std::string_view path) const;  // an empty one when there is none

  template <class Body>
  void Emit(Body what) {
    sim::Emit(contact, std::move(what));
  }
  template <class... Args>
  void Warn(fmt::format_string<Args...> text, Args&&... args) {
    sim::Warn(contact, fmt::format(text, std::forward<Args>(args)...));
  }

  // Begins to wait, or goes on waiting: what the action left behind. Return Waits{} afterwards.
  Pending& Wait();
  // The next number for a question to the host.
  RequestId NewRequest() { return ++contact.last_number; }
  // Sets the timer that resumes this action; the one set before is forgotten. `why` is a literal.
  void WaitAtMost(Milliseconds limit, std::string_view why);

 private:
  Parameters parameters_;
};

struct Runner {
  Outcome (*run)(Turn& turn) = nullptr;
  Outcome (*resume)(Turn& turn, const Event& event) = nullptr;  // nullptr: the type never waits
  Unhandled unhandled = Unhandled::kEndsFlow;
  bool missing_is_normal =
      false;  // references without a value are no reason for a warning: Compare asks for them
};

inline constexpr std::string_view kNoMatchingError = "NoMatchingError";
inline constexpr std::string_view kSuccess = "success";  // the outcome of Ran and StoodIn

// A NoMatchingError with its reason.
template <class... Args>
Outcome Fail(fmt::format_string<Args...> why, Args&&... args) {
  return Failed{std::string(kNoMatchingError), fmt::format(why, std::forward<Args>(args)...)};
}

}  // namespace trunkline::sim
