// Functions and their roles, and every point at which their delivery may have been interrupted.
#include "deploy/function_delivery.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kRoleArn = "arn:aws:iam::111122223333:role/acme-dev-eu-central-1-lookup";

class FunctionDelivery : public DeployTest {
 protected:
  FunctionDelivery() {
    HaveInstance();
    AddFunction("lookup");
    aws.On("iam:CreateRole", json::Object{{"Role", json::Object{{"Arn", kRoleArn}}}});
    aws.On("iam:GetRole", RoleWith({{"Key", kManagedTag}, {"Value", "true"}}));
    aws.On("lambda:GetFunctionConfiguration",
           json::Object{{"State", "Active"}, {"LastUpdateStatus", "Successful"}});
    aws.On("lambda:PublishVersion", json::Object{{"Version", "7"}});
    aws.Fails("lambda:GetFunction", "ResourceNotFoundException");
  }
  static json::Object RoleWith(json::Object tag) {
    json::Array tags{std::move(tag)};
    return {{"Role", json::Object{{"Arn", kRoleArn}, {"Tags", std::move(tags)}}}};
  }
  Applied Deliver(Action action = Action::kCreate) {
    return ApplyOne("function", "lookup", action);
  }
  // The position of the first call of an operation.
  std::size_t Position(std::string_view operation) {
    const std::vector<std::string> all = aws.operations();
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), operation) - all.begin());
  }
  std::string Error(const Applied& applied) {
    return applied.failed.empty() ? "" : applied.failed.front().error.message();
  }
};

TEST_F(FunctionDelivery, MakesRoleFunctionVersionAndAliasAndRecordsTheHashLast) {
  aws.Fails("lambda:UpdateAlias", "ResourceNotFoundException");

  EXPECT_TRUE(Deliver().ok());

  EXPECT_THAT(
      aws.operations(),
      ElementsAre("iam:CreateRole", "iam:PutRolePolicy", "lambda:CreateFunction",
                  "lambda:GetFunctionConfiguration", "lambda:PublishVersion", "lambda:UpdateAlias",
                  "lambda:CreateAlias", "lambda:TagResource", "lambda:GetFunction"));
  EXPECT_FALSE(aws.Inputs("lambda:CreateFunction")[0].GetObject("Tags").Has(kHashTag));
  EXPECT_TRUE(aws.Inputs("lambda:TagResource")[0].GetObject("Tags").Has(kHashTag));
  EXPECT_EQ(aws.Inputs("lambda:CreateAlias")[0].GetString("FunctionVersion"), "7");
}

TEST_F(FunctionDelivery, IsUnchangedAtTheNextPlanByTheHashItRecorded) {
  EXPECT_TRUE(Deliver().ok());

  Have("function", "lookup").tags = ReadTags(aws.Inputs("lambda:TagResource")[0].GetObject("Tags"));

  EXPECT_EQ(MakePlan().Find("function:lookup"), nullptr);
  center.functions.front().memory_mb = 256;
  EXPECT_EQ(MakePlan().Find("function:lookup")->why, "differs");
  center.functions.front().memory_mb = 128;
  center.functions.front().code.front().bytes += " ";
  EXPECT_EQ(MakePlan().Find("function:lookup")->why, "differs");
}

TEST_F(FunctionDelivery, RecordsNoHashWhenTheAliasCouldNotBeSwitched) {
  aws.Fails("lambda:UpdateAlias", "InvalidParameterValueException", "no such version");

  EXPECT_EQ(Error(Deliver()), "no such version");

  EXPECT_THAT(aws.operations(), Not(Contains("lambda:TagResource")));
}

TEST_F(FunctionDelivery, TriesAgainUntilLambdaMayAssumeANewRole) {
  const auto refusals = std::make_shared<int>(3);
  aws.On("lambda:CreateFunction", [refusals](const json::Object&) {
    if ((*refusals)-- == 0) return Result<json::Object>(json::Object());
    return Result<json::Object>(
        Refused("InvalidParameterValueException",
                "The role defined for the function cannot be assumed by Lambda."));
  });

  EXPECT_TRUE(Deliver().ok());

  EXPECT_THAT(aws.Inputs("lambda:CreateFunction"), SizeIs(4));
  EXPECT_EQ(aws.fake().waited(), Milliseconds(250 + 500 + 1000));
}

TEST_F(FunctionDelivery, GivesUpOnARoleThatLambdaMayNeverAssume) {
  aws.Fails("lambda:CreateFunction", "InvalidParameterValueException",
            "The role defined for the function cannot be assumed by Lambda.");

  EXPECT_THAT(Error(Deliver()), HasSubstr("cannot be assumed by Lambda"));

  EXPECT_THAT(aws.Inputs("lambda:CreateFunction"), SizeIs(8));
}

TEST_F(FunctionDelivery, DoesNotTryAgainWhatIsWrong) {
  aws.Fails("lambda:CreateFunction", "InvalidParameterValueException", "no such runtime");

  EXPECT_EQ(Error(Deliver()), "no such runtime");

  EXPECT_THAT(aws.Inputs("lambda:CreateFunction"), SizeIs(1));
}

