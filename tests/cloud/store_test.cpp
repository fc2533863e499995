#include "cloud/store.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/shared_data.h"

namespace trunkline::cloud {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr Kind kQueue{"connect", "queue"};
const Scope kHere{"111122223333", "eu-central-1"};

Record Named(std::string id, std::string name, std::string parent = "i-1") {
  json::Object body{{"Name", name}};
  return {.id = std::move(id),
          .parent = std::move(parent),
          .name = std::move(name),
          .body = std::move(body)};
}

std::vector<std::string> IdsOf(const std::vector<const Record*>& records) {
  std::vector<std::string> ids;
  for (const Record* record : records) ids.push_back(record->id);
  return ids;
}

// Every behaviour holds in memory and on disk.
class StoreTest : public ::testing::TestWithParam<bool> {
 protected:
  StoreTest() { Open(); }
  void Open() {
    store_.reset();
    auto opened = Store::Open({.folder = GetParam() ? folder_.path() + "/state" : ""});
    ASSERT_TRUE(opened) << opened.error().ToText();
    store_ = std::move(opened).value();
  }
  void Put(Record record, const Scope& scope = kHere) {
    Commit([&] { store_->Put(scope, kQueue, std::move(record)); });
  }
  void Commit(const std::function<void()>& work) {
    const auto done = store_->Transact([&] {
      work();
      return true;
    });
    ASSERT_TRUE(done) << done.error().ToText();
  }
  void Undo(const std::function<void()>& work) {
    const auto done = store_->Transact([&] {
      work();
      return false;
    });
    ASSERT_TRUE(done) << done.error().ToText();
  }
  Store& store() { return *store_; }

