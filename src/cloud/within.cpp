#include "cloud/within.h"

#include <exception>
#include <memory>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

namespace trunkline::cloud {
namespace {

namespace asio = net::asio;
using WakeUp =
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, net::Executor>;

// Shared by the coroutine that waits, the operation and the timer: whoever is left last lets it go.
struct Race {
  explicit Race(net::Loop& loop) : wake(loop.get_executor()) {
    wake.expires_at(WakeUp::time_point::max());
  }
  WakeUp wake;  // never due: it is cancelled when the race is over
  std::optional<Answer<>> answer;
  std::exception_ptr thrown;
  bool over = false;

  void End() {
    over = true;
    wake.cancel();
  }
};

// A coroutine of its own, so that the context lives as long as the work.
net::aw<void> Run(std::shared_ptr<Race> race, WaitContext context, WaitHandler work,
                  json::Object input) {
  Answer<> answer = co_await work.run(std::move(context), std::move(input));
  race->answer = std::move(answer);
}

net::aw<Answer<>> CallOperation(WaitContext context, json::Object call) {
  std::string service(call.GetString("service"));
  std::string operation(call.GetString("operation"));
  json::Object input = std::move(call["input"].AsObject());
  co_return co_await context.Call(std::move(service), std::move(operation), std::move(input));
}

}  // namespace

net::aw<std::optional<Answer<>>> Within(WaitContext context, WaitHandler work, json::Object input,
                                        Milliseconds limit) {
  auto race = std::make_shared<Race>(context.loop());
  asio::co_spawn(context.loop(), Run(race, context, work, std::move(input)),
                 [race](std::exception_ptr thrown) {
                   race->thrown = std::move(thrown);
                   race->End();
                 });
  Timers& timers = context.timers();
  const Timers::Id timer = timers.CallAt(timers.Now() + limit, [race] { race->End(); });
  if (!race->over) co_await race->wake.async_wait(asio::as_tuple(net::kUseAw));
  timers.Cancel(timer);
  if (race->thrown) std::rethrow_exception(race->thrown);
  std::optional<Answer<>> answer = std::move(race->answer);
  co_return answer;
}

net::aw<std::optional<Answer<>>> CallWithin(WaitContext context, std::string service,
                                            std::string operation, json::Object input,
                                            Milliseconds limit) {
  json::Object call{{"service", std::move(service)}, {"operation", std::move(operation)}};
  call.Set("input", std::move(input));
  const WaitHandler work{CallOperation};
  co_return co_await Within(std::move(context), work, std::move(call), limit);
}

}  // namespace trunkline::cloud
