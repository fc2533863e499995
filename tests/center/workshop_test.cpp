// A repository that knows nothing of Trunkline (tests/data/workshop) is read as it is.
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "center/check.h"
#include "center/load.h"
#include "tests/support/shared_data.h"

namespace trunkline::center {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

class Workshop : public testing::Test {
 protected:
  Workshop() : loaded_(LoadCenter(DiskFiles(), tests::SourceFolder() + "/tests/data/workshop")) {}

  Loaded loaded_;
};

TEST_F(Workshop, IsReadWithNothingButNotes) {
  ASSERT_TRUE(loaded_.center) << ToText(loaded_.findings);
  // The trailing comma of the README, and the two CDK applications whose sources are not built.
  EXPECT_THAT(loaded_.findings,
              ElementsAre(Field(&Finding::code, "TL-J002"), Field(&Finding::code, "TL-C015"),
                          Field(&Finding::code, "TL-C015")));
}

TEST_F(Workshop, NamesItsInstanceAsTheWorkshopDoes) {
  const Center& center = *loaded_.center;

  EXPECT_EQ(InstanceName(center, center.environments[0], "us-west-2"),
            "myworkshop-abc-dev-us-west-2");
  EXPECT_EQ(BucketName(center, center.environments[0], "us-east-1"), "connect-abc-dev-us-east-1");
}

TEST_F(Workshop, IsDeliverableToTheEnvironmentsThatHaveAnAccount) {
  const Center& center = *loaded_.center;

  EXPECT_EQ(ToText(CheckTarget(center, center.environments[0])), "");
  EXPECT_THAT(CheckTarget(center, center.environments[1]),
              ElementsAre(Field(&Finding::code, "TL-C111")));
}

TEST_F(Workshop, HasFiveFlowsTwoQueuesAndABot) {
  const Center& center = *loaded_.center;

  EXPECT_THAT(center.flows, SizeIs(5));
  EXPECT_THAT(center.queues, SizeIs(2));
  EXPECT_EQ(*center.bots.at(0).name, "ACME_lexbot");
  EXPECT_THAT(center.project_tooling, SizeIs(4));
}

}  // namespace
}  // namespace trunkline::center
