#include "cloud/contacts/call_within.h"

#include <exception>
#include <memory>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

namespace trunkline::cloud::contacts {
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

// A coroutine of its own, so that the context lives as long as the operation.
net::aw<void> Run(std::shared_ptr<Race> race, WaitContext context, std::string service,
                  std::string operation, json::Object input) {
  Answer<> answer =
      co_await context.Call(std::move(service), std::move(operation), std::move(input));
  race->answer = std::move(answer);
}

}  // namespace

net::aw<std::optional<Answer<>>> CallWithin(WaitContext context, std::string service,
                                            std::string operation, json::Object input,
                                            Milliseconds limit) {
  auto race = std::make_shared<Race>(context.loop());
  asio::co_spawn(context.loop(),
                 Run(race, context, std::move(service), std::move(operation), std::move(input)),
                 [race](std::exception_ptr thrown) {
                   race->thrown = thrown;
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

}  // namespace trunkline::cloud::contacts
