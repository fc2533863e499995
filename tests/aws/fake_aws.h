// A service that answers as told, on loopback, on the same loop as the client under test; time is
// ours.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "aws/client.h"
#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"
#include "net/server.h"
#include "net/timers.h"

namespace trunkline::aws {

class FakeAws {
 public:
  using Answer = std::function<net::Response(const net::Request&)>;

  FakeAws();

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  // What answers from now on.
  void Answers(Answer answer) { answer_ = std::move(answer); }
  const Answer& answer() const { return answer_; }
  // These in turn; the last one again and again.
  void AnswersInTurn(std::vector<net::Response> responses);
  const std::vector<net::Request>& requests() const { return requests_; }

  // Keys, Region and endpoint are in the environment; `more` overrides.
  Client MakeClient(ClientOptions options = {}, std::map<std::string, std::string> more = {});

  // Runs the loop until `work` is done; whoever waits on a timer is woken at once, and the clock
  // moved.
  template <class T>
  T Run(net::aw<T> work) {
    std::optional<T> result;
    net::asio::co_spawn(loop_, Store(std::move(work), &result), net::asio::detached);
    while (!result) Step();
    return std::move(*result);
  }
  // The same for several at a time.
  template <class T>
  std::vector<T> RunAll(std::vector<net::aw<T>> works) {
    std::vector<std::optional<T>> results(works.size());
    for (std::size_t i = 0; i < works.size(); ++i) {
      net::asio::co_spawn(loop_, Store(std::move(works[i]), &results[i]), net::asio::detached);
    }
    std::vector<T> done;
    for (std::optional<T>& result : results) {
      while (!result) Step();
      done.push_back(std::move(*result));
    }
    return done;
  }

  net::Loop& loop() { return loop_; }
  ManualClock& clock() { return clock_; }
  net::Timers& timers() { return timers_; }
  MemoryFiles& files() { return files_; }
  MemoryLog& log() { return log_; }
  Milliseconds waited() const { return waited_; }

 private:
  template <class T>
  static net::aw<void> Store(net::aw<T> work, std::optional<T>* into) {
    into->emplace(co_await std::move(work));
  }
  void Step();

  net::Loop loop_{1};
  net::ManualTimers timers_{loop_};
  net::ManualTimers server_timers_{loop_};  // stand still: no connection is ever idle for too long
  ManualClock clock_{*ParseIso8601("2026-11-22T12:00:00Z")};
  MemoryFiles files_;
  MemoryLog log_;
  SeededRandom random_{7};
  std::vector<std::unique_ptr<MapEnvironment>> environments_;
  Answer answer_;
  std::vector<net::Request> requests_;
  Milliseconds waited_{0};
  std::unique_ptr<net::Server> server_;
};

// Answers as the service would write them.
net::Response Ok(std::string body = "{}");
net::Response Refusal(int status, const std::string& code, const std::string& message = "no");

inline constexpr std::string_view kTestKey = "AKIDTEST";
inline constexpr std::string_view kTestSecret = "secret/of+test";

}  // namespace trunkline::aws
