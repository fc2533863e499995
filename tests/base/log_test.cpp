#include "base/log.h"

#include <array>

#include <gmock/gmock.h>
#include <unistd.h>

#include "base/environment.h"
#include "base/system_error.h"

namespace trunkline {
namespace {

TEST(Log, WritesLinesFromALevelOnWithTheirPrefix) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  DescriptorLog log(Log::Level::kInfo, ends[1]);

  log.Debug("dropped");
  log.Info("listening on {}", 4566);
  log.Warn("careful");
  log.Line(Log::Level::kError, "bad");

  std::array<char, 200> text{};
  const ssize_t size = read(ends[0], text.data(), text.size());
  EXPECT_EQ(std::string_view(text.data(), static_cast<std::size_t>(size)),
            "listening on 4566\nwarning: careful\nerror: bad\n");
  close(ends[0]);
  close(ends[1]);
}

TEST(Environment, AMapAnswersForItsNamesOnly) {
  const MapEnvironment environment({{"A", "1"}, {"EMPTY", ""}});

  EXPECT_EQ(environment.Get("A"), "1");
  EXPECT_EQ(environment.Get("EMPTY"), "");
  EXPECT_EQ(environment.Get("B"), std::nullopt);
  EXPECT_EQ(environment.GetOr("B", "default"), "default");
}

TEST(Environment, TheSystemsIsOurs) {
  EXPECT_TRUE(SystemEnvironment().Get("PATH").has_value());
  EXPECT_EQ(SystemEnvironment().Get("TRUNKLINE_NO_SUCH_NAME"), std::nullopt);
}

TEST(SystemError, ReasonsArePartsOfASentence) {
  EXPECT_EQ(SystemReason(EACCES), "permission denied");
  EXPECT_EQ(SystemErrorKind(EACCES), ErrorKind::kDenied);
  EXPECT_EQ(SystemErrorKind(ENOENT), ErrorKind::kNotFound);
  EXPECT_EQ(SystemErrorKind(ENOSPC), ErrorKind::kUnreached);
}

}  // namespace
}  // namespace trunkline
