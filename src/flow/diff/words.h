// What people call the parts of a flow: its actions, their branches, and what happens there.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "flow/diff/side.h"

namespace trunkline::flow {

// What callers notice: {"transfers to queue", "Billing"}, {"hangs up", ""}.
struct Effect {
  std::string verb;
  std::string object;

  std::string Text() const { return object.empty() ? verb : verb + " " + object; }
  friend bool operator==(const Effect&, const Effect&) = default;
};

class Words {
 public:
  explicit Words(const Side& side);

  // "'Main menu' (Get customer input)"; the block alone where the identifier is a generated one.
  std::string NameOf(std::size_t action) const;
  bool IsNamed(std::size_t action) const;  // its identifier is not a generated one
  // What the action does, or leads to without callers noticing anything before.
  Effect EffectOf(std::size_t action) const;
  // How callers come to the action: "on digit 2 of 'Main menu'"; its name where several ways lead
  // there.
  std::string WayTo(std::size_t action) const;
  // A parameter's value as messages show it: a resource by its name, a text in quotes.
  std::string Value(const Action& action, const std::string& path, const json::Value& value) const;
  // The same, however long it is.
  std::string WholeValue(const Action& action, const std::string& path,
                         const json::Value& value) const;

 private:
  std::string Resource(const Action& action, const std::string& path) const;
  Effect OwnEffect(const Action& action) const;

  const Side& side_;
  std::map<std::pair<std::string, std::string>, std::string> resources_;  // by action and path
};

// What the console calls the action's block: "Play prompt".
std::string BlockOf(const Action& action);
// Identifiers of the console and of generators, which nobody knows.
bool IsGeneratedId(std::string_view id);

// A branch in words: "on digit 2", "when open", "on silence", "on error"; "then" for NextAction.
std::string BranchWords(const Action& action, std::string_view label);

// "InvocationTimeLimitSeconds" -> "time limit"
std::string ParameterWords(std::string_view path);

}  // namespace trunkline::flow
