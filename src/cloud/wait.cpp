#include "cloud/wait.h"

#include <exception>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "cloud/children.h"
#include "cloud/engine.h"

namespace trunkline::cloud {
namespace {

namespace asio = net::asio;

// Suspends the coroutine until the function given to `start` is called, from any thread; it goes on
// in the loop.
template <class Start>
net::aw<void> Suspend(net::Loop& loop, Start start) {
  return asio::async_initiate<const net::UseAw, void(std::exception_ptr)>(
      [&loop, start = std::move(start)](auto handler) {
        // Shared by the one call that is due: functions must be copyable, handlers are not.
        auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
        auto guard = asio::make_work_guard(loop);
        start(std::function<void(std::exception_ptr)>(
            [&loop, guard, waiting = std::move(waiting)](std::exception_ptr thrown) mutable {
              asio::post(loop, [waiting = std::move(waiting), guard, thrown = std::move(thrown)] {
                std::move (*waiting)(thrown);
              });
            }));
      },
      net::kUseAw);
}

}  // namespace

WaitContext::WaitContext(Engine& engine, Caller caller, std::string region, std::string request_id,
                         std::shared_ptr<const net::Request> request)
    : engine_(&engine),
      caller_(std::move(caller)),
      region_(std::move(region)),
      request_id_(std::move(request_id)),
      request_(std::move(request)),
      reply_(std::make_shared<Reply>()) {}

Answer<> WaitContext::State(const std::function<Answer<>(Context&)>& work) const {
  return engine_->State(caller_, region_, request_id_, request_.get(), *reply_, work);
}

Answer<> WaitContext::Dispatch(std::string_view service, std::string_view operation,
                               const json::Object& input) const {
  TL_TRY(const Route route, engine_->dispatch.Find(service, operation));
  TL_DO(CheckInput(route, input));
  TL_DO(engine_->Permit(caller_, region_, request_id_, nullptr, route, input));
  return State([&](Context& context) { return context.Call(service, operation, input); });
}

net::aw<Answer<>> WaitContext::Call(std::string service, std::string operation,
                                    json::Object input) const {
  TL_CO_TRY(const Route route, engine_->dispatch.Find(service, operation));
  if (route.handler->handle) co_return Dispatch(service, operation, input);
  TL_CO_DO(CheckInput(route, input));
  TL_CO_DO(engine_->Permit(caller_, region_, request_id_, nullptr, route, input));
  // What the operation does itself is not the role's doing.
  Caller caller = caller_;
  caller.acts_in_role = false;
  WaitContext inner(*engine_, std::move(caller), region_, request_id_);
  co_return co_await route.handler->wait->run(std::move(inner), std::move(input));
}

WaitContext WaitContext::As(Caller caller, std::string region) const {
  return {*engine_, std::move(caller), std::move(region), request_id_};
}

net::aw<void> WaitContext::Sleep(Milliseconds duration) const {
  Timers& timers = engine_->timers;
  co_await Suspend(
      engine_->loop, [&timers, duration](std::function<void(std::exception_ptr)> resume) {
        timers.CallAt(timers.Now() + duration, [resume = std::move(resume)] { resume(nullptr); });
      });
}

net::aw<void> WaitContext::OnWorker(std::function<void()> work) const {
  const auto& on_worker = engine_->on_worker;
  // Named before it is moved: g++ 12 destroys a closure that is made in a co_await twice.
  auto start = [&on_worker,
                work = std::move(work)](std::function<void(std::exception_ptr)> resume) {
    on_worker([work, resume = std::move(resume)] {
      std::exception_ptr thrown;
      try {
        work();
      } catch (...) {
        thrown = std::current_exception();  // a bug: goes on in the coroutine that waits
      }
      resume(std::move(thrown));  // the loop's thread ends it
    });
  };
  co_await Suspend(engine_->loop, std::move(start));
}

Answer<std::map<std::string, std::string>> WaitContext::ChildEnvironment(
    std::string_view role_arn, std::string_view session_name) const {
  return MakeChildEnvironment(*this, role_arn, session_name);
}

net::Loop& WaitContext::loop() const {
  return engine_->loop;
}
Timers& WaitContext::timers() const {
  return engine_->timers;
}
const Clock& WaitContext::clock() const {
  return engine_->clock;
}
Random& WaitContext::random() const {
  return engine_->random;
}
Log& WaitContext::log() const {
  return engine_->log;
}
Objects& WaitContext::objects() const {
  return engine_->objects;
}
const std::string& WaitContext::endpoint() const {
  return engine_->endpoint;
}
const std::string& WaitContext::data_folder() const {
  return engine_->data_folder;
}

}  // namespace trunkline::cloud
