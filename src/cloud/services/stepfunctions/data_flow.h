// Data flow: how a state's fields make its input, its task's arguments and its output, in both
// query languages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "cloud/services/stepfunctions/failure.h"
#include "cloud/services/stepfunctions/machine.h"
#include "cloud/services/stepfunctions/payload.h"

namespace trunkline::cloud::stepfunctions {

// What one execution of a state sees. Everything outlives it.
struct StateView {
  const Node& node;
  const json::Value& input;    // as the state was given it
  const json::Value& context;  // null when the state does not use it
  const json::Object& variables;
  Random& random;
  TimePoint now;
  json::Object* trace = nullptr;  // TestState's inspectionData: each step's result, as text

  PathScope Paths(const json::Value& root) const {
    return {
        .input = root, .context = context, .variables = variables, .random = random, .now = now};
  }
  // With `extra` ("result", "errorOutput") bound in $states, when it is not empty.
  QueryScope Query(std::string_view extra = {}, const json::Value* value = nullptr) const;
  void Note(std::string_view step, const json::Value& value) const;
};

// What a path to a number leads to: one, or a text that is one (seen).
std::optional<std::int64_t> WholeNumber(const json::Value& value);

// InputPath. With JSONata: the input itself.
Outcome<> EffectiveInput(const StateView& view);
// Parameters or Arguments; without them the effective input.
Outcome<> Arguments(const StateView& view, const json::Value& effective);

// The number of a field ("TimeoutSeconds") that may also be a path ("TimeoutSecondsPath") or an
// expression; `fallback` without it.
Outcome<std::int64_t> NumberOf(const StateView& view, const json::Value& effective,
                               std::string_view field, std::int64_t fallback);

// A number of a Map that may be a path: `holder` is the state or a part of it, and has `field` or
// "<field>Path". Null without either.
enum class LimitKind { kInteger, kFloat };
Outcome<> LimitOf(const StateView& view, const json::Value& effective, const json::Object& holder,
                  std::string_view field, LimitKind kind);

// What leaving a state gives.
struct Departure {
  json::Value output;
  json::Object assigned;
};

// After a result: of a task, of branches, of Pass.
Outcome<Departure> DepartWithResult(const StateView& view, const json::Value& result);
// Without one: Wait, Choice, Succeed. `holder` has Assign and Output: the state or a choice rule,
// whose fields stand at `prefix` ("Choices[0]/").
Outcome<Departure> DepartWithInput(const StateView& view, const json::Value& effective,
                                   const json::Object& holder, std::string_view prefix);
// By a catcher.
Outcome<Departure> DepartCaught(const StateView& view, const json::Object& catcher,
                                std::string_view prefix, const json::Value& error_output);

}  // namespace trunkline::cloud::stepfunctions
