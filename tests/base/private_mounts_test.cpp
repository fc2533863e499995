#include "base/private_mounts.h"

#include <gmock/gmock.h>

#include "base/files.h"
#include "base/subprocess.h"
#include "tests/support/shared_data.h"

namespace trunkline {
namespace {

using testing::HasSubstr;

constexpr std::chrono::milliseconds kLong{30'000};

class PrivateMounts : public ::testing::Test {
 protected:
  void SetUp() override {
    files_.Write(folder_.path() + "/house/tenant", "old").value();
    files_.Write(folder_.path() + "/thing/word", "new").value();
    const Result<void> can = CanMountPrivately(Mounts());
    if (!can) GTEST_SKIP() << "no mount namespaces here: " << can.error().message();
  }

  std::vector<PrivateMount> Mounts() const {
    return {{.source = folder_.path() + "/thing", .target = folder_.path() + "/house/thing"}};
  }
  ProcessOutput Run(const std::string& script) {
    const ProcessSpec spec{.arguments = {"/bin/sh", "-c", script},
                           .environment = {{"PATH", "/usr/bin:/bin"}},
                           .folder = folder_.path() + "/house",
                           .input = {},
                           .mounts = Mounts()};
    return RunProcess(spec, kLong).value();
  }

  DiskFiles files_;
  trunkline::tests::TemporaryFolder folder_;
};

TEST_F(PrivateMounts, StandBesideWhatTheFolderHolds) {
  EXPECT_EQ(Run("cat tenant thing/word").out, "oldnew");
}

TEST_F(PrivateMounts, AreSeenByNobodyElse) {
  EXPECT_EQ(Run("ls").out, "tenant\nthing\n");
  EXPECT_FALSE(files_.Exists(folder_.path() + "/house/thing"));
}

TEST_F(PrivateMounts, LeaveTheChildWhoItIs) {
  const ProcessSpec plain{.arguments = {"/usr/bin/id", "-u"}, .environment = {}};

  EXPECT_EQ(Run("id -u").out, RunProcess(plain, kLong).value().out);
}

TEST_F(PrivateMounts, NeedAFolderThatIsThere) {
  const Result<void> can =
      CanMountPrivately({{.source = folder_.path(), .target = "/no/such/folder/x"}});

  ASSERT_FALSE(can);
  EXPECT_THAT(can.error().message(), HasSubstr("'/no/such/folder' does not exist"));
}

TEST_F(PrivateMounts, SayWhatCannotBeStarted) {
  const ProcessSpec spec{.arguments = {folder_.path() + "/thing/word"},
                         .environment = {},
                         .folder = {},
                         .input = {},
                         .mounts = Mounts()};

  EXPECT_FALSE(Spawn(spec));
}

}  // namespace
}  // namespace trunkline
