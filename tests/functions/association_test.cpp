#include "functions/custom_resource.h"
#include "tests/functions/function_test.h"

namespace trunkline::functions::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kFunction = "arn:aws:lambda:eu-central-1:111122223333:function:lookup";
constexpr std::string_view kBot = "arn:aws:lex:eu-central-1:111122223333:bot-alias/BOT/ALIAS";

class Association : public FunctionTest {
 protected:
  // CloudFormation's address is on the same loop; what it is sent is kept.
  Association() {
    Set("AWS_ENDPOINT_URL", aws_.fake().url());
    aws_.fake().Answers([this, aws = aws_.fake().answer()](const net::Request& request) {
      if (request.target.starts_with("/answer")) return Take(request);
      return aws(request);
    });
  }

  json::Object Event(std::string_view type, json::Object properties) {
    return {{"RequestType", type},
            {"ResponseURL", aws_.fake().url() + "/answer?signature=abc"},
            {"StackId", "arn:aws:cloudformation:eu-central-1:111122223333:stack/mine/1"},
            {"RequestId", "r-1"},
            {"LogicalResourceId", "LookupAssociation"},
            {"ResourceProperties", std::move(properties)}};
  }
  json::Object OfFunction(std::string_view arn = kFunction) const {
    return {{"InstanceId", "i-1"}, {"FunctionArn", arn}};
  }
  json::Object OfBot() const { return {{"InstanceId", "i-1"}, {"BotAliasArn", kBot}}; }
  // What CloudFormation is told.
  json::Object Ask(json::Object event) {
    told_.clear();
    const auto answer = Invoke("association", json::Value(std::move(event)));
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message());
    return told_.empty() ? json::Object() : told_.back();
  }

  std::vector<json::Object> told_;
  std::vector<net::Request> puts_;
  int refusals_ = 0;

 private:
  net::Response Take(const net::Request& request) {
    puts_.push_back(request);
    if (refusals_-- > 0) return {.status = 503};
    told_.push_back(json::Parse(request.body)->AsObject());
    return {};
  }
};

TEST_F(Association, PermitsAFunctionAndAssociatesIt) {
  const json::Object told = Ask(Event("Create", OfFunction()));

  EXPECT_EQ(told.GetString("Status"), "SUCCESS");
  EXPECT_EQ(told.GetString("PhysicalResourceId"), "i-1|" + std::string(kFunction));
  EXPECT_EQ(told.GetString("RequestId"), "r-1");
  EXPECT_THAT(aws_.operations(),
              ElementsAre("lambda:AddPermission", "connect:AssociateLambdaFunction"));
  const json::Object permission = aws_.Inputs("lambda:AddPermission").front();
  EXPECT_EQ(permission.GetString("SourceArn"),
            "arn:aws:connect:eu-central-1:111122223333:instance/i-1");
  EXPECT_EQ(permission.GetString("SourceAccount"), "111122223333");
}

TEST_F(Association, PermitsTheAliasOfAQualifiedArn) {
  Ask(Event("Create", OfFunction(std::string(kFunction) + ":live")));

  const json::Object permission = aws_.Inputs("lambda:AddPermission").front();
  EXPECT_EQ(permission.GetString("FunctionName"), kFunction);
  EXPECT_EQ(permission.GetString("Qualifier"), "live");
}

TEST_F(Association, PermitsABotBesideWhatOthersAllow) {
  aws_.On("lexv2-models:DescribeResourcePolicy",
          json::Object{{"policy", R"({"Statement":[{"Sid":"theirs","Effect":"Allow"}]})"},
                       {"revisionId", "7"}});

  EXPECT_EQ(Ask(Event("Create", OfBot())).GetString("Status"), "SUCCESS");

  const json::Object policy = aws_.Inputs("lexv2-models:UpdateResourcePolicy").front();
  EXPECT_THAT(policy.GetString("policy"), HasSubstr(R"("Sid":"theirs")"));
  EXPECT_THAT(policy.GetString("policy"), HasSubstr(R"("Sid":"trunkline-i-1")"));
  EXPECT_EQ(policy.GetString("expectedRevisionId"), "7");
  EXPECT_THAT(aws_.Inputs("connect:AssociateBot"), SizeIs(1));
}

