// Drift of what no listing tells: recordings, bots, the bucket's protection.
#include <gmock/gmock.h>

#include "base/hash.h"
#include "deploy/bot_versions.h"
#include "tests/deploy/drift_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// ---- prompts

class PromptDrift : public DriftTest {
 protected:
  PromptDrift() {
    AddPrompt("Welcome").audio = "delivered";
    center.prompts.front().description = "greets";
    EXPECT_TRUE(ApplyOne("prompt", "Welcome").ok());
    LiveResource& there = Have("prompt", "Welcome");
    there.tags = ReadTags(aws.Inputs("connect:CreatePrompt").at(0).GetObject("Tags"));
    there.body.Set("Description", "greets");
    Plays("delivered");
  }
  void Plays(std::string_view recording) {
    const std::string url = aws.Serve("/file-of-welcome", std::string(recording));
    aws.On("connect:GetPromptFile", json::Object{{"PromptPresignedUrl", url}});
  }
};

TEST_F(PromptDrift, IsNoneOfTheRecordingThatWasDelivered) {
  EXPECT_THAT(Drift(), IsEmpty());
}

TEST_F(PromptDrift, IsAnotherRecording) {
  Plays("recorded over");

  EXPECT_THAT(Drift(), ElementsAre("prompt 'Welcome' its recording was changed"));
}

TEST_F(PromptDrift, IsAnotherDescription) {
  live.resources["prompt"]["Welcome"].body.Set("Description", "shouts");

  EXPECT_THAT(Drift(), ElementsAre("prompt 'Welcome' its description is 'shouts'"));
}

TEST_F(PromptDrift, DoesNotSayWhichOfTheTwoWhenTheCenterWantsAnother) {
  center.prompts.front().audio = "not delivered yet";
  Plays("recorded over");

  EXPECT_THAT(Drift(), ElementsAre("prompt 'Welcome' its recording or description was changed"));
}

TEST_F(PromptDrift, IsARecordingThatIsGone) {
  aws.Fails("connect:GetPromptFile", "ResourceNotFoundException");

  EXPECT_THAT(Drift(), ElementsAre("prompt 'Welcome' its recording is gone"));
}

TEST_F(PromptDrift, FetchesNoRecordingThatNobodyDelivered) {
  live.resources["prompt"]["Welcome"].tags.clear();
  aws.Forget();

  Drift();

  EXPECT_THAT(aws.Inputs("connect:GetPromptFile"), IsEmpty());
}

// ---- the bucket

class BucketDrift : public DriftTest {
 protected:
  BucketDrift() {
    LiveResource& bucket = Have("bucket", "acme-storage-dev-eu-central-1");
    EXPECT_TRUE(ApplyOne("bucket", "acme-storage-dev-eu-central-1", Action::kUpdate).ok());
    bucket.tags.clear();
    const json::Object tagging = aws.Inputs("s3:PutBucketTagging").at(0).GetObject("Tagging");
    for (const json::Value& tag : tagging.GetArray("TagSet"))
      bucket.tags.emplace(tag.AsObject().GetString("Key"), tag.AsObject().GetString("Value"));
    IsClosed(true);
  }
  void IsClosed(bool closed) {
    json::Object access{{"BlockPublicAcls", true},
                        {"IgnorePublicAcls", true},
                        {"BlockPublicPolicy", closed},
                        {"RestrictPublicBuckets", true}};
    aws.On("s3:GetPublicAccessBlock", json::Object{{"PublicAccessBlockConfiguration", access}});
  }
};

TEST_F(BucketDrift, IsNoneOfAClosedOne) {
  EXPECT_THAT(Drift(), IsEmpty());
}

TEST_F(BucketDrift, IsAnOpenOne) {
  IsClosed(false);

  EXPECT_THAT(Drift(), ElementsAre("bucket 'acme-storage-dev-eu-central-1' is not closed to the "
                                   "public any more"));
}

// ---- bots