TEST_F(FunctionDelivery, GoesOnWithTheRoleThatAnInterruptedRunMade) {
  aws.Fails("iam:CreateRole", "EntityAlreadyExists");

  EXPECT_TRUE(Deliver().ok());

  EXPECT_EQ(aws.Inputs("lambda:CreateFunction")[0].GetString("Role"), kRoleArn);
}

TEST_F(FunctionDelivery, LeavesSomebodyElsesRoleOfTheSameNameAlone) {
  aws.Fails("iam:CreateRole", "EntityAlreadyExists");
  aws.On("iam:GetRole", RoleWith({{"Key", "team"}, {"Value", "billing"}}));

  EXPECT_THAT(Error(Deliver()), HasSubstr("exists and carries no tag 'trunkline:managed'"));

  EXPECT_THAT(aws.operations(), Not(Contains("iam:PutRolePolicy")));
}

TEST_F(FunctionDelivery, LetsOnlyLambdaAssumeARoleThatIsThereAlready) {
  aws.Fails("iam:CreateRole", "EntityAlreadyExists");

  EXPECT_TRUE(Deliver().ok());

  EXPECT_THAT(aws.Inputs("iam:UpdateAssumeRolePolicy")[0].GetString("PolicyDocument"),
              HasSubstr(R"({"Service":"lambda.amazonaws.com"})"));
}

TEST_F(FunctionDelivery, MakesTheRoleWithinTheBoundary) {
  boundary = "arn:aws:iam::111122223333:policy/trunkline/trunkline-boundary";

  ApplyOne("function", "lookup");

  EXPECT_EQ(aws.Inputs("iam:CreateRole")[0].GetString("PermissionsBoundary"), boundary);
  EXPECT_THAT(aws.Inputs("iam:PutRolePermissionsBoundary"), IsEmpty());
}

TEST_F(FunctionDelivery, PutsARoleThatIsThereAlreadyWithinTheBoundaryFirst) {
  boundary = "arn:aws:iam::111122223333:policy/trunkline/trunkline-boundary";
  aws.Fails("iam:CreateRole", "EntityAlreadyExists");

  ApplyOne("function", "lookup");

  const std::vector<std::string> operations = aws.operations();
  EXPECT_EQ(aws.Inputs("iam:PutRolePermissionsBoundary").size(), 1U);
  EXPECT_LT(std::find(operations.begin(), operations.end(), "iam:PutRolePermissionsBoundary"),
            std::find(operations.begin(), operations.end(), "iam:PutRolePolicy"));
}

TEST_F(FunctionDelivery, TakesAwayFromTheRoleWhatTheFunctionIsNoLongerGiven) {
  aws.Fails("iam:CreateRole", "EntityAlreadyExists");
  center.functions.front().managed_policies = {
      {.value = "arn:aws:iam::aws:policy/Kept", .place = {}}};
  json::Object kept{{"PolicyArn", "arn:aws:iam::aws:policy/Kept"}};
  json::Object gone{{"PolicyArn", "arn:aws:iam::aws:policy/Gone"}};
  aws.On("iam:ListAttachedRolePolicies",
         json::Object{{"AttachedPolicies", json::Array{std::move(kept), std::move(gone)}}});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_EQ(aws.Inputs("iam:AttachRolePolicy")[0].GetString("PolicyArn"),
            "arn:aws:iam::aws:policy/Kept");
  ASSERT_THAT(aws.Inputs("iam:DetachRolePolicy"), SizeIs(1));
  EXPECT_EQ(aws.Inputs("iam:DetachRolePolicy")[0].GetString("PolicyArn"),
            "arn:aws:iam::aws:policy/Gone");
}

TEST_F(FunctionDelivery, LetsTheRoleWriteTheFunctionsLogAndWhatItAsksFor) {
  json::Object statement{{"Effect", "Allow"}, {"Action", "dynamodb:GetItem"}, {"Resource", "*"}};
  center.functions.front().statements.push_back(std::move(statement));

  EXPECT_TRUE(Deliver().ok());

  const std::string policy(aws.Inputs("iam:PutRolePolicy")[0].GetString("PolicyDocument"));
  EXPECT_THAT(policy, HasSubstr("log-group:/aws/lambda/acme-dev-eu-central-1-lookup"));
  EXPECT_THAT(policy, HasSubstr("dynamodb:GetItem"));
}

TEST_F(FunctionDelivery, RefusesARoleNameThatIamDoesNotTake) {
  AddFunction(std::string(60, 'f'));

  const Applied applied = ApplyOne("function", std::string(60, 'f'));

  EXPECT_THAT(Error(applied), HasSubstr("has 82 characters, IAM takes 64; choose shorter names"));
  EXPECT_THAT(aws.calls(), IsEmpty());
}

// ---- updates

