// The instance, the bucket and what is in them: what is asked of the services, and what the next
// run finds.
#include <gmock/gmock.h>

#include "flow/stub.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ResourcesTest : public DeployTest {
 protected:
  ResourcesTest() { HaveInstance(); }
  json::Object Input(std::string_view operation) {
    const std::vector<json::Object> inputs = aws.Inputs(operation);
    EXPECT_THAT(inputs, SizeIs(1)) << operation;
    return inputs.empty() ? json::Object() : inputs.front();
  }
  std::string Error(const Applied& applied) {
    return applied.failed.empty() ? "" : applied.failed.front().error.message();
  }
};

// ---- the instance

class InstanceDelivery : public ResourcesTest {
 protected:
  InstanceDelivery() {
    live.resources.clear();
    aws.On("connect:CreateInstance", json::Object{{"Id", "i-1"}, {"Arn", kInstanceArn}});
  }
  void StatusIs(const std::vector<std::string>& statuses) {
    std::vector<json::Object> answers;
    for (const std::string& status : statuses) {
      answers.push_back({{"Instance", json::Object{{"InstanceStatus", status}}}});
    }
    aws.OnInTurn("connect:DescribeInstance", std::move(answers));
  }
};

TEST_F(InstanceDelivery, WaitsUntilItIsActiveAndReadsWhatCameWithIt) {
  StatusIs({"CREATION_IN_PROGRESS", "CREATION_IN_PROGRESS", "ACTIVE"});
  json::Object queue{{"Name", "BasicQueue"}, {"QueueId", "q-1"}, {"QueueArn", "arn-of-q-1"}};
  aws.On("connect:SearchQueues", json::Object{{"Queues", json::Array{std::move(queue)}}});

  EXPECT_TRUE(ApplyOne("instance", kInstance).ok());

  EXPECT_THAT(aws.Inputs("connect:DescribeInstance"), SizeIs(3));
  EXPECT_GT(aws.fake().waited(), Milliseconds(0));
  EXPECT_TRUE(live.HasActiveInstance());
  EXPECT_NE(live.Find("queue", "BasicQueue"), nullptr);
}

TEST_F(InstanceDelivery, OnlyWaitsForTheOneThatAnInterruptedRunBegan) {
  HaveInstance("CREATION_IN_PROGRESS");
  StatusIs({"CREATION_IN_PROGRESS", "ACTIVE"});

  EXPECT_TRUE(ApplyOne("instance", kInstance, Action::kUpdate).ok());

  EXPECT_THAT(aws.Inputs("connect:CreateInstance"), IsEmpty());
  EXPECT_TRUE(live.HasActiveInstance());
}

TEST_F(InstanceDelivery, SaysWhyItCouldNotBeMade) {
  json::Object failed{{"InstanceStatus", "CREATION_FAILED"},
                      {"StatusReason", json::Object{{"Message", "alias taken"}}}};
  aws.On("connect:DescribeInstance", json::Object{{"Instance", std::move(failed)}});

  EXPECT_EQ(Error(ApplyOne("instance", kInstance)),
            "Amazon Connect could not create instance 'acme-dev-eu-central-1': alias taken; "
            "delete it (trunkline aws connect delete-instance) and deliver again");
}

TEST_F(InstanceDelivery, GivesUpAfterTenMinutes) {
  StatusIs({"CREATION_IN_PROGRESS"});

  EXPECT_THAT(Error(ApplyOne("instance", kInstance)), HasSubstr("is not ACTIVE after 10 min"));
}

TEST_F(InstanceDelivery, MakesWhatADefaultOfTheNewInstanceAlreadyIsAnUpdate) {
  StatusIs({"ACTIVE"});
  json::Object queue{{"Name", "BasicQueue"}, {"QueueId", "q-1"}, {"QueueArn", "arn-of-q-1"}};
  aws.On("connect:SearchQueues", json::Object{{"Queues", json::Array{std::move(queue)}}});
  json::Object hours{{"Name", "Basic Hours"},
                     {"HoursOfOperationId", "h-1"},
                     {"HoursOfOperationArn", "arn-of-h-1"}};
  aws.On("connect:SearchHoursOfOperations",
         json::Object{{"HoursOfOperations", json::Array{std::move(hours)}}});
  AddQueue("BasicQueue");
  BringOwnMapping();

  const Applied applied = Apply(MakePlan());

  EXPECT_TRUE(applied.ok()) << Error(applied);
  EXPECT_THAT(aws.Inputs("connect:CreateQueue"), IsEmpty());
  EXPECT_EQ(Input("connect:UpdateQueueHoursOfOperation").GetString("QueueId"), "q-1");
}

