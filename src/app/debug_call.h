// DebugCall: walking through a call, command by command: the use case behind `trunkline call
// --debug`. docs/contacts.md has the commands.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/open_call.h"
#include "base/json.h"
#include "base/result.h"
#include "sim/debugger.h"

namespace trunkline::app {

class DebugCall {
 public:
  // `script`: what the caller does by himself, one event (docs/contacts.md) each time something
  // from outside is needed.
  DebugCall(OpenedCall opened, std::vector<json::Object> script);

  // Where the call stands when nothing was commanded yet.
  std::string Begin();
  // Runs to where the call stands next. kNotFound: no action is called so; kInvalid: no such
  // command, or not so; kConflict: it cannot be done here. An empty line is the last motion again.
  Result<std::string> Do(std::string_view line);
  // What `break` does. kNotFound as above.
  Result<void> Break(std::string_view name);

  bool WantsToQuit() const { return quits_; }
  // Of the script, what was not needed.
  std::size_t ScriptLeft() const { return script_.size() - scripted_; }
  const sim::Debugger& debugger() const { return debugger_; }

 private:
  struct Command;
  struct Given {
    json::Object event;
    bool of_script = false;
  };
  static std::span<const Command> Commands();

  Result<std::string> Step(std::string_view) { return Move(&sim::Debugger::Step); }
  Result<std::string> Next(std::string_view) { return Move(&sim::Debugger::Next); }
  Result<std::string> Finish(std::string_view) { return Move(&sim::Debugger::Finish); }
  Result<std::string> Continue(std::string_view) { return Move(&sim::Debugger::Continue); }
  Result<std::string> Back(std::string_view count);
  Result<std::string> Restart(std::string_view) { return GoBack(debugger_.ran()); }
  Result<std::string> BreakAt(std::string_view name);
  Result<std::string> Delete(std::string_view name);
  Result<std::string> Where(std::string_view);
  Result<std::string> Action(std::string_view);
  Result<std::string> Show(std::string_view reference);
  Result<std::string> Transcript(std::string_view);
  Result<std::string> Help(std::string_view);
  Result<std::string> Quit(std::string_view);

  using Motion = Result<void> (sim::Debugger::*)();
  Result<std::string> Move(Motion motion);
  Result<std::string> GoBack(std::size_t actions);
  static Result<json::Value> ValueOf(const Command& command, std::string_view operand);
  Result<std::string> Give(const Command& command, std::string_view operand);
  Result<void> GiveEvent(json::Object event, bool of_script);
  // The script's events for as long as the contact needs some, then what is new.
  Result<std::string> GoOn();
  // The transcript's lines since last time, and where the call stands.
  std::string News();

  sim::Debugger debugger_;
  std::vector<json::Object> script_;
  std::size_t scripted_ = 0;  // of the script, how many were given
  std::vector<Given> given_;
  std::size_t shown_ = 0;  // of the transcript, how many lines
  Motion last_ = &sim::Debugger::Step;
  bool quits_ = false;
};

}  // namespace trunkline::app
