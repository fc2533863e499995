#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class QueryDefinitions : public CloudTest {};

TEST_F(QueryDefinitions, AreKeptChangedAndDeleted) {
  const std::string id(
      Do("logs", "PutQueryDefinition", {{"name", "acme/slow"}, {"queryString", "fields @message"}})
          .GetString("queryDefinitionId"));
  Do("logs", "PutQueryDefinition",
     {{"name", "acme/slow"}, {"queryString", "limit 5"}, {"queryDefinitionId", id}});
  Restart();

  const json::Object found =
      Do("logs", "DescribeQueryDefinitions", {{"queryDefinitionNamePrefix", "acme/"}});
  ASSERT_THAT(found.GetArray("queryDefinitions"), SizeIs(1));
  EXPECT_EQ(found.GetArray("queryDefinitions")[0].AsObject().GetString("queryString"), "limit 5");
  EXPECT_TRUE(Do("logs", "DeleteQueryDefinition", {{"queryDefinitionId", id}}).GetBool("success"));
  EXPECT_THAT(Do("logs", "DescribeQueryDefinitions").GetArray("queryDefinitions"), IsEmpty());
  EXPECT_EQ(Ask("logs", "DeleteQueryDefinition", {{"queryDefinitionId", id}}).code,
            "ResourceNotFoundException");
}

}  // namespace
}  // namespace trunkline::cloud::tests