// ---- hours, queues, prompts

TEST_F(ResourcesTest, HoursAreMadeWithTheirHashInOneCall) {
  AddHours("Office");

  EXPECT_TRUE(ApplyOne("hours", "Office").ok());

  const json::Object input = Input("connect:CreateHoursOfOperation");
  EXPECT_EQ(input.GetString("TimeZone"), "Europe/Berlin");
  EXPECT_EQ(input.GetObject("Tags").GetString(kManagedTag), "true");
  Have("hours", "Office").tags = ReadTags(input.GetObject("Tags"));
  EXPECT_EQ(MakePlan().Find("hours:Office"), nullptr);
}

TEST_F(ResourcesTest, HoursLoseAnOldDescription) {
  AddHours("Office");
  Have("hours", "Office", "old");

  EXPECT_TRUE(ApplyOne("hours", "Office", Action::kUpdate).ok());

  EXPECT_TRUE(Input("connect:UpdateHoursOfOperation").Has("Description"));
  EXPECT_TRUE(Input("connect:TagResource").GetObject("tags").Has(kHashTag));
}

TEST_F(ResourcesTest, AQueueIsMadeWithItsHoursLimitAndTags) {
  Have("hours", "Office");
  center::Queue& queue = AddQueue("Sales", "Office");
  queue.max_contacts = 7;
  queue.tags.emplace_back("team", "blue");
  aws.On("connect:CreateQueue", json::Object{{"QueueId", "q-1"}, {"QueueArn", "arn-of-q-1"}});

  EXPECT_TRUE(ApplyOne("queue", "Sales").ok());

  const json::Object input = Input("connect:CreateQueue");
  EXPECT_EQ(input.GetString("HoursOfOperationId"), "id-of-Office");
  EXPECT_EQ(input.GetInt("MaxContacts"), 7);
  EXPECT_EQ(input.GetObject("Tags").GetString("team"), "blue");
  EXPECT_EQ(live.Find("queue", "Sales")->arn, "arn-of-q-1");
}

TEST_F(ResourcesTest, TagsThatTheUserTookAwayGoAndThoseOfOthersStay) {
  Have("hours", "Office");
  AddQueue("Sales", "Office").tags = {{"team", "blue"}};
  LiveResource& there = Have("queue", "Sales", "old");
  there.tags = {{"team", "red"}, {"cost center", "7"}, {"a=b", "1"}, {"finance", "theirs"}};
  there.tags.emplace(kOwnTagsTag, RecordOfTags({{"team", ""}, {"cost center", ""}, {"a=b", ""}}));

  EXPECT_TRUE(ApplyOne("queue", "Sales", Action::kUpdate).ok());

  EXPECT_EQ(Input("connect:UntagResource").GetArray("tagKeys"),
            (json::Array{"cost center", "a=b"}));
  const json::Object tags = Input("connect:TagResource").GetObject("tags");
  EXPECT_EQ(tags.GetString("team"), "blue");
  EXPECT_EQ(tags.GetString(kOwnTagsTag), "team");
}

TEST_F(ResourcesTest, TheRecordOfTagsGoesWithTheLastOfThem) {
  Have("hours", "Office");
  AddQueue("Sales", "Office");
  LiveResource& there = Have("queue", "Sales", "old");
  there.tags = {{"team", "red"}, {std::string(kOwnTagsTag), "team"}};

  EXPECT_TRUE(ApplyOne("queue", "Sales", Action::kUpdate).ok());

  EXPECT_EQ(Input("connect:UntagResource").GetArray("tagKeys"),
            (json::Array{"team", "trunkline:tags"}));
}

TEST_F(ResourcesTest, ARecordOfTagsIsNoLongerThanAValueMayBe) {
  center::Tags many;
  for (int number = 0; number < 40; ++number)
    many.emplace_back(fmt::format("key-{:010}", number), "");

  const std::string record = RecordOfTags(many);

  EXPECT_LE(record.size(), 256U);
  EXPECT_THAT(record, HasSubstr("key-0000000000 key-0000000001"));
}

TEST_F(ResourcesTest, AQueueSaysWhichHoursAreMissing) {
  AddQueue("Sales", "Office");

  EXPECT_EQ(Error(ApplyOne("queue", "Sales")),
            "hours of operation 'Office' of queue 'Sales' are neither declared nor in the "
            "instance");
}

