// What a contact center's other files say that lint rules need: its Regions, bots, functions, tests
// and queues. The flow floor knows no files: center/lint_facts.h draws these from a center.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/lint.h"

namespace trunkline::flow {

// An environment variable of a function, as its file has it.
struct WrittenVariable {
  std::string function;
  std::string name;
  std::string value;
  Place place;
  SourceLine source_line;
};

// A test case that may get to a flow: it starts there, or where a way leads there from.
struct TestUse {
  std::string name;
  std::set<std::string, std::less<>> overrides;  // types of actions that it answers for
};

struct CenterFacts {
  std::vector<std::string> regions = {};  // that flows are delivered to, in one environment
  std::string app = {};                   // "ACME", as accountvars.json has it
  // By bot, in any of its languages.
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> intents = {};
  // By function: the keys of its answers, of those that declare them.
  std::map<std::string, std::vector<std::string>, std::less<>> answers = {};
  std::set<std::string, std::less<>> sensitive_queues = {};  // by their tag
  std::set<std::string, std::less<>> flows = {};             // names of its flows and modules
  bool has_tests = false;
  bool knows_tests = true;                                              // where each of them starts
  std::map<std::string, std::vector<TestUse>, std::less<>> tests = {};  // by flow
  std::vector<WrittenVariable> variables = {};
};

// What rules about the center itself look at and report to.
class CenterLint {
 public:
  explicit CenterLint(const CenterFacts& the_facts) : facts(the_facts) {}

  const CenterFacts& facts;

  // Called by the runner: what the next reports are about.
  void Start(const LintRule& rule, LintLevel level);
  void Report(const WrittenVariable& at, std::string message, std::string hint);
  Findings Take() { return std::move(findings_); }

 private:
  const LintRule* rule_ = nullptr;
  LintLevel level_ = LintLevel::kOff;
  Findings findings_;
};

// By the rules that have `run_center`.
Findings LintCenter(const CenterFacts& facts, const LintOptions& options);

}  // namespace trunkline::flow
