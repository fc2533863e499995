// Reading what is there: every page, with few calls, and only what can be read.
#include <gmock/gmock.h>

#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ReadTest : public DeployTest {
 protected:
  ReadTest() { aws.Fails("s3:HeadBucket", "NotFound"); }

  void ListInstance(std::string_view status = "ACTIVE") {
    json::Object other{{"Id", "i-0"}, {"InstanceAlias", "other"}, {"InstanceStatus", "ACTIVE"}};
    json::Object ours{{"Id", "i-1"},
                      {"Arn", kInstanceArn},
                      {"InstanceAlias", kInstance},
                      {"InstanceStatus", status}};
    aws.On("connect:ListInstances",
           json::Object{{"InstanceSummaryList", json::Array{std::move(other), std::move(ours)}}});
  }
  static json::Object Queue(std::string_view name) {
    return {{"Name", name},
            {"QueueId", fmt::format("id-of-{}", name)},
            {"QueueArn", fmt::format("arn-of-{}", name)},
            {"Tags", json::Object{{std::string(kHashTag), "abc"}}}};
  }
  static json::Object Listed(std::string_view member, json::Array items) {
    return json::Object{{std::string(member), std::move(items)}};
  }
  std::size_t Count(std::string_view operation) { return aws.Inputs(operation).size(); }
};

TEST_F(ReadTest, FindsTheInstanceByItsName) {
  ListInstance();

  const Result<Live> read = Read();

  ASSERT_TRUE(read) << read.error().ToText();
  EXPECT_EQ(read->InstanceId(), "i-1");
  EXPECT_TRUE(read->HasActiveInstance());
}

TEST_F(ReadTest, AsksNothingOfAnInstanceThatIsNotThere) {
  const Result<Live> read = Read();

  ASSERT_TRUE(read);
  EXPECT_EQ(read->instance(), nullptr);
  EXPECT_THAT(aws.operations(), ElementsAre("connect:ListInstances", "s3:HeadBucket",
                                            "ssm:GetParameters", "lambda:GetFunction"));
}

TEST_F(ReadTest, AsksNothingOfAnInstanceThatAnInterruptedRunLeftUnderWay) {
  ListInstance("CREATION_IN_PROGRESS");
  aws.Fails("connect:SearchQueues", "ResourceNotFoundException", "still being created");

  const Result<Live> read = Read();

  ASSERT_TRUE(read) << read.error().ToText();
  EXPECT_EQ(read->InstanceId(), "i-1");
  EXPECT_FALSE(read->HasActiveInstance());
  EXPECT_THAT(aws.operations(), Not(Contains("connect:SearchQueues")));
}

TEST_F(ReadTest, TakesEveryPageAndTheTagsWithIt) {
  ListInstance();
  json::Object first = Listed("Queues", {Queue("Sales")});
  first.Set("NextToken", "more");
  aws.OnInTurn("connect:SearchQueues", {first, Listed("Queues", {Queue("Support")})});

  const Result<Live> read = Read();

  ASSERT_TRUE(read);
  ASSERT_NE(read->Find("queue", "Sales"), nullptr);
  ASSERT_NE(read->Find("queue", "Support"), nullptr);
  EXPECT_EQ(read->Find("queue", "Support")->arn, "arn-of-Support");
  EXPECT_EQ(read->Find("queue", "Support")->Tag(kHashTag), "abc");
  EXPECT_EQ(aws.Inputs("connect:SearchQueues").at(1).GetString("NextToken"), "more");
}

TEST_F(ReadTest, DescribesNoFlowOneByOne) {
  ListInstance();
  json::Array flows;
  for (const std::string_view name : {"A", "B", "C"}) {
    json::Object flow{{"Name", name}, {"Id", name}, {"Arn", name}, {"Content", "{}"}};
    flows.emplace_back(std::move(flow));
  }
  aws.On("connect:SearchContactFlows", Listed("ContactFlows", std::move(flows)));

  const Result<Live> read = Read();

  ASSERT_TRUE(read);
  EXPECT_THAT(read->resources.find("flow")->second, SizeIs(3));
  EXPECT_FALSE(read->Find("flow", "A")->body.Has("Content"));
  EXPECT_THAT(aws.operations(), Each(Not(StartsWith("connect:Describe"))));
  EXPECT_EQ(Count("connect:SearchContactFlows"), 1U);
}

