#include "center/lint_facts.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/symbols.h"

namespace trunkline::center {
namespace {

using flow::ResourceKind;

void AddEnvironments(const Center& center, std::string_view environment, flow::CenterFacts& facts) {
  for (const Environment& one : center.environments) {
    const bool asked = environment.empty() ? one.enabled : *one.name == environment;
    if (!asked || one.regions.size() <= facts.regions.size()) continue;
    facts.regions.clear();
    for (const Text& region : one.regions) facts.regions.push_back(*region);
    facts.app = *one.app;
  }
}

void AddBots(const Center& center, flow::CenterFacts& facts) {
  for (const Bot& bot : center.bots) {
    for (const BotLocale& locale : bot.locales) {
      for (const BotIntent& intent : locale.intents) facts.intents[*bot.name].insert(*intent.name);
    }
  }
}

// A symbol of the value may be a secret's name; what is fetched at run time is the function's own.
void AddFunctions(const Center& center, flow::CenterFacts& facts) {
  for (const Function& function : center.functions) {
    if (function.answers) facts.answers[*function.name] = *function.answers;
    for (const auto& [name, value] : function.environment) {
      Finding line = FindingAt(center, Severity::kNote, "", value.place, "");
      facts.variables.push_back({.function = *function.name,
                                 .name = name,
                                 .value = *value,
                                 .place = value.place,
                                 .source_line = std::move(line.source_line)});
    }
  }
}

void AddQueues(const Center& center, flow::CenterFacts& facts) {
  for (const Queue& queue : center.queues) {
    for (const auto& [key, value] : queue.tags) {
      if (EqualsIgnoreCase(key, "sensitive") && !EqualsIgnoreCase(value, "false"))
        facts.sensitive_queues.insert(*queue.name);
    }
  }
}

// Which flows and modules each one names: transfers, hooks, invocations.
class Ways {
 public:
  explicit Ways(const Center& center) {
    for (const Flow& flow : center.flows) Add(ResourceKind::kFlow, flow);
    for (const Flow& module : center.modules) Add(ResourceKind::kModule, module);
  }

  bool Has(const std::string& flow) const { return names_.contains({ResourceKind::kFlow, flow}); }

  // The flows that a contact may get to from this one, itself too.
  std::set<std::string> From(const std::string& flow) const {
    std::set<Key> seen{{ResourceKind::kFlow, flow}};
    std::vector<Key> open(seen.begin(), seen.end());
    while (!open.empty()) {
      const auto next = names_.find(open.back());
      open.pop_back();
      if (next == names_.end()) continue;
      for (const Key& key : next->second) {
        if (seen.insert(key).second) open.push_back(key);
      }
    }
    std::set<std::string> flows;
    for (const Key& key : seen) {
      if (key.first == ResourceKind::kFlow) flows.insert(key.second);
    }
    return flows;
  }

 private:
  using Key = std::pair<ResourceKind, std::string>;

  void Add(ResourceKind kind, const Flow& flow) {
    std::vector<Key>& named = names_[{kind, *flow.name}];
    for (const flow::Reference& one : flow::References(flow.document)) {
      const bool calls = one.kind == ResourceKind::kFlow || one.kind == ResourceKind::kModule;
      const bool by_name = one.style == flow::ReferenceStyle::kSymbol ||
                           one.style == flow::ReferenceStyle::kAttribute;
      if (calls && by_name && !one.in_metadata) named.emplace_back(one.kind, one.name);
    }
  }

  std::map<Key, std::vector<Key>> names_;
};

// The flow that a test case starts at: by name or symbol; empty where it says it otherwise.
std::string FlowOf(const json::Object& test) {
  const json::Object& entry = test.GetObject("EntryPoint");
  for (const std::string_view parameters :
       {"VoiceCallEntryPointParameters", "ChatEntryPointParameters"}) {
    const std::string_view flow = entry.GetObject(parameters).GetString("FlowId");
    if (flow.empty()) continue;
    const std::vector<flow::SymbolPiece> pieces = flow::ScanSymbols(flow);
    return pieces.size() == 1 && pieces[0].is_symbol ? pieces[0].name : std::string(flow);
  }
  return {};
}

// The ActionType of every override, wherever it stands.
void AddOverrides(const json::Value& value, std::set<std::string, std::less<>>& types) {
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) AddOverrides(item, types);
  }
  if (!value.IsObject()) return;
  const json::Object& object = value.AsObject();
  if (object.Has("ActionType") && object.Has("Strategy"))
    types.emplace(object.GetString("ActionType"));
  for (const json::Member& member : object) AddOverrides(member.value, types);
}

void AddFlows(const Center& center, flow::CenterFacts& facts) {
  for (const Flow& flow : center.flows) facts.flows.insert(*flow.name);
  for (const Flow& module : center.modules) facts.flows.insert(*module.name);
}

void AddTests(const Center& center, flow::CenterFacts& facts) {
  const Ways ways(center);
  for (const TestFile& file : center.tests) {
    const json::ReadOutcome read =
        json::Read(file.text, file.file, {.comments = true, .trailing_commas = true});
    if (!read.value || !read.value->IsObject()) continue;
    const json::Object& test = read.value->AsObject();
    flow::TestUse use{.name = std::string(test.GetString("Name")), .overrides = {}};
    AddOverrides(*read.value, use.overrides);
    const std::string start = FlowOf(test);
    facts.has_tests = true;
    facts.knows_tests = facts.knows_tests && ways.Has(start);
    for (const std::string& flow : ways.From(start)) facts.tests[flow].push_back(use);
  }
}

}  // namespace

flow::CenterFacts LintFactsOf(const Center& center, std::string_view environment) {
  flow::CenterFacts facts;
  AddEnvironments(center, environment, facts);
  AddBots(center, facts);
  AddFunctions(center, facts);
  AddQueues(center, facts);
  AddFlows(center, facts);
  AddTests(center, facts);
  return facts;
}

}  // namespace trunkline::center