TEST_F(ResourcesTest, AQueueIsUpdatedWhereItDiffersOnly) {
  Have("hours", "Office");
  AddQueue("Sales", "Office").description = "as it was";
  LiveResource& there = Have("queue", "Sales", "old");
  there.body = {{"HoursOfOperationId", "id-of-Basic-Hours"}, {"Description", "as it was"}};

  EXPECT_TRUE(ApplyOne("queue", "Sales", Action::kUpdate).ok());

  EXPECT_THAT(aws.operations(),
              ElementsAre("connect:UpdateQueueHoursOfOperation", "connect:TagResource"));
}

TEST_F(ResourcesTest, AQueueLosesALimitThatIsNoLongerWanted) {
  Have("hours", "Office");
  AddQueue("Sales", "Office");
  Have("queue", "Sales", "old").body = {{"HoursOfOperationId", "id-of-Office"}, {"MaxContacts", 5}};

  EXPECT_TRUE(ApplyOne("queue", "Sales", Action::kUpdate).ok());

  EXPECT_FALSE(Input("connect:UpdateQueueMaxContacts").Has("MaxContacts"));
}

TEST_F(ResourcesTest, AQueueKeepsADescriptionThatTheServiceLetsNobodyEmpty) {
  Have("hours", "Office");
  AddQueue("Sales", "Office");
  Have("queue", "Sales", "old").body = {{"HoursOfOperationId", "id-of-Office"},
                                        {"Description", "as it was"}};

  EXPECT_TRUE(ApplyOne("queue", "Sales", Action::kUpdate).ok());

  EXPECT_THAT(aws.operations(), ElementsAre("connect:TagResource"));
}

TEST_F(ResourcesTest, AnInterruptedUpdateOfAQueueRecordsNoHash) {
  Have("hours", "Office");
  AddQueue("Sales", "Office");
  Have("queue", "Sales", "old");
  aws.Fails("connect:UpdateQueueHoursOfOperation", "InvalidRequestException");

  EXPECT_FALSE(ApplyOne("queue", "Sales", Action::kUpdate).ok());

  EXPECT_THAT(aws.operations(), Not(Contains("connect:TagResource")));
}

TEST_F(ResourcesTest, APromptsAudioGoesToTheBucketFirst) {
  AddPrompt("Hello");

  EXPECT_TRUE(ApplyOne("prompt", "Hello").ok());

  EXPECT_THAT(aws.operations(), ElementsAre("s3:PutObject", "connect:CreatePrompt"));
  const json::Object input = Input("connect:CreatePrompt");
  EXPECT_EQ(input.GetString("S3Uri"),
            fmt::format("s3://{}/{}", target().bucket, Input("s3:PutObject").GetString("Key")));
  Have("prompt", "Hello").tags = ReadTags(input.GetObject("Tags"));
  EXPECT_EQ(MakePlan().Find("prompt:Hello"), nullptr);
  center.prompts.front().audio += "!";
  EXPECT_EQ(MakePlan().Find("prompt:Hello")->why, "differs");
}

TEST_F(ResourcesTest, StorageIsUpdatedInPlace) {
  center.instance->storage.push_back({.resource_type = {.value = "CALL_RECORDINGS", .place = {}},
                                      .prefix = {.value = "recordings", .place = {}}});
  Have("storage", "CALL_RECORDINGS").id = "a-1";

  EXPECT_TRUE(ApplyOne("storage", "CALL_RECORDINGS", Action::kUpdate).ok());

  EXPECT_EQ(Input("connect:UpdateInstanceStorageConfig").GetString("AssociationId"), "a-1");
  EXPECT_EQ(Input("connect:UpdateInstanceStorageConfig")
                .GetObject("StorageConfig")
                .GetObject("S3Config")
                .GetString("BucketName"),
            target().bucket);
}

// ---- the bucket

TEST_F(ResourcesTest, ABucketIsMadeClosedAndThenTagged) {
  EXPECT_TRUE(ApplyOne("bucket", target().bucket).ok());

  EXPECT_THAT(aws.operations(), ElementsAre("s3:CreateBucket", "s3:PutBucketEncryption",
                                            "s3:PutPublicAccessBlock", "s3:PutBucketTagging"));
  EXPECT_EQ(Input("s3:CreateBucket")
                .GetObject("CreateBucketConfiguration")
                .GetString("LocationConstraint"),
            "eu-central-1");
}

TEST_F(ResourcesTest, ABucketThatAnInterruptedRunMadeIsFinished) {
  Have("bucket", target().bucket);

  const Plan plan = MakePlan();

  EXPECT_EQ(plan.Find("bucket:" + target().bucket)->why, "not applied completely before");
  EXPECT_TRUE(ApplyOne("bucket", target().bucket, Action::kUpdate).ok());
  EXPECT_THAT(aws.operations(), Not(Contains("s3:CreateBucket")));
}

