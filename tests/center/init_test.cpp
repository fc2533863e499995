#include "center/init.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "center/check.h"
#include "center/load.h"
#include "flow/lint.h"
#include "flow/validate.h"

namespace trunkline::center {
namespace {

using ::testing::Contains;
using ::testing::SizeIs;

TEST(WriteTemplate, WritesACenterWithoutAFinding) {
  MemoryFiles files;

  const auto written = WriteTemplate(files, "acme");
  const Loaded loaded = LoadCenter(files, "acme");

  ASSERT_TRUE(written.ok());
  EXPECT_THAT(*written, Contains("README.md"));
  EXPECT_EQ(ToText(loaded.findings), "");
}

TEST(WriteTemplate, WritesACenterThatEveryEnvironmentTakes) {
  MemoryFiles files;

  ASSERT_TRUE(WriteTemplate(files, "acme").ok());
  const Loaded loaded = LoadCenter(files, "acme");

  ASSERT_TRUE(loaded.center);
  ASSERT_THAT(loaded.center->environments, SizeIs(3));
  for (const Environment& environment : loaded.center->environments) {
    EXPECT_EQ(ToText(CheckTarget(*loaded.center, environment)), "");
  }
}

TEST(WriteTemplate, WritesAllKindsOfThings) {
  MemoryFiles files;

  ASSERT_TRUE(WriteTemplate(files, "acme").ok());
  const Center center = *LoadCenter(files, "acme").center;

  EXPECT_THAT(center.flows, SizeIs(7));
  EXPECT_THAT(center.modules, SizeIs(1));
  EXPECT_THAT(center.hours, SizeIs(1));
  EXPECT_THAT(center.queues, SizeIs(2));
  EXPECT_THAT(center.bots.at(0).locales, SizeIs(2));
  EXPECT_THAT(center.functions, SizeIs(1));
  EXPECT_THAT(center.environments.at(0).regions, SizeIs(2));
}

TEST(WriteTemplate, WritesFlowsInCanonicalForm) {
  MemoryFiles files;

  ASSERT_TRUE(WriteTemplate(files, "acme").ok());
  const Center center = *LoadCenter(files, "acme").center;

  for (const Flow& flow : center.flows) {
    EXPECT_EQ(flow::Write(flow.document), flow.document.text) << *flow.name;
  }
}

TEST(WriteTemplate, WritesFlowsThatTheDocumentationAllows) {
  MemoryFiles files;

  ASSERT_TRUE(WriteTemplate(files, "acme").ok());
  const Center center = *LoadCenter(files, "acme").center;

  for (const Flow& flow : center.flows) {
    EXPECT_EQ(ToText(flow::Validate(flow.document, flow::ValidateMode::kStrict).findings), "");
    EXPECT_EQ(ToText(flow::Lint(flow.document)), "");
  }
}

TEST(WriteTemplate, RefusesAFolderThatHoldsSomething) {
  MemoryFiles files({{"acme/notes.txt", "mine"}});

  const auto written = WriteTemplate(files, "acme");

  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().message(),
            "folder 'acme' is not empty, it has 'notes.txt'; name a new or an empty folder");
  EXPECT_THAT(files.all(), SizeIs(1));
}

TEST(WriteTemplate, TakesAFreshGitRepository) {
  MemoryFiles files({{"acme/.git/HEAD", "ref: refs/heads/main"}});

  EXPECT_TRUE(WriteTemplate(files, "acme").ok());
}

TEST(WriteTemplate, RefusesAFolderWithoutAName) {
  MemoryFiles files;

  const auto written = WriteTemplate(files, "");

  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().message(), "expected the name of a folder but got ''");
  EXPECT_THAT(files.all(), SizeIs(0));
}

TEST(WriteTemplate, RefusesAFile) {
  MemoryFiles files({{"acme", "a file"}});

  const auto written = WriteTemplate(files, "acme");

  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().message(), "'acme' is a file, expected a new or empty folder");
}

}  // namespace
}  // namespace trunkline::center
