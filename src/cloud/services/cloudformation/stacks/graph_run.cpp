#include "cloud/services/cloudformation/stacks/graph_run.h"

#include <chrono>
#include <memory>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>

namespace trunkline::cloud::cloudformation {
namespace {

namespace asio = net::asio;

// Resources often are functions and builds: processes. As many at once as a laptop stands.
constexpr std::size_t kAtOnce = 32;

// Never expires: cancelling it wakes who waits.
using Bell =
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, net::Executor>;

// Shared by the coroutine that waits and the ends of those it started.
struct Crew : std::enable_shared_from_this<Crew> {
  Crew(WaitContext context_, Work work_, bool go_on_, std::function<bool()> stop_)
      : context(std::move(context_)),
        work(std::move(work_)),
        go_on(go_on_),
        stop(std::move(stop_)),
        bell(context.loop()) {}

  void Plan(const Dependencies& needs);
  void StartReady();
  void Start(const std::string& name);
  void Ended(const std::string& name, bool done);

  WaitContext context;
  Work work;
  bool go_on;
  std::function<bool()> stop;
  Bell bell;
  std::map<std::string, std::size_t, std::less<>> open;  // how many it still needs
  std::map<std::string, std::vector<std::string>, std::less<>> needed_by;
  std::vector<std::string> ready;
  std::size_t running = 0;
  std::size_t left = 0;
  bool failed = false;
  bool starting = false;
};

void Crew::Plan(const Dependencies& needs) {
  left = needs.size();
  for (const auto& [name, others] : needs) {
    std::size_t count = 0;
    for (const std::string& other : others) {
      if (!needs.contains(other)) continue;
      needed_by[other].push_back(name);
      ++count;
    }
    open[name] = count;
    if (count == 0) ready.push_back(name);
  }
}

void Crew::StartReady() {
  if (starting) return;  // what ends at once comes back here
  starting = true;
  std::size_t next = 0;
  while (next < ready.size() && running < kAtOnce) {
    if ((failed && !go_on) || stop()) break;
    Start(std::string(ready[next++]));
  }
  ready.erase(ready.begin(), ready.begin() + static_cast<std::ptrdiff_t>(next));
  starting = false;
  if (running == 0) bell.cancel();
}

void Crew::Start(const std::string& name) {
  ++running;
  asio::co_spawn(context.loop(), work(name),
                 [crew = shared_from_this(), name](const std::exception_ptr& thrown, bool done) {
                   if (thrown) std::rethrow_exception(thrown);
                   crew->Ended(name, done);
                 });
}

void Crew::Ended(const std::string& name, bool done) {
  --running;
  if (done) {
    --left;
    for (const std::string& other : needed_by[name]) {
      if (--open[other] == 0) ready.push_back(other);
    }
  } else {
    failed = true;
  }
  StartReady();
}

}  // namespace

net::aw<bool> RunGraph(WaitContext context, Dependencies needs, Work work, bool go_on,
                       std::function<bool()> stop) {
  const auto crew =
      std::make_shared<Crew>(std::move(context), std::move(work), go_on, std::move(stop));
  crew->bell.expires_at(std::chrono::steady_clock::time_point::max());
  crew->Plan(needs);
  crew->StartReady();
  while (crew->running > 0) co_await crew->bell.async_wait(asio::as_tuple(net::kUseAw));
  co_return crew->left == 0;
}

Dependencies Reversed(const Dependencies& needs) {
  Dependencies reversed;
  for (const auto& [name, others] : needs) {
    reversed[name];
    for (const std::string& other : others) reversed[other].insert(name);
  }
  return reversed;
}

}  // namespace trunkline::cloud::cloudformation