TEST_F(ReadTest, SaysWhatItWasReadingWhenItFails) {
  ListInstance();
  aws.Fails("connect:SearchPrompts", "AccessDeniedException", "not allowed");

  const Result<Live> read = Read();

  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().ToText(), HasSubstr("while reading the prompts of eu-central-1"));
}

TEST_F(ReadTest, TakesABucketWithoutTagsAsNotDelivered) {
  aws.On("s3:HeadBucket", json::Object());
  aws.Fails("s3:GetBucketTagging", "NoSuchTagSet");

  const Result<Live> read = Read();

  ASSERT_TRUE(read) << read.error().ToText();
  ASSERT_NE(read->Find("bucket", target().bucket), nullptr);
  EXPECT_EQ(read->Find("bucket", target().bucket)->Tag(kHashTag), "");
}

TEST_F(ReadTest, SaysWhoseBucketItIsWhenItMayNotLookIntoIt) {
  aws.Fails("s3:HeadBucket", "AccessDenied");

  const Result<Live> read = Read();

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message(),
            "bucket 'acme-storage-dev-eu-central-1' belongs to somebody else; choose another "
            "instanceStorageBucketName in configuration.json");
}

TEST_F(ReadTest, FindsAFunctionByItsAliasAndItsHashByItsTags) {
  AddFunction("lookup");
  aws.On("lambda:GetFunction", [](const json::Object& input) {
    if (input.GetString("FunctionName") != "acme-dev-eu-central-1-lookup")
      return Result<json::Object>(Refused("ResourceNotFoundException"));
    return Result<json::Object>(
        json::Object{{"Tags", json::Object{{std::string(kHashTag), "abc"}}}});
  });

  const Result<Live> read = Read();

  ASSERT_TRUE(read);
  ASSERT_NE(read->Find("function", "lookup"), nullptr);
  EXPECT_EQ(read->Find("function", "lookup")->Tag(kHashTag), "abc");
  EXPECT_THAT(read->Find("function", "lookup")->arn,
              HasSubstr(":function:acme-dev-eu-central-1-lookup:live"));
  EXPECT_EQ(read->Find("mapping", "mapping"), nullptr);
}

// ---- bots

class ReadBot : public ReadTest {
 protected:
  ReadBot() {
    AddBot("Desk");
    json::Object desk{{"botId", "BOT1"}, {"botName", "Desk"}};
    json::Object other{{"botId", "BOT2"}, {"botName", "Somebody's"}};
    aws.On("lexv2-models:ListBots", Listed("botSummaries", {std::move(desk), std::move(other)}));
  }
  void TagBot(std::string_view tag) {
    aws.On("lexv2-models:ListTagsForResource",
           json::Object{{"tags", json::Object{{std::string(tag), "abc"}}}});
  }
  void HaveAlias(std::string_view name) {
    json::Object alias{{"botAliasId", "ALIAS1"}, {"botAliasName", name}};
    aws.On("lexv2-models:ListBotAliases", Listed("botAliasSummaries", {std::move(alias)}));
  }
};

TEST_F(ReadBot, ByTheEnvironmentsAlias) {
  TagBot("trunkline:sha256:dev");
  HaveAlias("dev");

  const Result<Live> read = Read();

  ASSERT_TRUE(read);
  ASSERT_NE(read->Find("bot", "Desk"), nullptr);
  EXPECT_EQ(read->Find("bot", "Desk")->arn,
            "arn:aws:lex:eu-central-1:111122223333:bot-alias/BOT1/ALIAS1");
  EXPECT_EQ(read->Find("bot", "Desk")->Tag(kHashTag), "abc");
  EXPECT_EQ(read->Find("bot", "Somebody's"), nullptr);
}

TEST_F(ReadBot, AsNotDeliveredWhenItsAliasIsNotThere) {
  TagBot("trunkline:sha256:dev");
  HaveAlias("prod");

  const Result<Live> read = Read();

  ASSERT_TRUE(read);
  EXPECT_EQ(read->Find("bot", "Desk")->arn, "");
  EXPECT_EQ(read->Find("bot", "Desk")->Tag(kHashTag), "");
}

TEST_F(ReadBot, AsNotDeliveredWhenOnlyAnotherEnvironmentDeliveredIt) {
  TagBot("trunkline:sha256:prod");
  HaveAlias("dev");

  const Result<Live> read = Read();

  ASSERT_TRUE(read);
  EXPECT_EQ(read->Find("bot", "Desk")->Tag(kHashTag), "");
}

}  // namespace
}  // namespace trunkline::deploy::tests
