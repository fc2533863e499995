#include "cloud/services/lambda/sandboxes.h"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kWarm = 64;
constexpr std::chrono::seconds kWarmTime{60};
using Steady = std::chrono::steady_clock;
using Timer =
    net::asio::basic_waitable_timer<Steady, net::asio::wait_traits<Steady>, net::Executor>;

}  // namespace

void Sandboxes::Reset() {
  idle_.clear();
  under_way_.clear();
}

std::shared_ptr<Sandbox> Sandboxes::Take(const SandboxKey& key) {
  idle_.erase(std::remove_if(idle_.begin(), idle_.end(),
                             [&](const Idle& idle) {
                               const bool stale = idle.key.function_arn == key.function_arn &&
                                                  idle.key.version == key.version &&
                                                  idle.key.build != key.build;
                               return stale || !idle.sandbox->alive();
                             }),
              idle_.end());
  // The one that was used last: the others may expire.
  const auto found =
      std::find_if(idle_.rbegin(), idle_.rend(), [&](const Idle& idle) { return idle.key == key; });
  if (found == idle_.rend()) return nullptr;
  std::shared_ptr<Sandbox> sandbox = found->sandbox;
  idle_.erase(std::next(found).base());
  return sandbox;
}

bool Sandboxes::Enter(const std::string& function_arn, std::size_t limit) {
  std::size_t& count = under_way_[function_arn];
  if (count >= limit) return false;
  ++count;
  return true;
}

void Sandboxes::Leave(const std::string& function_arn) {
  const auto found = under_way_.find(function_arn);
  if (found != under_way_.end() && found->second > 0 && --found->second == 0)
    under_way_.erase(found);
}

void Sandboxes::GiveBack(const SandboxKey& key, std::shared_ptr<Sandbox> sandbox) {
  if (!sandbox->alive()) return;
  if (idle_.size() >= kWarm) idle_.erase(idle_.begin());
  idle_.push_back({.key = key, .sandbox = std::move(sandbox), .ticket = ++tickets_});
  net::asio::co_spawn(loop_, ExpireLater(tickets_), net::asio::detached);
}

net::aw<void> Sandboxes::ExpireLater(std::uint64_t ticket) {
  const std::weak_ptr<bool> there = there_;
  Timer timer(loop_);
  timer.expires_after(kWarmTime);
  co_await timer.async_wait(net::asio::as_tuple(net::kUseAw));
  if (there.expired()) co_return;
  idle_.erase(std::remove_if(idle_.begin(), idle_.end(),
                             [&](const Idle& idle) { return idle.ticket == ticket; }),
              idle_.end());
}

}  // namespace trunkline::cloud::lambda