 private:
  trunkline::tests::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Everywhere, StoreTest, ::testing::Bool(),
                         [](const auto& row) { return row.param ? "OnDisk" : "InMemory"; });

TEST_P(StoreTest, FindsByIdAndByName) {
  Put(Named("q-1", "Sales"));

  ASSERT_NE(store().Find(kHere, kQueue, "q-1"), nullptr);
  EXPECT_EQ(store().Find(kHere, kQueue, "q-1")->body.GetString("Name"), "Sales");
  EXPECT_EQ(store().FindByName(kHere, kQueue, "i-1", "Sales")->id, "q-1");
  EXPECT_EQ(store().FindByName(kHere, kQueue, "i-2", "Sales"), nullptr);
  EXPECT_EQ(store().FindByName(kHere, kQueue, "i-1", "sales"), nullptr);
}

TEST_P(StoreTest, KeepsAccountsAndRegionsApart) {
  Put(Named("q-1", "Sales"));

  EXPECT_EQ(store().Find({"111122223333", "us-east-1"}, kQueue, "q-1"), nullptr);
  EXPECT_EQ(store().Find({"444455556666", "eu-central-1"}, kQueue, "q-1"), nullptr);
  EXPECT_EQ(store().Find(kHere, {"connect", "prompt"}, "q-1"), nullptr);
}

TEST_P(StoreTest, ListsAParentsRecordsByName) {
  Put(Named("q-1", "Sales"));
  Put(Named("q-2", "Finance"));
  Put(Named("q-3", "Finance"));
  Put(Named("q-4", "Alpha", "i-2"));

  EXPECT_THAT(IdsOf(store().List(kHere, kQueue, "i-1")), ElementsAre("q-2", "q-3", "q-1"));
  EXPECT_THAT(IdsOf(store().List(kHere, kQueue)), ElementsAre("q-4", "q-2", "q-3", "q-1"));
}

TEST_P(StoreTest, FollowsARecordThatChangesItsName) {
  Put(Named("q-1", "Sales"));
  const Record* before = store().Find(kHere, kQueue, "q-1");

  Put(Named("q-1", "Service"));

  EXPECT_EQ(store().Find(kHere, kQueue, "q-1"), before)
      << "a replaced record keeps its place in memory";
  EXPECT_EQ(store().FindByName(kHere, kQueue, "i-1", "Sales"), nullptr);
  EXPECT_EQ(store().FindByName(kHere, kQueue, "i-1", "Service")->id, "q-1");
}

TEST_P(StoreTest, ScansFromAName) {
  for (const char* name : {"a/1", "a/2", "b/1", "b/2"}) Put(Named(name, name));
  std::vector<std::string> seen;

  store().Scan(kHere, kQueue, "i-1", "a/2", [&](const Record& record) {
    seen.push_back(record.name);
    return record.name != "b/1";
  });

  EXPECT_THAT(seen, ElementsAre("a/2", "b/1"));
}

TEST_P(StoreTest, UndoesEverythingOfATransactionThatSaysNo) {
  Put(Named("q-1", "Sales"));
  Put(Named("q-2", "Finance"));

  Undo([&] {
    store().Put(kHere, kQueue, Named("q-1", "Renamed"));
    store().Put(kHere, kQueue, Named("q-3", "New"));
    store().Delete(kHere, kQueue, "q-2");
    store().Put(kHere, kQueue, Named("q-2", "Again"));
  });

  EXPECT_THAT(IdsOf(store().List(kHere, kQueue, "i-1")), ElementsAre("q-2", "q-1"));
  EXPECT_EQ(store().FindByName(kHere, kQueue, "i-1", "Sales")->id, "q-1");
  Open();
  EXPECT_EQ(store().Find(kHere, kQueue, "q-3"), nullptr);
}

TEST_P(StoreTest, UndoesAnInnerPartAlone) {
  Commit([&] {
    store().Put(kHere, kQueue, Named("q-1", "Outer"));
    Undo([&] { store().Put(kHere, kQueue, Named("q-2", "Inner")); });
    Commit([&] { store().Put(kHere, kQueue, Named("q-3", "Good")); });
  });

  EXPECT_THAT(IdsOf(store().List(kHere, kQueue)), ElementsAre("q-3", "q-1"));
}

TEST_P(StoreTest, UndoesATransactionThatThrows) {
  const auto bug = [&] {
    (void)store().Transact([&]() -> bool {
      store().Put(kHere, kQueue, Named("q-1", "Sales"));
      throw std::logic_error("a bug");
    });
  };

  EXPECT_THROW(bug(), std::logic_error);
  EXPECT_EQ(store().Find(kHere, kQueue, "q-1"), nullptr);
  EXPECT_FALSE(store().in_transaction());
}

TEST_P(StoreTest, TellsHooksHowTheTransactionEnded) {
  std::vector<std::string> told;
  const auto tell = [&](std::string name) {
    store().AtEnd(
        [&told, name](bool committed) { told.push_back(name + (committed ? "+" : "-")); });
  };

  Commit([&] {
    tell("outer");
    Undo([&] { tell("undone"); });
    Commit([&] { tell("inner"); });
    EXPECT_THAT(told, ElementsAre("undone-"));
  });

  EXPECT_THAT(told, ElementsAre("undone-", "outer+", "inner+"));
}

TEST_P(StoreTest, RefusesToWriteOutsideOfATransaction) {
  EXPECT_THROW(store().Put(kHere, kQueue, Named("q-1", "Sales")), std::logic_error);
  EXPECT_THROW(store().Delete(kHere, kQueue, "q-1"), std::logic_error);
}

TEST_P(StoreTest, PagesThroughAListing) {
  for (int i = 0; i < 5; ++i) Put(Named("q-" + std::to_string(i), "same name"));

  const auto first = store().ListPage(kHere, kQueue, "i-1", 2, "");
  const auto second = store().ListPage(kHere, kQueue, "i-1", 2, first->next);
  const auto third = store().ListPage(kHere, kQueue, "i-1", 2, second->next);

  EXPECT_THAT(IdsOf(first->records), ElementsAre("q-0", "q-1"));
  EXPECT_THAT(IdsOf(second->records), ElementsAre("q-2", "q-3"));
  EXPECT_THAT(IdsOf(third->records), ElementsAre("q-4"));
  EXPECT_THAT(third->next, IsEmpty());
}

TEST_P(StoreTest, GoesOnBehindARecordThatWasDeletedMeanwhile) {
  for (const char* name : {"a", "b", "c"}) Put(Named(name, name));
  const auto first = store().ListPage(kHere, kQueue, "i-1", 2, "");
  Commit([&] { store().Delete(kHere, kQueue, "b"); });

  const auto second = store().ListPage(kHere, kQueue, "i-1", 2, first->next);

  EXPECT_THAT(IdsOf(second->records), ElementsAre("c"));
}

TEST_P(StoreTest, PagesOverAllParents) {
  Put(Named("q-1", "b", "i-1"));
  Put(Named("q-2", "a", "i-2"));
  Put(Named("q-3", "c", "i-1"));

  const auto first = store().ListPage(kHere, kQueue, "", 2, "");
  const auto second = store().ListPage(kHere, kQueue, "", 2, first->next);

  EXPECT_THAT(IdsOf(first->records), ElementsAre("q-2", "q-1"));
  EXPECT_THAT(IdsOf(second->records), ElementsAre("q-3"));
}

TEST_P(StoreTest, CountsOnlyWantedRecordsAsAPage) {
  for (const char* name : {"a", "b", "c", "d"}) Put(Named(name, name));
  const RecordFilter filter{.text = "not b",
                            .keep = [](const Record& record) { return record.name != "b"; }};

  const auto page = store().ListPage(kHere, kQueue, "i-1", 3, "", filter);

  EXPECT_THAT(IdsOf(page->records), ElementsAre("a", "c", "d"));
  EXPECT_THAT(page->next, IsEmpty());
}

TEST_P(StoreTest, RefusesATokenOfAnotherListing) {
  for (const char* name : {"a", "b", "c"}) Put(Named(name, name));
  const std::string token = store().ListPage(kHere, kQueue, "i-1", 1, "")->next;

  const auto other_parent = store().ListPage(kHere, kQueue, "i-2", 1, token);
  const auto other_filter =
      store().ListPage(kHere, kQueue, "i-1", 1, token, {.text = "x", .keep = {}});
  const auto nonsense = store().ListPage(kHere, kQueue, "i-1", 1, "nonsense");

  const char* const text = "the page token was not given out for this listing";
  ASSERT_FALSE(other_parent);
  EXPECT_EQ(other_parent.error().message(), text);
  ASSERT_FALSE(other_filter);
  EXPECT_EQ(other_filter.error().message(), text);
  ASSERT_FALSE(nonsense);
  EXPECT_EQ(nonsense.error().message(), text);
}

TEST_P(StoreTest, ListsAKindOverAllScopes) {
  Put(Named("q-1", "a"), {"222222222222", "eu-central-1"});
  Put(Named("q-2", "b"), {"111111111111", "us-east-1"});
  Put(Named("q-3", "c"), {"111111111111", "eu-central-1"});

  std::vector<std::string> ids;
  for (const auto& [scope, record] : store().ListEverywhere(kQueue))
    ids.push_back(scope.region + " " + record->id);

  EXPECT_THAT(ids, ElementsAre("eu-central-1 q-3", "us-east-1 q-2", "eu-central-1 q-1"));
}

TEST_P(StoreTest, ForgetsEverythingOnReset) {
  Put(Named("q-1", "Sales"));

  ASSERT_TRUE(store().Reset());

  EXPECT_THAT(store().Count(), IsEmpty());
  EXPECT_EQ(store().Find(kHere, kQueue, "q-1"), nullptr);
}

class StoreOnDisk : public ::testing::Test {
 protected:
  std::string folder() const { return folder_.path() + "/state"; }
  Result<std::unique_ptr<Store>> Open() const { return Store::Open({.folder = folder()}); }
  void Run(const char* sql) const {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open((folder() + "/state.db").c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(connection);
    sqlite3_close(connection);
  }
  static void PutIn(Store& store, Record record) {
    const auto done = store.Transact([&] {
      store.Put(kHere, kQueue, std::move(record));
      return true;
    });
    ASSERT_TRUE(done) << done.error().ToText();
  }

  trunkline::tests::TemporaryFolder folder_;
};

TEST_F(StoreOnDisk, RemembersARecordWithEverythingInIt) {
  json::Object body{{"Text", "\u00fc\n\"\\"},
                    {"Number", json::Number{"28.40"}},
                    {"List", json::Array{1, true, nullptr}}};
  PutIn(*Open().value(), {.id = "q 1/\u00e9", .parent = "i-1", .name = "a name", .body = body});

  const auto store = Open();
  ASSERT_TRUE(store);
  const Record* record = (*store)->Find(kHere, kQueue, "q 1/\u00e9");

  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->parent, "i-1");
  EXPECT_EQ(record->name, "a name");
  EXPECT_TRUE(record->body == body);
}

TEST_F(StoreOnDisk, RemembersDeletions) {
  {
    const auto store = Open();
    PutIn(**store, Named("q-1", "Sales"));
    ASSERT_TRUE((*store)->Transact([&] { return (*store)->Delete(kHere, kQueue, "q-1"); }));
  }

  EXPECT_EQ(Open().value()->Find(kHere, kQueue, "q-1"), nullptr);
}

TEST_F(StoreOnDisk, RefusesASecondCloudOnTheSameFolder) {
  const auto first = Open();

  const auto second = Open();

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind(), ErrorKind::kConflict);
  EXPECT_EQ(
      second.error().message(),
      fmt::format("'{}' is in use by another cloud (process {}): stop it, or choose another --data",
                  folder(), getpid()));
}