TEST_F(ResourcesTest, ABucketKeepsTheTagsOfOthers) {
  Have("bucket", target().bucket).tags.emplace("cost-center", "42");

  EXPECT_TRUE(ApplyOne("bucket", target().bucket, Action::kUpdate).ok());

  json::Array tags = Input("s3:PutBucketTagging").GetObject("Tagging").GetArray("TagSet");
  const json::Value others(json::Object{{"Key", "cost-center"}, {"Value", "42"}});
  EXPECT_THAT(tags, Contains(others));
  EXPECT_THAT(tags, SizeIs(3));
}

// ---- flows

class FlowDelivery : public ResourcesTest {
 protected:
  FlowDelivery() {
    AddFlow("Main", QuietFlow());
    aws.On("connect:CreateContactFlow",
           json::Object{{"ContactFlowId", "f-1"}, {"ContactFlowArn", "arn-of-f-1"}});
    aws.On("connect:DescribeContactFlow",
           json::Object{{"ContactFlow", json::Object{{"FlowContentSha256", "abc"}}}});
  }
};

TEST_F(FlowDelivery, MakesAStubWithoutAHash) {
  EXPECT_TRUE(ApplyOne("flow stub", "Main").ok());

  const json::Object input = Input("connect:CreateContactFlow");
  EXPECT_EQ(input.GetString("Content"), flow::MinimalContent("CONTACT_FLOW"));
  EXPECT_FALSE(input.GetObject("Tags").Has(kHashTag));
  EXPECT_EQ(live.Find("flow", "Main")->id, "f-1");
}

TEST_F(FlowDelivery, MakesNoStubOfAFlowThatTheNewInstanceBrought) {
  Have("flow", "Main");

  EXPECT_TRUE(ApplyOne("flow stub", "Main").ok());

  EXPECT_THAT(aws.calls(), IsEmpty());
}

TEST_F(FlowDelivery, WritesTheContentThenRecordsBothHashes) {
  Have("flow", "Main");

  EXPECT_TRUE(ApplyOne("flow", "Main", Action::kUpdate).ok());

  EXPECT_THAT(aws.operations(), ElementsAre("connect:UpdateContactFlowContent",
                                            "connect:DescribeContactFlow", "connect:TagResource"));
  const json::Object tags = Input("connect:TagResource").GetObject("tags");
  EXPECT_TRUE(tags.Has(kHashTag));
  EXPECT_EQ(tags.GetString(kContentTag), "abc");
}

TEST_F(FlowDelivery, RecordsNoHashOfAContentThatWasRefused) {
  Have("flow", "Main");
  aws.Fails("connect:UpdateContactFlowContent", "InvalidContactFlowException");

  EXPECT_FALSE(ApplyOne("flow", "Main", Action::kUpdate).ok());

  EXPECT_THAT(aws.operations(), Not(Contains("connect:TagResource")));
}

TEST_F(FlowDelivery, LinksTheArnsOfWhatWasMadeInTheSameRun) {
  center.flows.clear();
  Have("hours", "Basic Hours");
  AddQueue("Sales");
  AddFlow("Main", QueueFlow("Sales"));
  aws.On("connect:CreateQueue",
         json::Object{{"QueueId", "q-1"}, {"QueueArn", std::string(kInstanceArn) + "/queue/q-1"}});
  BringOwnMapping();

  const Applied applied = Apply(MakePlan());

  EXPECT_TRUE(applied.ok()) << Error(applied);
  EXPECT_THAT(std::string(Input("connect:UpdateContactFlowContent").GetString("Content")),
              HasSubstr(std::string(kInstanceArn) + "/queue/q-1"));
}

TEST_F(FlowDelivery, FailsWithTheNameOfWhatAnotherProjectHasNotBrought) {
  center.flows.clear();
  AddFlow("Main", QueueFlow("Sales"));
  Have("flow", "Main");

  EXPECT_THAT(Error(ApplyOne("flow", "Main", Action::kUpdate)), HasSubstr("Sales"));
  EXPECT_THAT(aws.calls(), IsEmpty());
}

TEST_F(FlowDelivery, BringsTheDescriptionUpToDate) {
  center.flows.front().description = "new";
  Have("flow", "Main").body.Set("Description", "old");

  EXPECT_TRUE(ApplyOne("flow", "Main", Action::kUpdate).ok());

  EXPECT_EQ(Input("connect:UpdateContactFlowMetadata").GetString("Description"), "new");
}

}  // namespace
}  // namespace trunkline::deploy::tests
