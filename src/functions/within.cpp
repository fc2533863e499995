#include "functions/within.h"

#include <memory>
#include <optional>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

namespace trunkline::functions {
namespace {

using Timer = net::asio::basic_waitable_timer<
    std::chrono::steady_clock, net::asio::wait_traits<std::chrono::steady_clock>, net::Executor>;

// Shared with a wait whose end is already queued.
struct Alarm {
  net::asio::cancellation_signal signal;
  bool rang = false;
  bool too_late = false;  // the work was done before
};

Error NoAnswer(Milliseconds limit) {
  return Error(ErrorKind::kUnreached, "there was no answer within {}", ToDurationText(limit));
}

void Set(Timer& timer, const std::shared_ptr<Alarm>& alarm) {
  timer.async_wait([alarm](const boost::system::error_code& code) {
    if (code || alarm->too_late) return;
    alarm->rang = true;
    alarm->signal.emit(net::asio::cancellation_type::terminal);
  });
}

template <class T>
net::aw<void> Store(net::aw<Result<T>> work, std::shared_ptr<std::optional<Result<T>>> result) {
  result->emplace(co_await std::move(work));
}

}  // namespace

template <class T>
net::aw<Result<T>> Within(Milliseconds limit, net::aw<Result<T>> work) {
  if (limit.count() <= 0) co_return Error(ErrorKind::kUnreached, "there is no time left for it");
  const net::Executor executor = co_await net::asio::this_coro::executor;
  auto alarm = std::make_shared<Alarm>();
  Timer timer(executor, limit);
  Set(timer, alarm);
  auto result = std::make_shared<std::optional<Result<T>>>();
  std::string problem;
  try {
    co_await net::asio::co_spawn(
        executor, Store(std::move(work), result),
        net::asio::bind_cancellation_slot(alarm->signal.slot(), net::kUseAw));
  } catch (const boost::system::system_error& given_up) {  // what is cancelled ends so
    problem = given_up.what();
  }
  alarm->too_late = true;
  timer.cancel();
  if (result->has_value() && (**result || !alarm->rang)) co_return std::move(**result);
  if (alarm->rang) co_return NoAnswer(limit);
  co_return Error(ErrorKind::kUnreached, "{}", problem);
}

template net::aw<Result<json::Object>> Within(Milliseconds, net::aw<Result<json::Object>>);
template net::aw<Result<net::Response>> Within(Milliseconds, net::aw<Result<net::Response>>);

}  // namespace trunkline::functions
