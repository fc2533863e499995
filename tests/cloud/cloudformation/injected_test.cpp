// Rollback as a property: whichever operation of a stack's operation meets an error, the stack ends
// in the documented state, and what all services hold is as it was before (or as it was meant to
// be).
#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include "base/json_write.h"
#include "cloud/engine.h"
#include "tests/cloud/cloudformation/injected_templates.h"
#include "tests/cloud/cloudformation/types_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AnyOf;
using ::testing::IsEmpty;

// Times, and the numbers of changes: a change and its reversal leave them behind.
bool IsTrace(std::string_view key) {
  constexpr std::array kWords{"Date",      "ersion",           "evision",    "CodeId",
                              "Published", "Generation",       "Generation", "Build",
                              "Structure", "LastUpdateStatus", "Updated",    "Time",
                              "odified",   "updated",          "created",    "Etag",
                              "sequence"};
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return key.find(word) != std::string_view::npos; });
}

json::Value WithoutTraces(const json::Value& value) {
  if (value.IsArray()) {
    json::Array rows;
    for (const json::Value& row : value.AsArray()) rows.push_back(WithoutTraces(row));
    return rows;
  }
  if (!value.IsObject()) return value;
  json::Object kept;
  for (const json::Member& member : value.AsObject()) {
    if (!IsTrace(member.key)) kept.Set(member.key, WithoutTraces(member.value));
  }
  return kept;
}

// What is written beside a change and never taken back: past versions, uses of keys, keys that AWS
// itself makes.
bool IsHistory(const RecordCount& count, const Record& record) {
  const auto is = [&](std::string_view service, std::string_view kind) {
    return count.service == service && count.kind == kind;
  };
  return count.service == "cloudformation" || is("cloud", "job") || is("kms", "usage") ||
         is("connect", "client-token") || is("connect", "version-count") ||
         is("secretsmanager", "version") || is("iam", "policy-version") ||
         is("states", "revision") || is("cloud", "object") || is("ssm", "version") ||
         is("codepipeline", "version") || is("dynamodb", "stream") ||
         record.body.Has("DeletedDate") || record.body.GetString("KeyState") == "PendingDeletion" ||
         record.body.GetString("KeyManager") == "AWS" || record.name.starts_with("alias/aws/");
}

// "- row" for what is missing, "+ row" for what should not be there.
std::vector<std::string> Changes(const std::vector<std::string>& before,
                                 const std::vector<std::string>& after) {
  std::vector<std::string> missing;
  std::vector<std::string> added;
  std::ranges::set_difference(before, after, std::back_inserter(missing));
  std::ranges::set_difference(after, before, std::back_inserter(added));
  std::vector<std::string> changes;
  for (const std::string& row : missing) changes.push_back("- " + row);
  for (const std::string& row : added) changes.push_back("+ " + row);
  return changes;
}

class InjectedFailures : public TypesTest, public ::testing::WithParamInterface<InjectedTemplate> {
 protected:
  ~InjectedFailures() override { engine().fault = nullptr; }

  // Runs `work` while the call of this number meets an error. The answer is the first call of each
  // operation: to fail every single one takes five times as long, and found nothing more.
  template <class Work>
  std::vector<int> Failing(int number, Work work) {
    int calls = 0;
    std::set<std::string> seen;
    std::vector<int> firsts;
    broken_.clear();
    engine().fault = [&](std::string_view service, std::string_view operation) -> Answer<void> {
      if (service == "cloudformation") return {};
      const std::string name = fmt::format("{}:{}", service, operation);
      if (seen.insert(name).second) firsts.push_back(calls);
      if (calls++ != number) return {};
      broken_ = name;
      return ServiceError("InternalFailure", "injected").WithStatus(500);
    };
    work();
    engine().fault = nullptr;
    return firsts;
  }
  // The calls `work` makes.
  template <class Work>
  std::vector<int> CallsOf(Work work) {
    return Failing(-1, work);
  }
  const std::string& broken() const { return broken_; }

  // Everything the services hold, but for what stacks and logs remember.
  std::vector<std::string> World() {
    std::vector<std::string> rows;
    for (const RecordCount& count : store().Count()) {
      for (const Record* record : store().List(count.scope, {count.service, count.kind})) {
        if (IsHistory(count, *record)) continue;
        rows.push_back(fmt::format("{}.{} {} {} {}", count.service, count.kind, record->id,
                                   record->name, json::WriteSorted(WithoutTraces(record->body))));
      }
    }
    std::ranges::sort(rows);
    return rows;
  }

 private:
  std::string broken_;
};

TEST_P(InjectedFailures, OfAnUpdateLeaveWhatWasThere) {
  const std::string first = GetParam().First();
  const std::string second = GetParam().Second();
  Deploy(first);
  const std::vector<int> calls = CallsOf([&] { Deploy(second); });
  EXPECT_EQ(Drift(), "IN_SYNC");
  Deploy(first);

  for (const int number : calls) {
    const std::vector<std::string> before = World();
    std::string status;
    Failing(number, [&] { status = Run(second); });
    if (status == "UPDATE_COMPLETE") {
      // It was of no consequence, or met what is tidied up when all is done.
      EXPECT_EQ(Drift(), "IN_SYNC") << broken();
      // What was not tidied up is in the way of the next time.
      ASSERT_TRUE(engine().Reset().ok());
      Forget();
      Deploy(first);
      continue;
    }
    ASSERT_EQ(status, "UPDATE_ROLLBACK_COMPLETE") << broken() << "\n" << Problems();
    EXPECT_THAT(Changes(before, World()), IsEmpty()) << broken();
  }
}

TEST_P(InjectedFailures, OfACreationLeaveNothing) {
  const std::vector<std::string> before = World();
  const std::vector<int> calls = CallsOf([&] { Deploy(GetParam().First()); });
  Delete();
  EXPECT_THAT(Changes(before, World()), IsEmpty());

  for (const int number : calls) {
    std::string status;
    Failing(number, [&] { status = Run(GetParam().First()); });
    ASSERT_THAT(status, AnyOf("ROLLBACK_COMPLETE", "CREATE_COMPLETE")) << broken() << Problems();
    if (status == "ROLLBACK_COMPLETE") {
      EXPECT_THAT(Changes(before, World()), IsEmpty()) << broken();
    }
    Delete();
    EXPECT_THAT(Changes(before, World()), IsEmpty()) << broken();
  }
}

TEST_P(InjectedFailures, OfADeletionLeaveAStackThatCanBeDeleted) {
  const std::vector<std::string> before = World();
  Deploy(GetParam().First());
  const std::vector<int> calls = CallsOf([&] { Delete(); });

  for (const int number : calls) {
    Deploy(GetParam().First());
    std::string status;
    Failing(number, [&] { status = RunDeletion(); });
    ASSERT_THAT(status, AnyOf("DELETE_FAILED", "DELETE_COMPLETE")) << broken();
    if (status == "DELETE_FAILED") Delete();
    EXPECT_THAT(Changes(before, World()), IsEmpty()) << broken();
  }
}

INSTANTIATE_TEST_SUITE_P(Templates, InjectedFailures, ::testing::ValuesIn(InjectedTemplates()),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace

void PrintTo(const InjectedTemplate& row, std::ostream* out) {
  *out << row.name;
}

}  // namespace trunkline::cloud::tests
