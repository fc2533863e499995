// Concurrency that is kept ready for versions and aliases.
#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class ProvisionedConcurrency : public LambdaTest {
 protected:
  ProvisionedConcurrency() {
    MakeFunction("return 1");
    Publish();
  }
  static json::Object Wanted(int executions, std::string_view qualifier = "1") {
    return {{"Qualifier", qualifier}, {"ProvisionedConcurrentExecutions", executions}};
  }
  std::string Status(std::string_view qualifier = "1") {
    return std::string(DoLambda("GetProvisionedConcurrencyConfig", {{"Qualifier", qualifier}})
                           .GetString("Status"));
  }
};

TEST_F(ProvisionedConcurrency, BecomesReadyAfterAWhileAlsoOverARestart) {
  const json::Object put = DoLambda("PutProvisionedConcurrencyConfig", Wanted(2));
  EXPECT_EQ(put.GetString("Status"), "IN_PROGRESS");
  EXPECT_EQ(put.GetInt("AvailableProvisionedConcurrentExecutions"), 0);

  Restart();
  Settle();

  const json::Object ready = DoLambda("GetProvisionedConcurrencyConfig", {{"Qualifier", "1"}});
  EXPECT_EQ(ready.GetString("Status"), "READY");
  EXPECT_EQ(ready.GetInt("AvailableProvisionedConcurrentExecutions"), 2);
}

TEST_F(ProvisionedConcurrency, IsOfPublishedCode) {
  EXPECT_THAT(AskLambda("PutProvisionedConcurrencyConfig", Wanted(1, "$LATEST")),
              Fails(400, "InvalidParameterValueException",
                    "Provisioned Concurrency Configs cannot be applied to unpublished function "
                    "versions."));
}

TEST_F(ProvisionedConcurrency, IsListedAndDeleted) {
  DoLambda("PutProvisionedConcurrencyConfig", Wanted(1));
  EXPECT_THAT(
      DoLambda("ListProvisionedConcurrencyConfigs").GetArray("ProvisionedConcurrencyConfigs"),
      SizeIs(1));

  DoLambda("DeleteProvisionedConcurrencyConfig", {{"Qualifier", "1"}});

  EXPECT_THAT(AskLambda("GetProvisionedConcurrencyConfig", {{"Qualifier", "1"}}),
              Fails(404, "ProvisionedConcurrencyConfigNotFoundException", HasSubstr("")));
}

TEST_F(ProvisionedConcurrency, GoesWithItsAlias) {
  DoLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
  DoLambda("PutProvisionedConcurrencyConfig", Wanted(1, "live"));
  Settle();
  EXPECT_EQ(Status("live"), "READY");

  DoLambda("DeleteAlias", {{"Name", "live"}});

  EXPECT_THAT(
      DoLambda("ListProvisionedConcurrencyConfigs").GetArray("ProvisionedConcurrencyConfigs"),
      SizeIs(0));
}

}  // namespace
}  // namespace trunkline::cloud::tests
