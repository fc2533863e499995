#include "cli/terminal.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

namespace trunkline::cli {
namespace {

TEST(DescriptorOutput, RemembersThatTheDiskIsFull) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  DescriptorOutput output(full);

  output.Write("text");

  EXPECT_EQ(output.failure(), ENOSPC);
  close(full);
}

TEST(DescriptorOutput, DoesNotMindThatNobodyReadsOn) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  close(ends[0]);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  DescriptorOutput output(ends[1]);

  output.Write("text");

  std::signal(SIGPIPE, before);
  EXPECT_EQ(output.failure(), 0);
  close(ends[1]);
}

}  // namespace
}  // namespace trunkline::cli
