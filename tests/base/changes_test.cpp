#include "base/changes.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace trunkline {
namespace {

namespace fs = std::filesystem;

class DiskChangesTest : public testing::Test {
 protected:
  DiskChangesTest() {
    fs::create_directories(folder_ / "flows");
    fs::create_directories(folder_ / "build");
    Write("flows/a.json", "{}");
  }
  ~DiskChangesTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder_ / name) << bytes;
  }
  DiskChanges Watching() const {
    return {{folder_.string()}, {"build"}, std::chrono::milliseconds(0), &stop_};
  }

  fs::path folder_ = fs::temp_directory_path() / ("changes_test_" + std::to_string(::getpid()));
  bool stop_ = false;
};

TEST_F(DiskChangesTest, SeesAFileThatIsWrittenMadeOrRemoved) {
  DiskChanges changes = Watching();

  Write("flows/a.json", "{\"longer\": 1}");
  EXPECT_TRUE(changes.Wait());
  Write("flows/b.json", "");
  EXPECT_TRUE(changes.Wait());
  fs::remove(folder_ / "flows/b.json");
  EXPECT_TRUE(changes.Wait());
}

TEST_F(DiskChangesTest, SeesAnotherTimeWhenTheSizeIsTheSame) {
  DiskChanges changes = Watching();

  fs::last_write_time(folder_ / "flows/a.json",
                      fs::file_time_type::clock::now() + std::chrono::hours(1));

  EXPECT_TRUE(changes.Wait());
}

TEST_F(DiskChangesTest, EndsWhenItIsToStop) {
  DiskChanges changes = Watching();
  stop_ = true;

  EXPECT_FALSE(changes.Wait());
}

TEST_F(DiskChangesTest, DoesNotEnterFoldersThatAreSkipped) {
  DiskChanges changes = Watching();

  Write("build/out.o", "x");
  EXPECT_FALSE(changes.Look());
  Write("flows/b.json", "x");
  EXPECT_TRUE(changes.Look());
  EXPECT_FALSE(changes.Look()) << "nothing since";
}

}  // namespace
}  // namespace trunkline
