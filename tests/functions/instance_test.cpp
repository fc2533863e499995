#include "tests/functions/handed_over.h"

namespace trunkline::functions::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class InstanceSteps : public HandedOver {
 protected:
  Result<json::Value> Try(std::string_view step) {
    json::Object event = Event();
    event.Set("step", step);
    event.Set("execution", "run-7");
    return Invoke("instance", json::Value(std::move(event)));
  }
  json::Object Do(std::string_view step) { return Try(step).value().AsObject(); }
  void HaveInstance(std::string_view status) {
    json::Object other{
        {"Id", "i-0"}, {"InstanceAlias", "someone-elses"}, {"InstanceStatus", "ACTIVE"}};
    json::Object ours{{"Id", "i-1"},
                      {"Arn", "arn-of-i-1"},
                      {"InstanceAlias", "acme-dev-eu-central-1"},
                      {"InstanceStatus", status}};
    json::Object first{{"InstanceSummaryList", json::Array{other}}, {"NextToken", "more"}};
    json::Object second{{"InstanceSummaryList", json::Array{ours}}};
    aws_.On("connect:ListInstances", [first, second](const json::Object& input) {
      return Result<json::Object>(input.Has("NextToken") ? second : first);
    });
    ours.Set("InstanceStatus", status);
    if (status == "CREATION_FAILED")
      ours.Set("StatusReason", json::Object{{"Message", "the directory is broken"}});
    aws_.On("connect:DescribeInstance", json::Object{{"Instance", ours}});
  }
};

TEST_F(InstanceSteps, FindTheInstanceOnAnyPage) {
  HaveInstance("ACTIVE");

  const json::Object answer = Do("find");

  EXPECT_EQ(answer.GetString("status"), "ACTIVE");
  EXPECT_EQ(answer.GetString("instanceId"), "i-1");
  EXPECT_EQ(answer.GetString("instanceArn"), "arn-of-i-1");
  EXPECT_EQ(answer.GetString("instanceName"), "acme-dev-eu-central-1");
  EXPECT_EQ(answer.GetString("statusReason"), "");
}

TEST_F(InstanceSteps, FindNone) {
  EXPECT_EQ(Do("find").GetString("status"), "NONE");
}

TEST_F(InstanceSteps, SayWhyAnInstanceFailedAndWhatToDo) {
  HaveInstance("CREATION_FAILED");

  for (const std::string_view step : {"find", "describe", "create"}) {
    const json::Object answer = Do(step);
    EXPECT_EQ(answer.GetString("status"), "CREATION_FAILED");
    EXPECT_EQ(answer.GetString("statusReason"),
              "Amazon Connect could not create instance 'acme-dev-eu-central-1': the directory is "
              "broken; delete it (trunkline aws connect delete-instance) and deliver again");
  }
}

TEST_F(InstanceSteps, CreateAnInstanceOnceForAnExecution) {
  aws_.On("connect:CreateInstance", json::Object{{"Id", "i-1"}, {"Arn", "arn-of-i-1"}});

  const json::Object answer = Do("create");

  EXPECT_EQ(answer.GetString("status"), "CREATION_IN_PROGRESS");
  EXPECT_EQ(answer.GetString("instanceId"), "i-1");
  EXPECT_EQ(aws_.Inputs("connect:CreateInstance").front().GetString("ClientToken"), "run-7");
}

TEST_F(InstanceSteps, CreateNoSecondInstance) {
  HaveInstance("CREATION_IN_PROGRESS");

  EXPECT_EQ(Do("create").GetString("status"), "CREATION_IN_PROGRESS");
  EXPECT_THAT(aws_.Inputs("connect:CreateInstance"), IsEmpty());
}

TEST_F(InstanceSteps, SayThatTheQuotaIsReached) {
  aws_.Fails("connect:CreateInstance", "ServiceQuotaExceededException", "2 instances at most");

  const json::Object answer = Do("create");

  EXPECT_EQ(answer.GetString("status"), "QUOTA_REACHED");
  EXPECT_THAT(answer.GetString("statusReason"), HasSubstr("2 instances at most; ask for a larger"));
}

TEST_F(InstanceSteps, LeaveThrottlingToTheWorkflowWhenItDoesNotEnd) {
  aws_.Fails("connect:CreateInstance", "ThrottlingException", "slow down");

  const auto answer = Try("create");

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind(), ErrorKind::kThrottled);
  EXPECT_THAT(aws_.Inputs("connect:CreateInstance"), SizeIs(5));
}