TEST_F(Association, IsTakenAwayByItsName) {
  json::Object event = Event("Delete", OfFunction("arn:aws:lambda:eu-central-1:1:function:newer"));
  event.Set("PhysicalResourceId", "i-1|" + std::string(kFunction));

  EXPECT_EQ(Ask(std::move(event)).GetString("Status"), "SUCCESS");

  EXPECT_EQ(aws_.Inputs("connect:DisassociateLambdaFunction").front().GetString("FunctionArn"),
            kFunction);
  EXPECT_EQ(aws_.Inputs("lambda:RemovePermission").front().GetString("StatementId"),
            "trunkline-i-1");
}

TEST_F(Association, IsGoneWithItsInstanceAndFunction) {
  aws_.Fails("connect:DisassociateLambdaFunction", "ResourceNotFoundException");
  aws_.Fails("lambda:RemovePermission", "ResourceNotFoundException");
  json::Object event = Event("Delete", OfFunction());
  event.Set("PhysicalResourceId", "i-1|" + std::string(kFunction));

  EXPECT_EQ(Ask(std::move(event)).GetString("Status"), "SUCCESS");
}

TEST_F(Association, ThatWasNeverMadeLetsTheRollbackGoOn) {
  json::Object event = Event("Delete", {});
  event.Set("PhysicalResourceId", "LookupAssociation");

  EXPECT_EQ(Ask(std::move(event)).GetString("Status"), "SUCCESS");
  EXPECT_THAT(aws_.operations(), IsEmpty());
}

TEST_F(Association, FailsWithTheServicesReason) {
  aws_.Fails("connect:AssociateLambdaFunction", "ServiceQuotaExceededException", "50 at most");

  const json::Object told = Ask(Event("Create", OfFunction()));

  EXPECT_EQ(told.GetString("Status"), "FAILED");
  EXPECT_THAT(told.GetString("Reason"), HasSubstr("50 at most"));
  EXPECT_EQ(told.GetString("PhysicalResourceId"), "i-1|" + std::string(kFunction));
}

TEST_F(Association, FailsWithWhatIsWrongInTheTemplate) {
  EXPECT_EQ(Ask(Event("Create", {{"InstanceId", "i-1"}})).GetString("Reason"),
            "expected one of the properties 'FunctionArn' and 'BotAliasArn' but got neither");
  EXPECT_EQ(Ask(Event("Create", OfFunction("lookup"))).GetString("Reason"),
            "expected property 'FunctionArn' to be a function's ARN but got 'lookup'");
  const std::string elsewhere = "arn:aws:connect:us-east-1:111122223333:instance/i-1";
  EXPECT_THAT(Ask(Event("Create", {{"InstanceId", elsewhere}, {"FunctionArn", kFunction}}))
                  .GetString("Reason"),
              HasSubstr("an instance of this stack's account and Region"));
}

TEST_F(Association, AnswersAgainWhenCloudFormationDoesNotTakeIt) {
  refusals_ = 3;

  EXPECT_EQ(Ask(Event("Create", OfFunction())).GetString("Status"), "SUCCESS");

  EXPECT_THAT(puts_, SizeIs(4));
  EXPECT_EQ(puts_.front().method, "PUT");
  EXPECT_FALSE(puts_.front().headers.Has("Content-Type"));
  EXPECT_EQ(puts_.front().target, "/answer?signature=abc");
}

TEST_F(Association, SendsNothingToAnAddressThatIsNotCloudFormations) {
  json::Object event = Event("Create", OfFunction());
  event.Set("ResponseURL", "http://169.254.169.254/latest");

  const auto answer = Invoke("association", json::Value(std::move(event)));

  EXPECT_EQ(answer.error().message(), "expected ResponseURL to be an https address");
}

TEST(CustomAnswer, StaysWithinItsLimit) {
  CustomAnswer answer{.physical_id = std::string(1000, 'p'), .failure = std::string(9000, 'x')};
  answer.data.Set("Long", std::string(5000, 'y'));

  EXPECT_LE(AnswerText({}, answer).size(), 4096U);
}

}  // namespace
}  // namespace trunkline::functions::tests
