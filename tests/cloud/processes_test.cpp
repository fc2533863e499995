#include "cloud/processes.h"

#include <csignal>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>
#include <sys/wait.h>

namespace trunkline::cloud::tests {
namespace {

ProcessSpec Shell(std::string script) {
  return {.arguments = {"/bin/sh", "-c", std::move(script)},
          .environment = {{"PATH", "/usr/bin:/bin"}},
          .folder = {},
          .input = {}};
}

net::aw<void> RunInto(net::Loop& loop, ProcessSpec spec, ProcessLimits limits,
                      std::optional<Result<ProcessEnd>>& end) {
  end.emplace(co_await RunToEnd(loop, std::move(spec), std::move(limits)));
}

// Runs a process that has ended before the loop looks at it again: its end and all it wrote are
// found at once.
ProcessEnd RunEnded(std::string script, ProcessLimits limits) {
  net::Loop loop;
  std::optional<Result<ProcessEnd>> end;
  net::asio::co_spawn(loop, RunInto(loop, Shell(std::move(script)), std::move(limits), end),
                      net::asio::detached);
  loop.poll();
  siginfo_t ended{};
  ::waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
  loop.restart();
  loop.run();
  if (!end) throw std::runtime_error("it did not end");
  return std::move(*end).value();
}

TEST(Processes, LoseNothingOfWhatWasWrittenBeforeTheEnd) {
  const ProcessEnd end = RunEnded("head -c 50000 /dev/zero; head -c 40000 /dev/zero >&2", {});

  EXPECT_EQ(end.exit_code, 0);
  EXPECT_EQ(end.out.size(), 50000U);
  EXPECT_EQ(end.err.size(), 40000U);
}

TEST(Processes, TellAllOfItAsItComes) {
  std::string told;
  ProcessLimits limits;
  limits.on_output = [&](std::string_view text) { told += text; };

  RunEnded("head -c 50000 /dev/zero; exit 3", std::move(limits));

  EXPECT_EQ(told.size(), 50000U);
}

TEST(Processes, AreNotWaitedForByWhoHoldsTheirPipes) {
  const ProcessEnd end = RunEnded("setsid sleep 60 & echo $!", {});

  EXPECT_EQ(::kill(std::stoi(end.out), SIGKILL), 0) << "it was waited for";
}

TEST(Processes, AreEndedWhenTheyWriteTooMuch) {
  ProcessLimits limits;
  limits.output = 1000;

  const ProcessEnd end = RunEnded("head -c 5000 /dev/zero", std::move(limits));

  EXPECT_TRUE(end.truncated);
  EXPECT_EQ(end.out.size(), 1000U);
}

}  // namespace
}  // namespace trunkline::cloud::tests
