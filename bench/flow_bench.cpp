// What reading, checking and linking a flow costs. The input is made of blocks of ten actions with
// the shares that real flows have (prompts 29 %, attributes 10 %, comparisons 9 %, functions 9 %,
// menus 6 %, queues 3 %; minified, 530 bytes an action); the median real flow has 9 actions, the
// largest 94.
//
// The baseline is json::Parse of the same text: `of_json` is our time as a multiple of its,
// measured in the same run. CheckFlow is all that is done with a flow before it meets an instance:
// read, validated, linted, its references found; CheckFlow/corpus does it with all files of the
// shared corpus, where it is there.
#include <algorithm>
#include <ctime>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/diff.h"
#include "flow/link.h"
#include "flow/lint.h"
#include "flow/validate.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

struct Row {
  const char* type;
  const char* parameters;
  const char* branches;  // beside NextAction; E is where errors go, @ is the next action
};
constexpr Row kBlock[] = {
    {"UpdateFlowLoggingBehavior", R"({"FlowLoggingBehavior":"Enabled"})", ""},
    {"MessageParticipant",
     R"({"Text":"Welcome to our company. Please listen to the following options."})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingError"}])"},
    {"InvokeLambdaFunction",
     R"({"LambdaFunctionARN":"<<ARNREPLACE>>","InvocationTimeLimitSeconds":"8","ResponseValidation":{"ResponseType":"STRING_MAP"}})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingError"}])"},
    {"UpdateContactAttributes",
     R"({"Attributes":{"department":"$.External.department"},"TargetContact":"Current"})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingError"}])"},
    {"Compare", R"({"ComparisonValue":"$.Attributes.department"})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingCondition"}],"Conditions":[{"NextAction":"@","Condition":{"Operator":"Equals","Operands":["sales"]}}])"},
    {"MessageParticipant", R"({"SSML":"<speak>Hello $.Attributes.name, one moment.</speak>"})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingError"}])"},
    {"GetParticipantInput",
     R"({"Text":"Press one for sales.","StoreInput":"False","InputTimeLimitSeconds":"5"})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingError"},{"NextAction":"E","ErrorType":"NoMatchingCondition"},{"NextAction":"E","ErrorType":"InputTimeLimitExceeded"}],"Conditions":[{"NextAction":"@","Condition":{"Operator":"Equals","Operands":["1"]}}])"},
    {"UpdateContactTargetQueue", R"({"QueueId":"${queue:Sales}"})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingError"}])"},
    {"MessageParticipant", R"({"Text":"You are being connected."})", ""},
    {"UpdateContactEventHooks", R"({"EventHooks":{"CustomerQueue":"${flow:Queue}"}})",
     R"(,"Errors":[{"NextAction":"E","ErrorType":"NoMatchingError"}])"},
};

std::string IdOf(std::size_t i) {
  return fmt::format("{:08x}-0000-4000-8000-000000000000", i);
}

std::string FlowOf(std::size_t blocks) {
  std::string actions;
  std::string layout;
  for (std::size_t i = 0; i < blocks * std::size(kBlock); ++i) {
    const Row& row = kBlock[i % std::size(kBlock)];
    actions += fmt::format(
        R"({{"Identifier":"{}","Type":"{}","Parameters":{},"Transitions":{{"NextAction":"{}"{}}}}},)",
        IdOf(i), row.type, row.parameters, IdOf(i + 1), Replace(row.branches, "@", IdOf(i + 1)));
    layout += fmt::format(R"({}"{}":{{"position":{{"x":{}.5,"y":20}},"isFriendlyName":false}})",
                          i == 0 ? "" : ",", IdOf(i), i * 250);
  }
  actions += fmt::format(
      R"({{"Identifier":"{}","Type":"TransferContactToQueue","Parameters":{{}},"Transitions":{{"NextAction":"E","Errors":[{{"NextAction":"E","ErrorType":"NoMatchingError"}},{{"NextAction":"E","ErrorType":"QueueAtCapacity"}}]}}}},)",
      IdOf(blocks * std::size(kBlock)));
  actions +=
      R"({"Identifier":"E","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}})";
  return fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"{}","Metadata":{{"type":"contactFlow","ActionMetadata":{{{}}}}},"Actions":[{}]}})",
      IdOf(0), layout, actions);
}

Document DocumentOf(const std::string& text) {
  return std::move(*Parse(text, "bench.json").document);
}

SymbolTable Table() {
  SymbolTable table;
  table.Add(
      ResourceKind::kQueue, "Sales",
      {.arn = "arn:aws:connect:eu-west-1:111122223333:instance/i/queue/q", .id = {}, .number = {}});
  table.Add(ResourceKind::kFlow, "Queue",
            {.arn = "arn:aws:connect:eu-west-1:111122223333:instance/i/contact-flow/f",
             .id = {},
             .number = {}});
  table.Add(ResourceKind::kLambda, "mapping",
            {.arn = "arn:aws:lambda:eu-west-1:111122223333:function:m", .id = {}, .number = {}});
  return table;
}

