// Linting flows together: what one flow leaves for the next, who calls whom, what is said twice.
//
// A set may hold thousands of flows, so the rules do not see documents but facts: what each flow
// reads, sets and calls, with its paths. FactsOf draws them from one document, which can then be
// given up.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "flow/contract.h"
#include "flow/lint.h"

namespace trunkline::flow {

// A user attribute ($.Attributes.<key>) that an action reads, where a missing value would be felt.
struct AttributeRead {
  std::string key;
  std::uint32_t offset = 0;  // of the text in the content
};

struct FactEdge {
  std::size_t target = 0;         // position in FlowFacts::nodes
  std::string branch;             // for messages: "error 'X'", "'2'"; empty for success
  std::vector<std::string> sets;  // attributes that surely have a value behind it
};

// One action that the start reaches.
struct FactNode {
  std::string action;  // identifier
  std::vector<FactEdge> edges;
  std::vector<AttributeRead> reads;
  bool is_return = false;  // ends a module's run
  bool is_queue = false;   // puts the contact into a queue
  bool decides = false;    // waits for input or branches by a condition
  bool is_mute = false;    // nothing is heard at it
  bool hangs_up = false;
  const ActionKind* kind = nullptr;  // nullptr when unknown
};

// A value that the call of a module gives it.
struct CallInput {
  std::string key;
  json::Value value;  // numbers, booleans and texts; empty ones of the others
  std::uint32_t offset = 0;
};

enum class CallKind { kTransfer, kModule, kHook };

// Another flow or module that an action names.
struct FlowCall {
  CallKind kind = CallKind::kTransfer;
  std::string hook;      // of kHook: "CustomerQueue"
  std::string name;      // empty when it is named otherwise
  std::string id;        // of an ARN or a bare id; both empty: only the run time knows
  std::size_t node = 0;  // position in FlowFacts::nodes
  std::uint32_t offset = 0;
  std::vector<std::string> results;  // of kModule: what the conditions compare
  std::vector<CallInput> inputs;     // of kModule
  bool knows_inputs = true;          // false where one reference stands for all of them
};

// A static text that callers hear.
struct SaidText {
  std::string text;
  std::string action;
  std::uint32_t offset = 0;
};

// A value of the last module ($.Modules.ResultData.<key>) that an action reads.
struct DataRead {
  std::string key;
  std::string action;
  std::uint32_t offset = 0;
};

struct FlowFacts {
  std::string file;
  std::string name;  // of the flow; where nothing says it, of the file
  std::string id;    // of a described flow
  std::string type;
  bool is_module = false;
  std::vector<FactNode> nodes;  // the first is the start
  std::vector<FlowCall> calls;
  std::vector<SaidText> said;
  std::vector<std::string> results;        // of a module: what each of its returns names, or ""
  std::vector<std::string> data;           // of a module: the keys of what its returns give
  std::optional<ModuleContract> contract;  // of a module
  std::vector<DataRead> data_reads;
  std::vector<std::string> read_keys;   // every attribute that is read, sorted; also by Compare
  std::vector<AttributeRead> set_keys;  // every attribute that is set: the first place
};

FlowFacts FactsOf(const Document& document);
// Lint and FactsOf at once, for the price of little more than one.
Findings Lint(const Document& document, const LintOptions& options, FlowFacts& facts);

// A finding in one flow of the set.
struct SetFinding {
  std::size_t flow = 0;
  std::uint32_t offset = 0;  // in the content
  Severity severity = Severity::kWarning;
  std::string code;
  std::string message;
  std::string hint;
};

// By the rules that have `run_set`; in the order of the flows and of the text.
std::vector<SetFinding> LintSet(std::span<const FlowFacts> flows, const LintOptions& options = {});

// With its place and line; `document` is the one the facts of that flow came from.
Finding ToFinding(const Document& document, const SetFinding& finding);

}  // namespace trunkline::flow
