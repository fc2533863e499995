#include "base/files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/shared_data.h"

namespace trunkline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A Files of one kind, and the folder in it that the test may use.
class AnyFiles : public testing::TestWithParam<std::string> {
 protected:
  Files& files() {
    if (GetParam() == "Disk") return disk_;
    return memory_;
  }
  std::string In(const std::string& name) const {
    return GetParam() == "Disk" ? folder_.path() + "/" + name : "work/" + name;
  }
  std::string FolderItself() const { return GetParam() == "Disk" ? folder_.path() : "work"; }
  void SetUp() override { ASSERT_TRUE(files().MakeFolder(FolderItself()).ok()); }

  std::vector<std::string> Names(const std::string& folder) {
    const std::vector<FileEntry> entries = files().List(folder).value();
    std::vector<std::string> names;
    for (const FileEntry& entry : entries) names.push_back(entry.name);
    return names;
  }

 private:
  tests::TemporaryFolder folder_;
  DiskFiles disk_;
  MemoryFiles memory_;
};

TEST_P(AnyFiles, ReadsWhatWasWrittenAndMakesMissingFolders) {
  ASSERT_TRUE(files().Write(In("a/b/c.txt"), "one").ok());
  ASSERT_TRUE(files().Write(In("a/b/c.txt"), "two").ok());

  EXPECT_EQ(files().Read(In("a/b/c.txt")).value(), "two");
  EXPECT_TRUE(files().Exists(In("a/b/c.txt")));
  EXPECT_TRUE(files().IsFolder(In("a/b")));
  EXPECT_FALSE(files().IsFolder(In("a/b/c.txt")));
}

