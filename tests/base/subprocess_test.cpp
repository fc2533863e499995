#include "base/subprocess.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "tests/support/shared_data.h"

namespace trunkline {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr milliseconds kLong{30'000};

ProcessSpec Shell(std::string script) {
  return {.arguments = {"/bin/sh", "-c", std::move(script)},
          .environment = {{"PATH", "/usr/bin:/bin"}}};
}

bool IsAlive(int pid) {
  return kill(pid, 0) == 0;
}

TEST(Subprocess, GivesInputAndCollectsBothOutputsAndTheExitCode) {
  ProcessSpec spec = Shell("cat; echo oops >&2; exit 3");
  spec.input = std::string(1 << 20, 'x');  // more than a pipe holds

  const ProcessOutput output = RunProcess(spec, kLong).value();

  EXPECT_EQ(output.exit_code, 3);
  EXPECT_EQ(output.out, spec.input);
  EXPECT_EQ(output.err, "oops\n");
  EXPECT_FALSE(output.timed_out);
}

TEST(Subprocess, AChildThatDoesNotReadItsInputIsNoProblem) {
  ProcessSpec spec{.arguments = {"/bin/true"}};
  spec.input = std::string(1 << 20, 'x');

  EXPECT_EQ(RunProcess(spec, kLong).value().exit_code, 0);
}

TEST(Subprocess, ArgumentsPassNoShell) {
  const ProcessSpec spec{.arguments = {"/bin/echo", "$HOME", "a b", "`id`", ";"}};

  EXPECT_EQ(RunProcess(spec, kLong).value().out, "$HOME a b `id` ;\n");
}

TEST(Subprocess, InheritsNothingOfTheEnvironment) {
  const ProcessSpec spec{.arguments = {"/usr/bin/env"}, .environment = {{"ONLY", "this"}}};

  EXPECT_EQ(RunProcess(spec, kLong).value().out, "ONLY=this\n");
}

TEST(Subprocess, InheritsNoDescriptorsBeyondTheStandardOnes) {
  const int leaked =
      open("/dev/null", O_RDONLY);  // NOLINT(android-cloexec-open): the point of the test
  ASSERT_GT(leaked, 2);

  const std::string listed = RunProcess(Shell("ls /proc/self/fd"), kLong).value().out;

  close(leaked);
  EXPECT_EQ(listed, "0\n1\n2\n3\n");  // 3 is ls reading the folder
}

TEST(Subprocess, RunsInTheFolderItIsGiven) {
  const tests::TemporaryFolder folder;
  ASSERT_TRUE(DiskFiles().Write(folder.path() + "/run", "#!/bin/sh\npwd\n", 0755).ok());
  ProcessSpec spec{.arguments = {"./run"}, .folder = folder.path()};

  EXPECT_EQ(RunProcess(spec, kLong).value().out, folder.path() + "\n");
}

TEST(Subprocess, ASignalIsToldAs128AndItsNumber) {
  EXPECT_EQ(RunProcess(Shell("kill -TERM $$"), kLong).value().exit_code, 128 + SIGTERM);
}

TEST(Subprocess, ATimeLimitKillsTheWholeGroup) {
  // The grandchild holds the pipes open: only when it dies too does the run end.
  const ProcessOutput output =
      RunProcess(Shell("sleep 60 & echo $!; sleep 60"), milliseconds(300)).value();

  EXPECT_TRUE(output.timed_out);
  EXPECT_EQ(output.exit_code, 128 + SIGKILL);
  const std::optional<std::int64_t> grandchild = ToInt(Trim(output.out));
  ASSERT_TRUE(grandchild.has_value());
}

TEST(Subprocess, WhatAChildLeavesRunningEndsWithIt) {
  const ProcessOutput output = RunProcess(Shell("sleep 60 & echo done"), kLong).value();

  EXPECT_EQ(output.out, "done\n");
  EXPECT_FALSE(output.timed_out);
}

TEST(Subprocess, TheEndOfAChildCanBeWaitedFor) {
  Child child = Spawn(Shell("exit 7")).value();
  pollfd watched{child.pidfd(), POLLIN, 0};

  ASSERT_EQ(poll(&watched, 1, 30'000), 1);

  EXPECT_EQ(child.Poll(), 7);
  EXPECT_EQ(child.Poll(), 7);
}

TEST(Subprocess, ARunningChildHasNoExitCodeYet) {
  Child child = Spawn(Shell("read line")).value();

  EXPECT_EQ(child.Poll(), std::nullopt);
  child.Kill(SIGTERM);

  EXPECT_EQ(child.Wait(), 128 + SIGTERM);
}

TEST(Subprocess, LosingTheHandleEndsTheChild) {
  int pid = 0;
  {
    const Child child = Spawn(Shell("read line")).value();
    pid = child.pid();
    ASSERT_TRUE(IsAlive(pid));
  }

  EXPECT_FALSE(IsAlive(pid));
}

// A closed duplicate would go on in the epoll set as long as the child's own descriptor is open.
TEST(Subprocess, WhatWatchesAChildAndIsClosedHearsNothingOfItsEnd) {
  Child child = Spawn({.arguments = {"/bin/cat"}}).value();
  const int set = epoll_create1(EPOLL_CLOEXEC);
  const int watcher = child.OpenPidfd();
  ASSERT_GE(watcher, 0);
  epoll_event event{.events = EPOLLIN, .data = {}};
  ASSERT_EQ(epoll_ctl(set, EPOLL_CTL_ADD, watcher, &event), 0);

  close(watcher);
  child.Kill(SIGKILL);
  pollfd own{.fd = child.pidfd(), .events = POLLIN, .revents = 0};
  ASSERT_EQ(poll(&own, 1, -1), 1) << "the child's own descriptor tells of its end";

  EXPECT_EQ(epoll_wait(set, &event, 1, 0), 0);
  close(set);
}

TEST(Subprocess, AMissingProgramIsNamed) {
  const auto error = [](ProcessSpec spec) { return Spawn(spec).error(); };

  EXPECT_EQ(error({.arguments = {"no-such-program"}, .environment = {{"PATH", "/usr/bin:/bin"}}})
                .message(),
            "program 'no-such-program' is not on the PATH (/usr/bin:/bin)");
  EXPECT_EQ(error({.arguments = {"/no/such"}}).message(), "program '/no/such' does not exist");
  EXPECT_EQ(error({.arguments = {"/no/such"}}).kind(), ErrorKind::kNotFound);
  EXPECT_EQ(error({.arguments = {"/etc/passwd"}}).message(),
            "'/etc/passwd' is not an executable file");
  EXPECT_EQ(error({.arguments = {"/bin/true"}, .folder = "/no/folder"}).message(),
            "cannot start '/bin/true' in folder '/no/folder': the folder does not exist");
}

TEST(Subprocess, ProgramsAreFoundOnThePathOfTheEnvironment) {
  const MapEnvironment environment({{"PATH", "/no/folder::/usr/bin:/bin"}});

  EXPECT_THAT(FindProgram("sh", environment).value_or(""), testing::EndsWith("/bin/sh"));
  EXPECT_EQ(FindProgram("no-such-program", environment), std::nullopt);
}

}  // namespace
}  // namespace trunkline