TEST_F(StoreOnDisk, RefusesANewerSchema) {
  ASSERT_TRUE(Open());
  Run("PRAGMA user_version=99");

  const auto store = Open();

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().message(), fmt::format("'{}/state.db' was written by a newer trunkline "
                                                 "(schema 99, this one knows 1): use that one, "
                                                 "or choose another --data",
                                                 folder()));
}

TEST_F(StoreOnDisk, RefusesADatabaseOfAnotherProgram) {
  std::filesystem::create_directories(folder());
  Run("CREATE TABLE addresses(name TEXT)");

  const auto store = Open();

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().message(),
            fmt::format("'{}/state.db' is a database of another program: choose another --data",
                        folder()));
}

TEST_F(StoreOnDisk, RefusesAFileThatIsNoDatabase) {
  std::filesystem::create_directories(folder());
  std::ofstream(folder() + "/state.db") << std::string(4096, 'x');

  const auto store = Open();

  ASSERT_FALSE(store);
  EXPECT_EQ(
      store.error().message(),
      fmt::format("cannot read '{}/state.db': file is not a database; choose another --data, or "
                  "move this folder away to begin anew",
                  folder()));
}

TEST_F(StoreOnDisk, SaysWhyTheFolderCannotBeMade) {
  std::ofstream(folder()) << "a file";

  const auto store = Store::Open({.folder = folder() + "/below"});

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().message(),
            fmt::format("cannot use '{}/below' for the cloud's state: not a directory; choose "
                        "another --data",
                        folder()));
}