TEST_F(InstanceSteps, MakeTheBucketAndTheParameters) {
  HaveInstance("ACTIVE");
  aws_.Fails("s3:HeadBucket", "NotFound");

  EXPECT_THAT(Do("bucket").GetArray("changes"),
              ElementsAre(json::Value("create bucket 'acme-storage-dev-eu-central-1'")));
  EXPECT_EQ(Do("parameters").GetString("status"), "DONE");

  EXPECT_THAT(aws_.Inputs("ssm:PutParameter"), SizeIs(3));
}

TEST_F(InstanceSteps, MakeQueuesWithTheHoursTheyReferTo) {
  HaveInstance("ACTIVE");
  With("amzconnect-admin-objects/hours/Office.json",
       R"({"Name": "Office", "TimeZone": "Europe/Berlin", "Config": [{"Day": "MONDAY",
           "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 0}}]})");
  With("amzconnect-admin-objects/queues/Sales.json",
       R"({"Name": "Sales", "HoursOfOperation": "Office"})");
  aws_.On("connect:CreateHoursOfOperation", json::Object{{"HoursOfOperationId", "h-1"}});

  const json::Object answer = Do("queues");

  EXPECT_EQ(answer.GetString("status"), "DONE") << answer.GetString("statusReason");
  EXPECT_EQ(aws_.Inputs("connect:CreateQueue").front().GetString("HoursOfOperationId"), "h-1");
}

TEST_F(InstanceSteps, EndTheWorkflowWithWhatFailed) {
  HaveInstance("ACTIVE");
  aws_.Fails("ssm:PutParameter", "ParameterLimitExceeded", "too many");

  const json::Object answer = Do("parameters");

  EXPECT_EQ(answer.GetString("status"), "FAILED");
  EXPECT_THAT(answer.GetString("statusReason"),
              HasSubstr("create parameter 'AmazonConnectInstanceId': too many"));
}

TEST_F(InstanceSteps, WantAnActiveInstance) {
  const json::Object answer = Do("queues");

  EXPECT_EQ(answer.GetString("status"), "DONE");  // there is no queue to make
  With("amzconnect-admin-objects/queues/Sales.json", R"({"Name": "Sales"})");
  EXPECT_EQ(Do("queues").GetString("status"), "FAILED");
  EXPECT_THAT(Do("queues").GetString("statusReason"),
              HasSubstr("instance 'acme-dev-eu-central-1' is not there yet"));
}

TEST_F(InstanceSteps, StopInTimeAndAskToBeCalledAgain) {
  HaveInstance("ACTIVE");
  for (const char name : std::string("abcdefghijklmnopqrstuvwxyz")) {
    With(fmt::format("amzconnect-admin-objects/queues/{}.json", name),
         fmt::format(R"({{"Name": "{}"}})", name));
  }
  json::Object hours{{"Name", "Basic Hours"}, {"HoursOfOperationId", "h-1"}};
  aws_.On("connect:SearchHoursOfOperations",
          json::Object{{"HoursOfOperations", json::Array{hours}}});
  aws_.On("connect:CreateQueue", [this](const json::Object&) {
    aws_.fake().clock().Advance(std::chrono::seconds(5));
    return Result<json::Object>(json::Object{{"QueueId", "q"}, {"QueueArn", "arn-of-q"}});
  });

  const json::Object answer = Do("queues");

  EXPECT_EQ(answer.GetString("status"), "AGAIN");
  EXPECT_LT(answer.GetArray("changes").size(), 26U);
  EXPECT_GT(answer.GetArray("changes").size(), 4U);
}

TEST_F(InstanceSteps, AreNamedInTheErrorOfAnUnknownOne) {
  EXPECT_THAT(Try("sweep").error().message(),
              HasSubstr("expected 'step' to be one of 'find', 'create', 'describe', 'bucket', "
                        "'storage', 'queues', 'parameters' but got 'sweep'"));
}

TEST_F(InstanceSteps, RefuseAMonorepoWithErrors) {
  With("amzconnect-instance/lib/instance-stack/configuration.json", "{");

  EXPECT_THAT(Try("find").error().message(), HasSubstr("the monorepo has errors"));
}

}  // namespace
}  // namespace trunkline::functions::tests
