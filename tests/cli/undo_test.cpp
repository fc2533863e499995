// apply --rollback against the embedded cloud: whichever request of a delivery fails, what is there
// afterwards is what was there before.
#include "tests/cli/undo_test.h"

namespace trunkline::cli {
namespace {

using deploy::Applied;
using ::testing::IsEmpty;
using ::testing::ValuesIn;

// One delivery of these kinds; what they need is delivered before.
struct Row {
  std::string name;
  std::vector<std::string> before;
  std::vector<std::string> kinds;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

std::vector<Row> Rows() {
  return {{"Bucket", {}, {"bucket"}},
          {"Storage", {"bucket"}, {"storage"}},
          {"Parameters", {}, {"parameter"}},
          {"Hours", {}, {"hours"}},
          {"Queues", {"hours"}, {"queue"}},
          {"Prompts", {"bucket"}, {"prompt"}},
          {"Functions", {}, {"function"}},
          {"FunctionAssociations", {"function"}, {"function association"}},
          {"Bots", {}, {"bot"}},
          {"BotAssociations", {"bot"}, {"bot association"}},
          {"Flows", {"hours", "queue"}, {"module stub", "flow stub", "module", "flow"}},
          {"Map", {}, {"mapping"}}};
}

class Undo : public UndoTest, public testing::WithParamInterface<Row> {
 protected:
  // Fails at each request in turn; ends when none is left to fail, with everything delivered.
  void FailAtEach() {
    for (std::size_t number = 0;; ++number) {
      SCOPED_TRACE(number);
      const std::string before = State();
      const Applied applied = Deliver(GetParam().kinds, true, number);
      if (failed().empty()) {
        EXPECT_TRUE(applied.ok());
        break;
      }
      if (applied.ok()) {  // the failure had a way out: what it delivered is there early
        AsBefore();
        continue;
      }
      for (const deploy::Failure& failure : applied.not_restored)
        ADD_FAILURE() << failure.change.Id() << ": " << failure.error.ToText();
      ASSERT_EQ(State(), before) << failed();
    }
  }
  virtual void AsBefore() {}
};

// The first edition is there, the second is wanted.
class UndoUpdates : public Undo {
 protected:
  UndoUpdates() {
    Want(1);
    Deliver({}, false);
    SpoilWhatNoEditionChanges();
    Want(2);
    Deliver(GetParam().before, false);
  }
  void SpoilWhatNoEditionChanges() {
    json::Object tags{{"TagSet", json::Array{json::Object{{"Key", "team"}, {"Value", "voice"}}}}};
    Do("s3", "PutBucketTagging",
       {{"Bucket", "acme-storage-dev-eu-central-1"}, {"Tagging", std::move(tags)}});
    Do("s3", "DeletePublicAccessBlock", {{"Bucket", "acme-storage-dev-eu-central-1"}});
    for (const std::string_view name : {"AmazonConnectInstanceId", "AmazonConnectInstanceName"})
      Do("ssm", "PutParameter", {{"Name", name}, {"Value", "theirs"}, {"Overwrite", true}});
  }
  void AsBefore() override {
    Want(1);
    Deliver(GetParam().kinds, false);
    SpoilWhatNoEditionChanges();
    Want(2);
  }
};

TEST_P(UndoUpdates, LeaveEverythingAsItWas) {
  FailAtEach();
}

// The first edition is there, and more of everything is wanted.
class UndoCreations : public Undo {
 protected:
  UndoCreations() {
    Want(1);
    Deliver({}, false);
    WantMore();
    Deliver(GetParam().before, false);
  }
};

TEST_P(UndoCreations, LeaveNothingBehind) {
  FailAtEach();
}

INSTANTIATE_TEST_SUITE_P(Of, UndoUpdates, ValuesIn(Rows()),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Of, UndoCreations, ValuesIn(Rows()),
                         [](const auto& row) { return row.param.name; });

// All kinds in one delivery, changed and new ones: every eleventh request fails.
TEST_F(UndoTest, OfAWholeDeliveryLeavesEverythingAsItWas) {
  constexpr std::size_t kStep = 11;
  Want(1);
  Deliver({}, false);
  Want(2);
  WantMore();
  for (std::size_t number = 0;; number += kStep) {
    SCOPED_TRACE(number);
    const std::string before = State();
    const Applied applied = Deliver({}, true, number);
    if (failed().empty() || applied.ok()) break;
    EXPECT_THAT(applied.not_restored, IsEmpty());
    ASSERT_EQ(State(), before) << failed();
  }
}

}  // namespace
}  // namespace trunkline::cli
