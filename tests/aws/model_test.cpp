#include "aws/model.h"

#include <gmock/gmock.h>

namespace trunkline::aws {
namespace {

std::string ErrorOf(std::string_view text) {
  const auto model = ReadModel(text, "demo");
  return model ? "" : model.error().ToText();
}

TEST(Models, KnowsTheServicesThatAreEmbedded) {
  const Models models;

  EXPECT_THAT(models.names(), testing::IsSupersetOf({"connect", "iam", "lambda", "lexv2-models",
                                                     "s3", "ssm", "sts"}));
  EXPECT_THAT(models.names(), testing::Not(testing::Contains("operations")));
  EXPECT_EQ(models.Find("no-such-service"), nullptr);
}

TEST(Models, ReadsATableOnce) {
  const Models models;

  EXPECT_EQ(models.Find("connect"), models.Find("connect"));
}

TEST(Models, DescribesAnOperation) {
  const Models models;
  const Model& connect = *models.Find("connect");

  const OperationRow& row = *connect.FindOperation("CreateQueue");

  EXPECT_EQ(connect.protocol, Protocol::kRestJson);
  EXPECT_EQ(connect.signing_name, "connect");
  EXPECT_EQ(row.method, "PUT");
  EXPECT_EQ(row.uri, "/queues/{InstanceId}");
  EXPECT_TRUE(row.implemented);
  EXPECT_TRUE(row.input->FindMember("Name")->required);
  EXPECT_EQ(row.input->FindMember("InstanceId")->location, Location::kPath);
}

TEST(Models, KnowsTheOthersByNameAndRoute) {
  const Models models;

  const OperationRow& row = *models.Find("connect")->FindOperation("CreateEvaluationForm");

  EXPECT_FALSE(row.implemented);
  EXPECT_EQ(row.uri, "/evaluation-forms/{InstanceId}");
}

TEST(Models, GivesErrorsTheirStatusAndCode) {
  const Models models;

  EXPECT_EQ(models.Find("connect")->FindError("ContactNotFoundException")->status, 410);
  EXPECT_EQ(models.Find("iam")->FindError("NoSuchEntityException")->code, "NoSuchEntity");
  EXPECT_EQ(models.Find("iam")->FindError("NoSuchEntity")->status, 404);
  EXPECT_EQ(models.Find("iam")->FindError("NoSuchError"), nullptr);
}

TEST(Models, KnowsHowPagesFollow) {
  const Models models;

  const Page& page = *models.Find("connect")->FindOperation("ListQueues")->page;

  EXPECT_THAT(page.input_tokens, testing::ElementsAre("NextToken"));
  EXPECT_THAT(page.output_tokens, testing::ElementsAre("NextToken"));
  EXPECT_THAT(page.lists, testing::ElementsAre("QueueSummaryList"));
  EXPECT_EQ(page.limit, "MaxResults");
}

TEST(ReadModel, SaysWhereATableIsWrong) {
  EXPECT_EQ(ErrorOf("["),
            "error: expected a JSON value but got the end of the text, at line 1 column 2\n"
            "  while reading the API model 'demo'");
  EXPECT_EQ(
      ErrorOf(R"({"protocol":"soap"})"),
      "error: expected a known protocol but got 'soap'\n  while reading the API model 'demo'");
  EXPECT_EQ(ErrorOf(R"({"protocol":"query","service":"x","shapes":{"A":{"is":"strin"}}})"),
            "error: expected a type in 'is' but got 'strin'\n  while reading shape 'A'\n"
            "  while reading the API model 'demo'");
  EXPECT_EQ(
      ErrorOf(
          R"({"protocol":"query","service":"x","shapes":{"A":{"is":"structure","members":{"m":"B"}}}})"),
      "error: shape 'B' is named but not described\n  while reading shape 'A'\n"
      "  while reading the API model 'demo'");
  EXPECT_EQ(
      ErrorOf(
          R"({"protocol":"query","service":"x","shapes":{"A":{"is":"structure","members":{"m":"A @nowhere"}}}})"),
      "error: expected a location, a name or a flag but got '@nowhere'\n  while reading shape 'A'\n"
      "  while reading the API model 'demo'");
  EXPECT_EQ(ErrorOf(R"({"protocol":"query","service":"x","operations":{"Do":{"http":"POST"}}})"),
            "error: expected a method and a path but got 'POST'\n  while reading operation 'Do'\n"
            "  while reading the API model 'demo'");
}

}  // namespace
}  // namespace trunkline::aws