TEST_F(FunctionDelivery, UpdatesCodeThenConfigurationThenSwitchesTheAlias) {
  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_LT(Position("lambda:UpdateFunctionCode"), Position("lambda:UpdateFunctionConfiguration"));
  EXPECT_LT(Position("lambda:UpdateFunctionConfiguration"), Position("lambda:PublishVersion"));
  EXPECT_LT(Position("lambda:PublishVersion"), Position("lambda:UpdateAlias"));
  EXPECT_LT(Position("lambda:UpdateAlias"), Position("lambda:TagResource"));
  EXPECT_THAT(aws.operations(), Not(Contains("lambda:CreateAlias")));
}

TEST_F(FunctionDelivery, WaitsUntilAnEarlierUpdateIsOver) {
  aws.OnInTurn("lambda:GetFunctionConfiguration",
               {{{"State", "Pending"}},
                {{"State", "Active"}, {"LastUpdateStatus", "InProgress"}},
                {{"State", "Active"}, {"LastUpdateStatus", "Successful"}}});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_EQ(Position("lambda:UpdateFunctionCode"), Position("lambda:GetFunctionConfiguration") + 3);
}

TEST_F(FunctionDelivery, MendsAFunctionWhoseLastUpdateFailed) {
  aws.OnInTurn("lambda:GetFunctionConfiguration",
               {{{"State", "Active"}, {"LastUpdateStatus", "Failed"}},
                {{"State", "Active"}, {"LastUpdateStatus", "Failed"}},
                {{"State", "Active"}, {"LastUpdateStatus", "Successful"}}});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());
}

TEST_F(FunctionDelivery, SaysWhyLambdaCouldNotPrepareAFunction) {
  aws.On("lambda:GetFunctionConfiguration",
         json::Object{{"State", "Failed"}, {"StateReason", "no layer"}});

  EXPECT_EQ(Error(Deliver()),
            "Lambda could not prepare function 'acme-dev-eu-central-1-lookup': no layer");
  EXPECT_THAT(aws.operations(), Not(Contains("lambda:PublishVersion")));
}

TEST_F(FunctionDelivery, GivesUpOnAFunctionThatIsNeverReady) {
  aws.On("lambda:GetFunctionConfiguration", json::Object{{"State", "Pending"}});

  EXPECT_THAT(Error(Deliver()), HasSubstr("is not ready after 3 min"));
}

TEST_F(FunctionDelivery, TakesAnOldDescriptionAway) {
  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  const json::Object input = aws.Inputs("lambda:UpdateFunctionConfiguration")[0];
  EXPECT_TRUE(input.Has("Description"));
  EXPECT_EQ(input.GetString("Description"), "");
}

TEST_F(FunctionDelivery, WritesArnsForTheSymbolsInTheEnvironment) {
  Have("queue", "Sales");
  center.functions.front().environment.push_back(
      {"QUEUE", {.value = "${queue:Sales}", .place = {}}});

  EXPECT_TRUE(Deliver().ok());

  const json::Object variables =
      aws.Inputs("lambda:CreateFunction")[0].GetObject("Environment").GetObject("Variables");
  EXPECT_EQ(variables.GetString("QUEUE"), std::string(kInstanceArn) + "/queue/id-of-Sales");
}

// ---- the association

TEST_F(FunctionDelivery, PermitsTheInstanceAndAssociatesTheAlias) {
  EXPECT_TRUE(ApplyOne("function association", "lookup").ok());

  const json::Object permission = aws.Inputs("lambda:AddPermission")[0];
  EXPECT_EQ(permission.GetString("Qualifier"), "live");
  EXPECT_EQ(permission.GetString("SourceArn"), kInstanceArn);
  EXPECT_EQ(permission.GetString("SourceAccount"), kAccount);
  EXPECT_EQ(aws.Inputs("connect:AssociateLambdaFunction")[0].GetString("FunctionArn"),
            FunctionArn(target(), "lookup"));
}

TEST_F(FunctionDelivery, GoesOnWithThePermissionThatAnInterruptedRunGave) {
  aws.Fails("lambda:AddPermission", "ResourceConflictException");

  EXPECT_TRUE(ApplyOne("function association", "lookup").ok());

  EXPECT_THAT(aws.Inputs("connect:AssociateLambdaFunction"), SizeIs(1));
}

TEST_F(FunctionDelivery, OnlyPermitsWhatIsAssociatedAlready) {
  Have("function association", FunctionArn(target(), "lookup"));

  EXPECT_TRUE(ApplyOne("function association", "lookup", Action::kUpdate).ok());

  EXPECT_THAT(aws.operations(), ElementsAre("lambda:AddPermission"));
}

// ---- the mapping function

TEST_F(FunctionDelivery, PutsTheProgramAndTheMapIntoTheMappingFunction) {
  EXPECT_TRUE(ApplyOne("mapping", "mapping").ok());

  const json::Object input = aws.Inputs("lambda:CreateFunction")[0];
  EXPECT_EQ(input.GetString("Runtime"), "provided.al2023");
  const std::string zip(input.GetObject("Code").GetString("ZipFile"));
  EXPECT_THAT(zip, HasSubstr("bootstrap"));
  EXPECT_THAT(zip, HasSubstr("map.json"));
}

}  // namespace
}  // namespace trunkline::deploy::tests