TEST_P(AnyFiles, WritingLeavesNothingElseBehind) {
  ASSERT_TRUE(files().Write(In("c.txt"), std::string(100'000, 'x')).ok());

  EXPECT_THAT(Names(FolderItself()), ElementsAre("c.txt"));
  EXPECT_EQ(files().Read(In("c.txt")).value().size(), 100'000U);
}

TEST_P(AnyFiles, ListsSortedWithKindSizeAndMode) {
  ASSERT_TRUE(files().Write(In("run"), "#!", 0755).ok());
  ASSERT_TRUE(files().Write(In("data"), "12345").ok());
  ASSERT_TRUE(files().Write(In("folder/x"), "").ok());
  ASSERT_TRUE(files().MakeFolder(In("empty")).ok());

  const std::vector<FileEntry> entries = files().List(FolderItself()).value();

  ASSERT_THAT(Names(FolderItself()), ElementsAre("data", "empty", "folder", "run"));
  EXPECT_EQ(entries[0].size, 5U);
  EXPECT_FALSE(entries[0].executable);
  EXPECT_TRUE(entries[1].is_folder);
  EXPECT_TRUE(entries[2].is_folder);
  EXPECT_TRUE(entries[3].executable);
  EXPECT_THAT(Names(In("empty")), IsEmpty());
}

TEST_P(AnyFiles, ErrorsNameThePathAndTheReason) {
  ASSERT_TRUE(files().Write(In("file"), "").ok());
  const auto text = [](const Error& error) { return error.message(); };

  const std::string missing = In("missing");
  EXPECT_EQ(text(files().Read(missing).error()),
            "cannot read '" + missing + "': no such file or directory");
  EXPECT_EQ(files().Read(missing).error().kind(), ErrorKind::kNotFound);
  EXPECT_EQ(text(files().List(missing).error()),
            "cannot list folder '" + missing + "': no such file or directory");
  EXPECT_EQ(text(files().Remove(missing).error()),
            "cannot remove '" + missing + "': no such file or directory");
  EXPECT_EQ(text(files().Read(FolderItself()).error()),
            "cannot read '" + FolderItself() + "': it is a folder");
  EXPECT_EQ(text(files().Write(FolderItself(), "").error()),
            "cannot write '" + FolderItself() + "': it is a folder");
  EXPECT_EQ(text(files().MakeFolder(In("file/below")).error()),
            "cannot make folder '" + In("file/below") + "': not a directory");
}

TEST_P(AnyFiles, RemovesFoldersWithAllThatIsInThem) {
  ASSERT_TRUE(files().Write(In("a/b/c"), "").ok());
  ASSERT_TRUE(files().Write(In("ab"), "").ok());

  ASSERT_TRUE(files().Remove(In("a")).ok());

  EXPECT_FALSE(files().Exists(In("a")));
  EXPECT_TRUE(files().Exists(In("ab")));
}

TEST_P(AnyFiles, AreListedRecursivelyWithoutSkippedFolders) {
  for (const char* name : {"z", "a/2", "a/1", "node_modules/x", "a/node_modules/y"}) {
    ASSERT_TRUE(files().Write(In(name), "").ok());
  }

  EXPECT_THAT(ListRecursively(files(), FolderItself(), {"node_modules"}).value(),
              ElementsAre("a/1", "a/2", "z"));
}

TEST_P(AnyFiles, RewritingTakesAFileThatIsThere) {
  ASSERT_TRUE(files().Write(In("file"), "old").ok());

  EXPECT_TRUE(files().Rewrite(In("file"), "new").ok());
  EXPECT_EQ(files().Read(In("file")).value(), "new");
  EXPECT_EQ(files().Rewrite(In("missing"), "new").error().message(),
            "cannot write '" + In("missing") + "': no such file or directory");
  EXPECT_EQ(files().Rewrite(FolderItself(), "new").error().message(),
            "cannot write '" + FolderItself() + "': it is a folder");
}

INSTANTIATE_TEST_SUITE_P(Kinds, AnyFiles, testing::Values("Disk", "Memory"),
                         [](const auto& row) { return row.param; });

TEST(DiskFiles, WritesTheModeItIsGivenWhateverTheMask) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path() + "/run";
  const mode_t before = umask(0077);

  const bool written = DiskFiles().Write(path, "x", 0755).ok();

  umask(before);
  struct stat status {};
  ASSERT_TRUE(written);
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0755U);
}

TEST(DiskFiles, RewritingKeepsTheModeAndTheLinkThatLedToTheFile) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path() + "/file";
  const std::string link = folder.path() + "/link";
  DiskFiles files;
  ASSERT_TRUE(files.Write(path, "old", 0750).ok());
  ASSERT_EQ(symlink("file", link.c_str()), 0);

  ASSERT_TRUE(files.Rewrite(link, "new").ok());

  struct stat status {};
  ASSERT_EQ(lstat(link.c_str(), &status), 0);
  EXPECT_TRUE(S_ISLNK(status.st_mode));
  ASSERT_EQ(lstat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0750U);
  EXPECT_EQ(files.Read(path).value(), "new");
  EXPECT_EQ(files.List(folder.path()).value().size(), 2U);
}

TEST(DiskFiles, ALinkToAParentFolderDoesNotMakeWalkingEndless) {
  const tests::TemporaryFolder folder;
  DiskFiles files;
  ASSERT_TRUE(files.Write(folder.path() + "/a/file", "").ok());
  ASSERT_EQ(symlink("..", (folder.path() + "/a/up").c_str()), 0);

  EXPECT_THAT(ListRecursively(files, folder.path()).value(), ElementsAre("a/file"));
}

TEST(DiskFiles, ReadsFilesThatHaveNoSize) {
  EXPECT_THAT(DiskFiles().Read("/proc/self/status").value(), testing::HasSubstr("Pid:"));
}

TEST(MemoryFiles, TakesPathsHoweverTheyAreSpelled) {
  const MemoryFiles files({{"./a//b.txt", "x"}});

  EXPECT_EQ(files.Read("a/b.txt").value(), "x");
  EXPECT_EQ(files.List(".").value().at(0).name, "a");
  EXPECT_TRUE(files.IsFolder("a/"));
}

TEST(Paths, AreJoinedAndTakenApart) {
  EXPECT_EQ(JoinPath("a", "b"), "a/b");
  EXPECT_EQ(JoinPath("a/", "b"), "a/b");
  EXPECT_EQ(JoinPath("", "b"), "b");
  EXPECT_EQ(JoinPath("a", ""), "a");
  EXPECT_EQ(FileName("a/b.txt"), "b.txt");
  EXPECT_EQ(FileName("b.txt"), "b.txt");
  EXPECT_EQ(FolderName("a/b/c"), "a/b");
  EXPECT_EQ(FolderName("c"), ".");
  EXPECT_EQ(FolderName("/c"), "/");
}

}  // namespace
}  // namespace trunkline
