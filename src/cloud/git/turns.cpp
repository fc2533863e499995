#include "cloud/git/turns.h"

#include <map>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>

namespace trunkline::cloud::git {
namespace {

namespace asio = net::asio;
using Steady = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, net::Executor>;

}  // namespace

struct Gate {
  explicit Gate(net::Loop& loop) : wake(loop, Steady::time_point::max()) {}
  bool taken = false;
  Timer wake;  // never rings; cancelling one wait wakes one who waits
};

namespace {

class Gates final : public Resident {
 public:
  explicit Gates(Engine& engine) : loop_(engine.loop) {}
  std::shared_ptr<Gate> Of(const std::string& name) {
    // Gates that nobody holds go, so that names of long ago take no memory.
    std::erase_if(gates_, [](const auto& entry) { return entry.second.expired(); });
    std::shared_ptr<Gate> gate = gates_[name].lock();
    if (!gate) gates_[name] = gate = std::make_shared<Gate>(loop_);
    return gate;
  }

 private:
  net::Loop& loop_;
  std::map<std::string, std::weak_ptr<Gate>> gates_;
};

}  // namespace

Turn::Turn(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

Turn::~Turn() {
  if (!gate_) return;
  gate_->taken = false;
  gate_->wake.cancel_one();
}

net::aw<Turn> TakeTurn(Engine& engine, std::string name) {
  const std::shared_ptr<Gate> gate = engine.Get<Gates>().Of(name);
  while (gate->taken) co_await gate->wake.async_wait(asio::as_tuple(net::kUseAw));
  gate->taken = true;
  co_return Turn(gate);
}

}  // namespace trunkline::cloud::git
