// What a simulated call costs: eight blocks (a prompt, contact attributes, a function that answers
// in the same process, a comparison, a menu, the working queue, hours, the transfer to the queue),
// from the call's beginning to the queue.
//
// `allocations` and `bytes` are what one call takes from the heap, all in all; `waiting` is what a
// contact holds while it waits in the queue. The baseline is json::Parse of the flow's text:
// `of_json` is a call's time as a multiple of it, in the same run.
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <new>
#include <vector>

#include <benchmark/benchmark.h>
#include <malloc.h>

#include "base/json_read.h"
#include "sim/contact.h"

namespace {

struct Heap {
  std::size_t allocations = 0;
  std::size_t bytes = 0;  // all in all
  std::size_t held = 0;   // now, as malloc rounds it
};
Heap heap;  // one thread

}  // namespace

void* operator new(std::size_t size) {
  ++heap.allocations;
  heap.bytes += size;
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  heap.held += malloc_usable_size(memory);
  return memory;
}
void operator delete(void* memory) noexcept {
  if (memory != nullptr) heap.held -= malloc_usable_size(memory);
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace trunkline::sim {
namespace {

constexpr std::string_view kFlow = R"({"Version":"2019-10-30",
"StartAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a01","Metadata":{},"Actions":[
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a01","Type":"MessageParticipant",
 "Parameters":{"Text":"Welcome to ACME. Your call may be recorded."},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a02","Errors":[
  {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingError"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a02","Type":"UpdateContactAttributes",
 "Parameters":{"Attributes":{"language":"en","line":"main"},"TargetContact":"Current"},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a03","Errors":[
  {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingError"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a03","Type":"InvokeLambdaFunction",
 "Parameters":{"LambdaFunctionARN":"arn:aws:lambda:eu-central-1:123456789012:function:lookup",
  "InvocationTimeLimitSeconds":"8","LambdaInvocationAttributes":{"phone":"$.CustomerEndpoint.Address"}},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a04","Errors":[
  {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingError"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a04","Type":"Compare",
 "Parameters":{"ComparisonValue":"$.External.tier"},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a05",
  "Conditions":[{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a05","Condition":{"Operator":"Equals","Operands":["gold"]}}],
  "Errors":[{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a05","ErrorType":"NoMatchingCondition"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a05","Type":"GetParticipantInput",
 "Parameters":{"Text":"For sales press one, for support press two.","StoreInput":"False","InputTimeLimitSeconds":"5"},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09",
  "Conditions":[{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a06","Condition":{"Operator":"Equals","Operands":["1"]}},
   {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a06","Condition":{"Operator":"Equals","Operands":["2"]}}],
  "Errors":[{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingError"},
   {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingCondition"},
   {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"InputTimeLimitExceeded"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a06","Type":"UpdateContactTargetQueue",
 "Parameters":{"QueueId":"arn:aws:connect:eu-central-1:123456789012:instance/i/queue/sales"},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a07","Errors":[
  {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingError"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a07","Type":"CheckHoursOfOperation","Parameters":{},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09",
  "Conditions":[{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a08","Condition":{"Operator":"Equals","Operands":["True"]}},
   {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","Condition":{"Operator":"Equals","Operands":["False"]}}],
  "Errors":[{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingError"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a08","Type":"TransferContactToQueue","Parameters":{},
 "Transitions":{"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","Errors":[
  {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"NoMatchingError"},
  {"NextAction":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","ErrorType":"QueueAtCapacity"}]}},
{"Identifier":"0a9d2f4e-6c1b-4a7e-9f55-3f0c5d1e2a09","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

double CpuSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::shared_ptr<const World> MakeWorld() {
  auto world = std::make_shared<World>();
  world->instance_arn = "arn:aws:connect:eu-central-1:123456789012:instance/i";
  world->region = "eu-central-1";
  flow::Parsed parsed = flow::ParseContent(std::string(kFlow), "CONTACT_FLOW");
  world->flows = {{.id = "main", .arn = "arn:main", .name = "main", .type = "CONTACT_FLOW"}};
  world->flows[0].document = std::make_shared<const flow::Document>(std::move(*parsed.document));
  world->queues = {{.id = "sales",
                    .arn = "arn:aws:connect:eu-central-1:123456789012:instance/i/queue/sales",
                    .name = "Sales",
                    .hours_id = "always"}};
  HoursOfOperation always{
      .id = "always", .arn = "arn:always", .name = "Always", .time_zone = "Europe/Berlin"};
  for (int day = 0; day < 7; ++day) always.slots.push_back({.day = static_cast<Day>(day)});
  world->hours = {always};
  world->functions = {
      {.arn = "arn:aws:lambda:eu-central-1:123456789012:function:lookup", .name = "lookup"}};
  world->answering.mode = Answering::Mode::kNobody;
  return world;
}

// A host in the same process: it hears what happens, and its function reads the contact.
class Host final : public EffectSink {
 public:
  void Take(Effect&& effect) override {
    if (const auto* invoked = std::get_if<InvokeLambda>(&effect.what)) request = invoked->request;
    if (const auto* say = std::get_if<Say>(&effect.what)) heard += say->text.size();
  }

  bool WantsRan() const override { return false; }

  RequestId request = 0;
  std::size_t heard = 0;  // bytes
};

// Until the contact waits in the queue.
Contact MakeCall(const std::shared_ptr<const World>& world) {
  Contact contact(world, {.contact_id = "4b9c7c1e-2f6f-4f6e-8f43-2d1f0e6c9a77",
                          .flow = "main",
                          .customer = {"+15550100"},
                          .now = TimePoint(std::chrono::seconds(1767718800)),
                          .function_events = false});
  Host host;
  contact.Step(Started{}, host);
  const bool is_known = contact.Read("$.CustomerEndpoint.Address") == "+15550100";
  contact.Step(LambdaAnswered{.request = host.request,
                              .payload = is_known ? R"({"tier":"gold"})" : R"({"tier":"none"})"},
               host);
  contact.Step(CallerPressed{"1"}, host);
  benchmark::DoNotOptimize(host.heard);
  return contact;
}

// The same with a host that wants to know all: the function's event, each action that was run.
Contact MakeToldCall(const std::shared_ptr<const World>& world) {
  Contact contact(world, {.contact_id = "4b9c7c1e-2f6f-4f6e-8f43-2d1f0e6c9a77",
                          .flow = "main",
                          .customer = {"+15550100"},
                          .now = TimePoint(std::chrono::seconds(1767718800))});
  benchmark::DoNotOptimize(contact.Step(Started{}));
  benchmark::DoNotOptimize(contact.Step(
      LambdaAnswered{.request = contact.needs().request, .payload = R"({"tier":"gold"})"}));
  benchmark::DoNotOptimize(contact.Step(CallerPressed{"1"}));
  return contact;
}

double JsonSeconds() {
  constexpr int kTimes = 200;
  const double began = CpuSeconds();
  for (int i = 0; i < kTimes; ++i) benchmark::DoNotOptimize(json::Parse(kFlow).ok());
  return (CpuSeconds() - began) / kTimes;
}

template <class Make>
void Measure(benchmark::State& state, const Make& make) {
  const auto world = MakeWorld();
  if (make(world).phase() != Phase::kQueued) std::abort();  // also warms up
  const Heap before = heap;
  const double began = CpuSeconds();
  for (auto _ : state) benchmark::DoNotOptimize(make(world).now());
  const auto calls = static_cast<double>(state.iterations());
  const double took = (CpuSeconds() - began) / calls;
  state.counters["calls"] = benchmark::Counter(1 / took);
  state.counters["allocations"] =
      static_cast<double>(heap.allocations - before.allocations) / calls;
  state.counters["bytes"] = static_cast<double>(heap.bytes - before.bytes) / calls;
  state.counters["of_json"] = took / JsonSeconds();
}

void EightBlocks(benchmark::State& state) {
  Measure(state, MakeCall);
}
BENCHMARK(EightBlocks);

void EightBlocksTold(benchmark::State& state) {
  Measure(state, MakeToldCall);
}
BENCHMARK(EightBlocksTold);

void Waiting(benchmark::State& state) {
  constexpr std::size_t kContacts = 1000;
  const auto world = MakeWorld();
  for (auto _ : state) {
    std::vector<Contact> waiting;
    waiting.reserve(kContacts);
    const std::size_t before = heap.held;
    for (std::size_t i = 0; i < kContacts; ++i) waiting.push_back(MakeCall(world));
    state.counters["waiting"] = static_cast<double>(heap.held - before) / kContacts;
  }
}
BENCHMARK(Waiting);

}  // namespace
}  // namespace trunkline::sim
