// What is said of actions without Amazon Connect.
#include "sim/offline.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "flow/catalogue.h"
#include "tests/support/shared_data.h"

namespace trunkline::sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> FactsOf(std::string_view type) {
  return OfflineFacts(*flow::FindActionKind(type));
}

TEST(Offline, SaysHowAStandInGoesAndWhatItCanBeTold) {
  EXPECT_THAT(FactsOf("GetCase"),
              ElementsAre("it stands in for a service that is not there: NoneFound, because no "
                          "cases are kept here",
                          "a test or a mock can give it an error or success",
                          "a test or a mock can say what it sets: $.Case"));
}

TEST(Offline, SaysOfOthersThatTheyRun) {
  EXPECT_THAT(FactsOf("Compare"),
              ElementsAre("it runs",
                          "a test or a mock can give it an error or a result of its conditions"));
  EXPECT_THAT(FactsOf("DisconnectParticipant"), ElementsAre("it runs"));
}

// "| GetCase | NoneFound | no cases are kept here | $.Case |".
std::string RowOf(const StandIn& row) {
  std::vector<std::string> sets;
  for (const std::string_view root : row.sets) sets.push_back(fmt::format("`$.{}`", root));
  return fmt::format("| `{}` | `{}` | {} | {} |", row.type, OutcomeOf(row), row.why,
                     Join(sets, ", "));
}

TEST(Offline, ThePageListsEveryStandIn) {
  const std::string page =
      trunkline::tests::ReadFileOrDie(trunkline::tests::SourceFolder() + "/docs/actions.md");
  for (const StandIn& row : AllStandIns()) EXPECT_THAT(page, HasSubstr(RowOf(row) + "\n"));
}

}  // namespace
}  // namespace trunkline::sim