// Processor time, which other work on the machine disturbs less than the time that passes.
double Now() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double SecondsOfJson(const std::string& text) {
  constexpr int kRounds = 20;
  const double begin = Now();
  for (int i = 0; i < kRounds; ++i) benchmark::DoNotOptimize(json::Parse(text).value());
  return (Now() - begin) / kRounds;
}

template <class Work>
void Measure(benchmark::State& state, const std::string& text, Work work) {
  const double baseline = SecondsOfJson(text);
  const double begin = Now();
  for (auto round : state) work();
  const double spent = Now() - begin;
  const auto rounds = static_cast<double>(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(rounds * static_cast<double>(text.size())));
  state.counters["of_json"] = spent / rounds / baseline;
}

void ParseFlow(benchmark::State& state) {
  const std::string text = FlowOf(static_cast<std::size_t>(state.range(0)));
  if (!Parse(text, "x").findings.empty()) return state.SkipWithError("the flow has findings");
  Measure(state, text, [&] { benchmark::DoNotOptimize(Parse(text, "bench.json")); });
}

void ValidateFlow(benchmark::State& state) {
  const std::string text = FlowOf(static_cast<std::size_t>(state.range(0)));
  const Document document = DocumentOf(text);
  if (!Validate(document, ValidateMode::kObserved).findings.empty())
    return state.SkipWithError("the flow has findings");
  Measure(state, text,
          [&] { benchmark::DoNotOptimize(Validate(document, ValidateMode::kObserved)); });
}

void LintFlow(benchmark::State& state) {
  const std::string text = FlowOf(static_cast<std::size_t>(state.range(0)));
  const Document document = DocumentOf(text);
  if (HasErrors(Lint(document))) return state.SkipWithError("the flow has errors");
  Measure(state, text, [&] { benchmark::DoNotOptimize(Lint(document)); });
}

void LinkFlow(benchmark::State& state) {
  const std::string text = FlowOf(static_cast<std::size_t>(state.range(0)));
  const Document document = DocumentOf(text);
  const SymbolTable table = Table();
  if (!Link(document, table, LinkMode::kStatic).content)
    return state.SkipWithError("the flow does not link");
  Measure(state, text, [&] { benchmark::DoNotOptimize(Link(document, table, LinkMode::kStatic)); });
}

// Ten blocks are a hundred actions, more than the largest real flow; 24 are the service's limit.
BENCHMARK(ParseFlow)->ArgName("blocks")->Arg(1)->Arg(10)->Arg(24);
BENCHMARK(ValidateFlow)->ArgName("blocks")->Arg(1)->Arg(10)->Arg(24);
BENCHMARK(LintFlow)->ArgName("blocks")->Arg(1)->Arg(10)->Arg(24);
BENCHMARK(LinkFlow)->ArgName("blocks")->Arg(1)->Arg(10)->Arg(24);

// All that is done with a flow before it meets an instance.
void CheckAll(const std::string& bytes) {
  const Parsed parsed = Parse(bytes, "bench.json");
  benchmark::DoNotOptimize(Validate(*parsed.document, ValidateMode::kObserved));
  benchmark::DoNotOptimize(Lint(*parsed.document));
  benchmark::DoNotOptimize(References(*parsed.document));
}

void CheckFlow(benchmark::State& state) {
  const std::string text = FlowOf(static_cast<std::size_t>(state.range(0)));
  Measure(state, text, [&] { CheckAll(text); });
}
BENCHMARK(CheckFlow)->ArgName("blocks")->Arg(1)->Arg(10)->Arg(24);

// The corpus' files, by size.
std::vector<std::string> Corpus() {
  const std::optional<std::string> shared = tests::SharedFolder();
  if (!shared) return {};
  std::vector<std::string> files;
  for (const std::string& path : tests::FilesBelow(*shared + "/corpus/flows"))
    files.push_back(tests::ReadFileOrDie(path));
  std::ranges::sort(files, {}, &std::string::size);
  return files;
}

void CheckCorpus(benchmark::State& state) {
  const std::vector<std::string> files = Corpus();
  if (files.empty()) return state.SkipWithError("needs the shared data");
  std::size_t bytes = 0;
  for (const std::string& file : files) bytes += file.size();
  for (auto round : state) std::ranges::for_each(files, CheckAll);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(files.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(CheckCorpus)->Name("CheckFlow/corpus")->Unit(benchmark::kMillisecond);

void DiffLargest(benchmark::State& state) {
  const std::vector<std::string> files = Corpus();
  if (files.empty()) return state.SkipWithError("needs the shared data");
  const Document before = DocumentOf(files[files.size() - 2]);
  const Document after = DocumentOf(files.back());
  for (auto round : state) benchmark::DoNotOptimize(DiffFlows(before, after));
}
BENCHMARK(DiffLargest)->Name("DiffFlows/largest two of the corpus")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace trunkline::flow
