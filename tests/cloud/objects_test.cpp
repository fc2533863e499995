#include "cloud/objects.h"

#include <filesystem>
#include <thread>

#include <gmock/gmock.h>

#include "tests/support/shared_data.h"

namespace trunkline::cloud {
namespace {

class ObjectsTest : public ::testing::Test {
 protected:
  ObjectsTest() { Open(); }
  void Open() {
    objects_.reset();
    store_.reset();
    store_ = Store::Open({.folder = folder_.path() + "/state"}).value();
    auto objects = Objects::Open(*store_, folder_.path() + "/state/objects");
    ASSERT_TRUE(objects) << objects.error().ToText();
    objects_ = std::move(objects).value();
  }
  void Transact(bool good, const std::function<void()>& work) {
    const auto done = store_->Transact([&] {
      work();
      return good;
    });
    ASSERT_TRUE(done);
  }
  std::string Keep(std::string_view bytes) {
    std::string id;
    Transact(true, [&] { id = objects_->Put(bytes).value(); });
    return id;
  }
  std::size_t FilesOnDisk() const {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() + "/state/objects")) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

  trunkline::tests::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Objects> objects_;
};

TEST_F(ObjectsTest, KeepsBytesOverARestart) {
  const std::string bytes("a\0b\xff", 4);
  const std::string id = Keep(bytes);

  Open();

  EXPECT_EQ(objects_->Read(id).value(), bytes);
  EXPECT_EQ(objects_->ReadRange(id, 1, 2).value(), bytes.substr(1, 2));
  EXPECT_EQ(objects_->ReadRange(id, 3, 100).value(), "\xff");
  EXPECT_EQ(objects_->Size(id).value(), 4U);
}

TEST_F(ObjectsTest, RemovesTheFileOfAnUndoneTransaction) {
  Transact(false, [&] { ASSERT_TRUE(objects_->Put("bytes")); });

  EXPECT_EQ(FilesOnDisk(), 0U);
}

TEST_F(ObjectsTest, RemovesADroppedFileOnlyAfterTheCommit) {
  const std::string id = Keep("bytes");

  Transact(false, [&] { objects_->Drop(id); });
  EXPECT_EQ(objects_->Read(id).value(), "bytes");

  Transact(true, [&] {
    objects_->Drop(id);
    EXPECT_EQ(objects_->Read(id).value(), "bytes");
  });
  EXPECT_FALSE(objects_->Read(id));
  EXPECT_EQ(FilesOnDisk(), 0U);
}

TEST_F(ObjectsTest, RemovesAtStartWhatNothingRefersTo) {
  const std::string kept = Keep("kept");
  ASSERT_TRUE(objects_->Stage("staged and forgotten"));
  const std::string orphan = Keep("its row is lost");
  Transact(true, [&] { store_->Delete({}, {"cloud", "object"}, orphan); });
  ASSERT_EQ(FilesOnDisk(), 3U);

  Open();

  EXPECT_EQ(FilesOnDisk(), 1U);
  EXPECT_EQ(objects_->Read(kept).value(), "kept");
}

TEST_F(ObjectsTest, JoinsManyIntoOne) {
  const std::vector<std::string> parts = {Keep("one,"), Keep(""), Keep("two")};
  std::string joined;

  Transact(true, [&] {
    joined = objects_->StageJoined(parts).value();
    ASSERT_TRUE(objects_->Keep(joined));
  });

  EXPECT_EQ(objects_->Read(joined).value(), "one,two");
}

TEST_F(ObjectsTest, StagesFromManyThreads) {
  std::vector<std::thread> threads;
  std::vector<std::string> ids(8);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    threads.emplace_back([&, i] { ids[i] = objects_->Stage(std::to_string(i)).value(); });
  }
  for (std::thread& thread : threads) thread.join();

  Transact(true, [&] {
    for (const std::string& id : ids) ASSERT_TRUE(objects_->Keep(id));
  });

  for (std::size_t i = 0; i < ids.size(); ++i)
    EXPECT_EQ(objects_->Read(ids[i]).value(), std::to_string(i));
}

TEST_F(ObjectsTest, ReadsAStagedOne) {
  const std::string id = objects_->Stage("bytes").value();

  EXPECT_EQ(objects_->Read(id).value(), "bytes");
}

TEST_F(ObjectsTest, LeavesNothingOfADiscardedOne) {
  const std::string id = objects_->Stage("bytes").value();

  objects_->Discard(id);

  EXPECT_EQ(FilesOnDisk(), 0U);
}

TEST_F(ObjectsTest, NamesTheFileThatIsMissing) {
  const auto read = objects_->Read("00000000-0000-0000-0000-000000000000");

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind(), ErrorKind::kNotFound);
  EXPECT_THAT(read.error().message(), ::testing::HasSubstr("no such file or directory"));
}

}  // namespace
}  // namespace trunkline::cloud