class BotDrift : public DriftTest {
 protected:
  BotDrift() {
    AddBot("Desk");
    aws.On("iam:CreateRole",
           json::Object{{"Role", json::Object{{"Arn", "arn:aws:iam::1:role/r"}}}});
    aws.On("lexv2-models:CreateBot", json::Object{{"botId", "B1"}});
    aws.On("lexv2-models:DescribeBot", json::Object{{"botStatus", "Available"}});
    aws.On("lexv2-models:DescribeBotVersion", json::Object{{"botStatus", "Available"}});
    aws.On("lexv2-models:DescribeBotLocale", json::Object{{"botLocaleStatus", "Built"}});
    aws.On("lexv2-models:DescribeBotAlias", json::Object{{"botAliasStatus", "Available"}});
    aws.On("lexv2-models:CreateIntent", json::Object{{"intentId", "I1"}});
    aws.On("lexv2-models:CreateBotAlias", json::Object{{"botAliasId", "A1"}});
    aws.On("lexv2-models:CreateBotVersion", json::Object{{"botVersion", "3"}});
    EXPECT_TRUE(ApplyOne("bot", "Desk").ok());
    const json::Object tags = aws.Inputs("lexv2-models:TagResource").at(0).GetObject("tags");
    hash_ = tags.GetString("trunkline:sha256:dev");
    LiveResource& there = Have("bot", "Desk", hash_);
    there.tags.emplace("trunkline:sha256:dev", hash_);
    there.tags.emplace(kManagedTag, "true");
    there.arn = "arn-of-alias";
    there.body.Set("alias", "A1");
    Have("bot association", "arn-of-alias");
    settings_ = aws.Inputs("lexv2-models:CreateBotAlias").at(0).GetObject("botAliasLocaleSettings");
    Leads("3", BotVersionDescription(hash_), settings_);
    Holds("3", "sales please");
    Holds("DRAFT", "sales please");
    aws.On("lexv2-models:ListBotVersions", [this](const json::Object&) -> Result<json::Object> {
      json::Object newest{{"botVersion", "3"}, {"description", BotVersionDescription(hash_)}};
      return json::Object{{"botVersionSummaries", json::Array{newest}}};
    });
    ScriptContent();
  }
  void Leads(std::string_view version, std::string description, json::Object settings) {
    aws.On("lexv2-models:DescribeBotAlias",
           json::Object{{"botVersion", version}, {"botAliasLocaleSettings", std::move(settings)}});
    aws.On("lexv2-models:DescribeBotVersion", json::Object{{"description", description}});
  }
  // The utterance of intent 'Sales' in a version.
  void Holds(const std::string& version, std::string_view utterance) {
    utterances_[version] = utterance;
  }

  std::string hash_;
  json::Object settings_;

 private:
  void ScriptContent() {
    json::Object locale{{"localeId", "en_US"}};
    aws.On("lexv2-models:ListBotLocales",
           json::Object{{"botLocaleSummaries", json::Array{locale}}});
    aws.On("lexv2-models:DescribeBotLocale",
           json::Object{{"localeId", "en_US"}, {"nluIntentConfidenceThreshold", 0.4}});
    json::Object intent{{"intentName", "Sales"}, {"intentId", "I1"}};
    aws.On("lexv2-models:ListIntents", json::Object{{"intentSummaries", json::Array{intent}}});
    aws.On("lexv2-models:DescribeIntent",
           [this, intent](const json::Object& input) -> Result<json::Object> {
             json::Object described = intent;
             const std::string version(input.GetString("botVersion"));
             json::Object utterance{{"utterance", utterances_.at(version)}};
             described.Set("sampleUtterances", json::Array{std::move(utterance)});
             described.Set("botVersion", version);
             return described;
           });
  }

  std::map<std::string, std::string> utterances_;
};

TEST_F(BotDrift, IsNoneOfABotAsItWasDelivered) {
  EXPECT_THAT(Drift(), IsEmpty());
}

TEST_F(BotDrift, IsAnAliasThatLeadsElsewhere) {
  Leads("2", "made in the console", settings_);

  EXPECT_THAT(Drift(),
              ElementsAre("bot 'Desk' its alias 'dev' leads to version 2, which is not the "
                          "delivered one"));
}

TEST_F(BotDrift, IsAnAliasWithOtherHooksOrLocales) {
  Leads("3", BotVersionDescription(hash_), {{"en_US", json::Object{{"enabled", false}}}});

  EXPECT_THAT(Drift(),
              ElementsAre("bot 'Desk' the locales or code hooks of its alias 'dev' were changed"));
}

TEST_F(BotDrift, IsADraftThatWasEdited) {
  Holds("DRAFT", "marketing please");

  EXPECT_THAT(Drift(),
              ElementsAre("bot 'Desk' its DRAFT was changed, which callers do not hear yet: "
                          "locale 'en_US': intent 'Sales'"));
}

TEST_F(BotDrift, IsAnAliasThatIsGone) {
  LiveResource& there = live.resources["bot"]["Desk"];
  there.arn.clear();
  there.tags.erase(std::string(kHashTag));

  EXPECT_THAT(Drift(), ElementsAre("bot 'Desk' its alias 'dev' is gone"));
}

}  // namespace
}  // namespace trunkline::deploy::tests
