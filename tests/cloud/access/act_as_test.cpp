// Services that act in roles, or on resources whose policies let them in.
#include "cloud/access/act_as.h"

#include "cloud/callers.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kTemplate = R"({"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}})";

class ActingServices : public CloudTest {
 protected:
  void MakeRole(std::string_view name, std::string_view statement) {
    Do("iam", "CreateRole",
       {{"RoleName", name},
        {"AssumeRolePolicyDocument",
         fmt::format(R"({{"Version":"2012-10-17","Statement":{}}})", statement)}});
  }
  static std::string Arn(std::string_view role) {
    return fmt::format("arn:aws:iam::111122223333:role/{}", role);
  }
  template <class Work>
  void Within(Work work) {
    Reply reply;
    const Answer<> done = engine().State(RootCaller(account()), region(), "id", nullptr, reply,
                                         [&](Context& context) -> Answer<> {
                                           work(context);
                                           return json::Object();
                                         });
    EXPECT_TRUE(done.ok());
  }
  bool MayActAs(std::string_view role, const access::Deputy& deputy) {
    bool may = false;
    Within([&](Context& context) { may = access::MayActAs(context, deputy, Arn(role)); });
    return may;
  }
  const access::Deputy machine_{
      .service = "states.amazonaws.com",
      .source_arn = "arn:aws:states:eu-central-1:111122223333:stateMachine:m",
      .source_account = {}};
};

TEST_F(ActingServices, TakeOnlyRolesThatTrustThem) {
  MakeRole(
      "own",
      R"({"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"})");
  MakeRole(
      "others",
      R"({"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"})");

  EXPECT_TRUE(MayActAs("own", machine_));
  EXPECT_FALSE(MayActAs("others", machine_));
  EXPECT_FALSE(MayActAs("nobodys", machine_));
}

TEST_F(ActingServices, AreTrustedByTheNameOfTheirRegionToo) {
  MakeRole(
      "here",
      R"({"Effect":"Allow","Principal":{"Service":"states.eu-central-1.amazonaws.com"},"Action":"sts:AssumeRole"})");
  MakeRole(
      "elsewhere",
      R"({"Effect":"Allow","Principal":{"Service":"states.us-west-2.amazonaws.com"},"Action":"sts:AssumeRole"})");

  EXPECT_TRUE(MayActAs("here", machine_));
  EXPECT_FALSE(MayActAs("elsewhere", machine_));
}

TEST_F(ActingServices, TellForWhatTheyAct) {
  MakeRole(
      "mine",
      R"({"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"},"ArnLike":{"aws:SourceArn":"arn:aws:states:*:111122223333:stateMachine:m*"}}})");
  access::Deputy foreign = machine_;
  foreign.source_arn = "arn:aws:states:eu-central-1:222222222222:stateMachine:m";

  EXPECT_TRUE(MayActAs("mine", machine_));
  EXPECT_FALSE(MayActAs("mine", foreign));
}

TEST_F(ActingServices, ARoleTakesAnotherThatTrustsIt) {
  MakeRole(
      "first",
      R"({"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"})");
  MakeRole(
      "second",
      R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/first"},"Action":"sts:AssumeRole"})");
  MakeRole(
      "third",
      R"({"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"})");

  Within([&](Context& context) {
    const auto first = access::ActAs(context, machine_, Arn("first"), "s");
    ASSERT_TRUE(first.ok());
    EXPECT_TRUE(access::ActFurther(context, *first, Arn("second"), "s").ok());
    const auto third = access::ActFurther(context, *first, Arn("third"), "s");
    ASSERT_FALSE(third.ok());
    EXPECT_EQ(third.error().code, "AccessDenied");
  });
}

TEST_F(ActingServices, NeedAQueuesLeaveToSend) {
  constexpr std::string_view kQueue = "arn:aws:sqs:eu-central-1:111122223333:q";
  Do("sqs", "CreateQueue",
     {{"QueueName", "q"},
      {"Attributes",
       json::Object{
           {"Policy",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}})"}}}});

  Within([&](Context& context) {
    EXPECT_TRUE(access::ServiceMay(context, machine_, "sqs:SendMessage", kQueue));
    EXPECT_FALSE(access::ServiceMay(context, machine_, "sqs:DeleteMessage", kQueue));
    EXPECT_FALSE(access::ServiceMay(context, machine_, "sqs:SendMessage",
                                    "arn:aws:sqs:eu-central-1:111122223333:none"));
  });
}

TEST_F(ActingServices, AStackNeedsARoleThatTrustsCloudFormation) {
  MakeRole(
      "others",
      R"({"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"})");

  EXPECT_THAT(Ask("cloudformation", "CreateStack",
                  {{"StackName", "s"}, {"TemplateBody", kTemplate}, {"RoleARN", Arn("others")}}),
              Fails(400, "ValidationError", HasSubstr("is invalid or cannot be assumed")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