// Root may write anywhere, so the child becomes nobody first.
TEST_F(StoreOnDisk, SaysThatThereIsNoPermission) {
  std::filesystem::create_directories(folder());
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(folder(), std::filesystem::perms(0555));
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (getuid() == 0 && setuid(kNobody) != 0) _exit(2);
    const auto store = Open();
    const std::string text = store ? "opened" : store.error().message();
    _exit(write(pipe_ends[1], text.data(), text.size()) > 0 ? 0 : 3);
  }
  close(pipe_ends[1]);
  std::string text(4096, '\0');
  const ssize_t length = read(pipe_ends[0], text.data(), text.size());
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);

  EXPECT_EQ(status, 0);
  EXPECT_EQ(text,
            fmt::format("cannot use '{}' for the cloud's state: permission denied; choose another "
                        "--data",
                        folder()));
}

TEST_F(StoreOnDisk, NamesADamagedRecord) {
  PutIn(*Open().value(), Named("q-1", "Sales"));
  Run("UPDATE resource SET body='{broken'");
  const auto store = Open();

  try {
    (*store)->Find(kHere, kQueue, "q-1");
    FAIL() << "expected an exception";
  } catch (const std::runtime_error& thrown) {
    EXPECT_EQ(std::string(thrown.what()),
              fmt::format("'{}/state.db' is damaged: queue 'q-1' of connect is not a JSON object",
                          folder()));
  }
}

TEST_F(StoreOnDisk, UndoesWhatTheDiskRefuses) {
  const auto store = Open();
  PutIn(**store, Named("q-1", "Sales"));
  Run("CREATE TRIGGER full BEFORE INSERT ON resource BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  bool told_committed = true;

  const auto done = (*store)->Transact([&] {
    (*store)->Put(kHere, kQueue, Named("q-1", "Renamed"));
    (*store)->AtEnd([&](bool committed) { told_committed = committed; });
    return true;
  });

  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message(),
              StartsWith(fmt::format("cannot write '{}/state.db'", folder())));
  EXPECT_EQ((*store)->Find(kHere, kQueue, "q-1")->name, "Sales");
  EXPECT_FALSE(told_committed);
}

TEST_F(StoreOnDisk, RefusesTextThatCouldNotBeReadAgain) {
  const auto store = Open();

  const auto done = (*store)->Transact([&] {
    (*store)->Put(kHere, kQueue,
                  {.id = "q-1", .parent = {}, .name = {}, .body = {{"Bytes", "\xff\xfe"}}});
    return true;
  });

  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message(), "queue 'q-1' of connect holds text that is not UTF-8");
}

// A child writes pairs until it is killed in the midst of it: what was committed is there, and no
// half of a pair.
TEST_F(StoreOnDisk, SurvivesAKill) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = Open();
    for (int i = 0;; ++i) {
      const std::string n = std::to_string(i);
      PutIn(**store, Named("warm-" + n, "warm"));
      (void)(*store)->Transact([&] {
        (*store)->Put(kHere, kQueue, Named("left-" + n, n));
        (*store)->Put(kHere, kQueue, Named("right-" + n, n));
        return true;
      });
      if (write(pipe_ends[1], "x", 1) != 1) _exit(1);
    }
  }
  close(pipe_ends[1]);
  constexpr std::size_t kPairs = 200;
  std::string acknowledged(kPairs, '\0');
  std::size_t have = 0;
  while (have < kPairs) {
    const ssize_t got = read(pipe_ends[0], acknowledged.data(), kPairs - have);
    ASSERT_GT(got, 0);
    have += static_cast<std::size_t>(got);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(pipe_ends[0]);

  const auto store = Open();

  ASSERT_TRUE(store) << store.error().ToText();
  std::size_t left = 0;
  for (const Record* record : (*store)->List(kHere, kQueue, "i-1")) {
    if (!record->id.starts_with("left-")) continue;
    ++left;
    EXPECT_NE((*store)->Find(kHere, kQueue, "right-" + record->name), nullptr) << record->name;
  }
  EXPECT_GE(left, kPairs);
}

}  // namespace
}  // namespace trunkline::cloud
