#include "base/hash.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// "jobs" has the dead-letter queue "dead", which messages reach when they are received twice.
class MoveTasks : public CloudTest {
 protected:
  MoveTasks() {
    dead_ = Create("dead", {});
    jobs_ = Create("jobs", {{"RedrivePolicy", R"({"deadLetterTargetArn":")" + Arn("dead") +
                                                  R"(","maxReceiveCount":1})"}});
  }
  std::string Create(std::string_view name, json::Object attributes) {
    return std::string(
        Do("sqs", "CreateQueue", {{"QueueName", name}, {"Attributes", std::move(attributes)}})
            .GetString("QueueUrl"));
  }
  static std::string Arn(std::string_view name) {
    return "arn:aws:sqs:eu-central-1:111122223333:" + std::string(name);
  }
  json::Array Receive(std::string_view url) {
    return Do("sqs", "ReceiveMessage",
              {{"QueueUrl", url}, {"MaxNumberOfMessages", 10}, {"VisibilityTimeout", 0}})
        .GetArray("Messages");
  }
  void Kill(int count) {
    for (int i = 0; i < count; ++i)
      Do("sqs", "SendMessage", {{"QueueUrl", jobs_}, {"MessageBody", std::to_string(i)}});
    Receive(jobs_);
    EXPECT_THAT(Receive(jobs_), IsEmpty());
  }
  std::string Start(json::Object more = {}) {
    more.Set("SourceArn", Arn("dead"));
    return std::string(Do("sqs", "StartMessageMoveTask", more).GetString("TaskHandle"));
  }
  json::Object Task() {
    const json::Object answer = Do("sqs", "ListMessageMoveTasks", {{"SourceArn", Arn("dead")}});
    return answer.GetArray("Results")[0].AsObject();
  }
  std::string dead_;
  std::string jobs_;
};

TEST_F(MoveTasks, TakeMessagesBackToWhereTheyCameFrom) {
  Kill(2);
  Start();
  Restart();
  Advance(Milliseconds(100));

  EXPECT_EQ(Task().GetString("Status"), "COMPLETED");
  EXPECT_EQ(Task().GetInt("ApproximateNumberOfMessagesMoved"), 2);
  EXPECT_EQ(Task().GetInt("ApproximateNumberOfMessagesToMove"), 2);
  EXPECT_FALSE(Task().Has("TaskHandle"));
  EXPECT_THAT(Receive(dead_), IsEmpty());
  EXPECT_THAT(Receive(jobs_), SizeIs(2));
}

TEST_F(MoveTasks, GoAsSlowlyAsTheyAreToldAndAreCancelled) {
  const std::string other = Create("other", {});
  Kill(3);
  const std::string handle =
      Start({{"DestinationArn", Arn("other")}, {"MaxNumberOfMessagesPerSecond", 1}});
  Advance(Milliseconds(10));
  EXPECT_EQ(Task().GetString("Status"), "RUNNING");
  EXPECT_EQ(Task().GetString("TaskHandle"), handle);
  EXPECT_THAT(Ask("sqs", "StartMessageMoveTask", {{"SourceArn", Arn("dead")}}),
              Fails(400, "InvalidParameterValue",
                    "There is already a task running. Only one active task is allowed for a "
                    "source queue arn at a given time."));
  Advance(std::chrono::seconds(1));

  EXPECT_EQ(Do("sqs", "CancelMessageMoveTask", {{"TaskHandle", handle}})
                .GetInt("ApproximateNumberOfMessagesMoved"),
            2);
  Advance(std::chrono::seconds(5));

  EXPECT_EQ(Task().GetString("Status"), "CANCELLED");
  EXPECT_THAT(Receive(other), SizeIs(2));
  EXPECT_THAT(Receive(dead_), SizeIs(1));
}

TEST_F(MoveTasks, FailWhenTheDestinationIsGone) {
  const std::string other = Create("other", {});
  Kill(3);
  Start({{"DestinationArn", Arn("other")}, {"MaxNumberOfMessagesPerSecond", 1}});
  Advance(Milliseconds(10));
  Do("sqs", "DeleteQueue", {{"QueueUrl", other}});
  Advance(std::chrono::seconds(2));

  EXPECT_EQ(Task().GetString("Status"), "FAILED");
  EXPECT_EQ(Task().GetString("FailureReason"), "AWS.SimpleQueueService.NonExistentQueue");
  EXPECT_THAT(Receive(dead_), SizeIs(2));
}

TEST_F(MoveTasks, SayWhatIsWrong) {
  EXPECT_THAT(Ask("sqs", "StartMessageMoveTask", {{"SourceArn", Arn("jobs")}}),
              Fails(400, "InvalidParameterValue",
                    "Source queue must be configured as a Dead Letter Queue."));
  EXPECT_THAT(
      Ask("sqs", "StartMessageMoveTask",
          {{"SourceArn", Arn("dead")}, {"DestinationArn", Arn("nope")}}),
      Fails(404, "ResourceNotFoundException",
            "The resource that you specified for the DestinationArn parameter doesn't exist."));
  EXPECT_THAT(Ask("sqs", "CancelMessageMoveTask", {{"TaskHandle", "foobared"}}),
              Fails(400, "InvalidParameterValue", "Value for parameter TaskHandle is invalid."));
  const std::string unknown = ToBase64(
      R"({"taskId":"10f57157-fc38-4da9-a113-4de7e12d05aa","sourceArn":")" + Arn("dead") + R"("})");
  EXPECT_THAT(Ask("sqs", "CancelMessageMoveTask", {{"TaskHandle", unknown}}),
              Fails(404, "ResourceNotFoundException", "Task does not exist."));
}

}  // namespace
}  // namespace trunkline::cloud::tests
