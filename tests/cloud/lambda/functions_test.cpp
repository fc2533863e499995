// Functions: made, read, changed, listed, deleted. Nothing is run here.
#include <gmock/gmock.h>

#include "base/hash.h"
#include "base/zip.h"
#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LambdaFunctions : public LambdaTest {
 protected:
  json::Object With(std::string_view member, json::Value value) {
    json::Object input = FunctionInput();
    input.Set(member, std::move(value));
    return input;
  }
  json::Object Configuration() { return DoLambda("GetFunctionConfiguration"); }
  std::vector<std::string> Listed(const json::Object& page) {
    std::vector<std::string> names;
    for (const json::Value& function : page.GetArray("Functions"))
      names.emplace_back(function.AsObject().GetString("FunctionName"));
    return names;
  }
};

TEST_F(LambdaFunctions, ArePendingAndThenActive) {
  const json::Object made = DoLambda("CreateFunction", FunctionInput());

  EXPECT_EQ(made.GetString("State"), "Pending");
  EXPECT_EQ(made.GetString("FunctionArn"), FunctionArn());
  Settle();
  EXPECT_EQ(Configuration().GetString("State"), "Active");
  EXPECT_EQ(Configuration().GetString("LastUpdateStatus"), "Successful");
}

TEST_F(LambdaFunctions, GiveBackWhatTheyWereMadeWith) {
  json::Object input =
      With("Environment", json::Object{{"Variables", json::Object{{"MODE", "1"}}}});
  input.Set("Timeout", 9);
  input.Set("MemorySize", 256);
  input.Set("Description", "says hello");
  input.Set("Tags", json::Object{{"team", "blue"}});
  DoLambda("CreateFunction", input);

  const json::Object answer = DoLambda("GetFunction");

  const json::Object& configuration = answer.GetObject("Configuration");
  EXPECT_EQ(configuration.GetInt("Timeout"), 9);
  EXPECT_EQ(configuration.GetInt("MemorySize"), 256);
  EXPECT_EQ(configuration.GetString("Description"), "says hello");
  EXPECT_EQ(configuration.GetObject("Environment").GetObject("Variables").GetString("MODE"), "1");
  EXPECT_EQ(configuration.GetString("CodeSha256"), ToBase64(Sha256(PythonZip("return event"))));
  EXPECT_EQ(answer.GetObject("Tags").GetString("team"), "blue");
}

TEST_F(LambdaFunctions, ServeTheirCodeAtTheLocationTheyName) {
  MakeFunction();
  const json::Object code = DoLambda("GetFunction").GetObject("Code");
  net::Request request;
  const std::string location(code.GetString("Location"));
  request.target = location.substr(location.find("/_trunkline"));

  const net::Response response = Send(request);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/zip");
}

TEST_F(LambdaFunctions, AreThereOnlyOnceByName) {
  MakeFunction();

  EXPECT_THAT(AskLambda("CreateFunction", FunctionInput()),
              Fails(409, "ResourceConflictException", "Function already exist: greet"));
}

TEST_F(LambdaFunctions, NeedARoleThatLambdaMayAssume) {
  EXPECT_THAT(
      AskLambda("CreateFunction", With("Role", "arn:aws:iam::" + account() + ":role/nobody")),
      Fails(400, "InvalidParameterValueException",
            "The role defined for the function cannot be assumed by Lambda."));
}

TEST_F(LambdaFunctions, NeedARuntimeThatThisCloudRuns) {
  EXPECT_THAT(AskLambda("CreateFunction", With("Runtime", "java21")),
              Fails(400, "InvalidParameterValueException",
                    HasSubstr("runtime 'java21' is not implemented by this cloud")));
}

TEST_F(LambdaFunctions, NeedAZip) {
  EXPECT_THAT(
      AskLambda("CreateFunction", With("Code", json::Object{{"ZipFile", "no zip"}})),
      Fails(400, "InvalidParameterValueException", HasSubstr("Could not unzip uploaded file")));
  EXPECT_THAT(AskLambda("CreateFunction", With("Code", json::Object())),
              Fails(400, "InvalidParameterValueException",
                    HasSubstr("provide a source for function code")));
}

TEST_F(LambdaFunctions, TakeTheirCodeFromABucket) {
  Do("s3", "CreateBucket",
     {{"Bucket", "code"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  Do("s3", "PutObject", {{"Bucket", "code"}, {"Key", "a.zip"}, {"Body", PythonZip("return 1")}});

  DoLambda("CreateFunction", With("Code", json::Object{{"S3Bucket", "code"}, {"S3Key", "a.zip"}}));

  EXPECT_EQ(Configuration().GetString("CodeSha256"), ToBase64(Sha256(PythonZip("return 1"))));
  EXPECT_THAT(AskLambda("UpdateFunctionCode", {{"S3Bucket", "code"}, {"S3Key", "nope.zip"}}).status,
              409)
      << "it is still being made";
}

TEST_F(LambdaFunctions, SayThatTheirCodeIsNotInTheBucket) {
  EXPECT_THAT(
      AskLambda("CreateFunction",
                With("Code", json::Object{{"S3Bucket", "nobodys"}, {"S3Key", "a.zip"}})),
      Fails(400, "InvalidParameterValueException", HasSubstr("S3 Error Code: NoSuchBucket")));
}

TEST_F(LambdaFunctions, MayNotSetReservedVariables) {
  const json::Object variables{{"AWS_REGION", "x"}};

  EXPECT_THAT(
      AskLambda("CreateFunction", With("Environment", json::Object{{"Variables", variables}})),
      Fails(400, "InvalidParameterValueException", HasSubstr("AWS_REGION")));
}

TEST_F(LambdaFunctions, SayWhichSettingThisCloudDoesNotHave) {
  EXPECT_THAT(
      AskLambda("CreateFunction",
                With("VpcConfig", json::Object{{"SubnetIds", json::Array{"subnet-1"}}})),
      Fails(400, "InvalidParameterValueException", "'VpcConfig' is not implemented by this cloud"));
}

TEST_F(LambdaFunctions, ThatAreNotThereAreNotFound) {
  EXPECT_THAT(AskLambda("GetFunction"),
              Fails(404, "ResourceNotFoundException", "Function not found: " + FunctionArn()));
  EXPECT_THAT(
      AskLambda("GetFunction", {{"Qualifier", "$LATEST"}}),
      Fails(404, "ResourceNotFoundException", "Function not found: " + FunctionArn("$LATEST")));
  EXPECT_THAT(AskLambda("UpdateFunctionConfiguration", {{"Timeout", 5}}),
              Fails(404, "ResourceNotFoundException", HasSubstr(FunctionArn())));
  EXPECT_THAT(AskLambda("DeleteFunction"),
              Fails(404, "ResourceNotFoundException", HasSubstr("greet")));
}

// ---- names

TEST_F(LambdaFunctions, AreNamedByNameOrArn) {
  MakeFunction();

  for (const std::string& name :
       {FunctionArn(), account() + ":function:greet", FunctionArn("$LATEST")})
    EXPECT_EQ(
        DoLambda("GetFunctionConfiguration", {{"FunctionName", name}}).GetString("FunctionName"),
        "greet")
        << name;
}

TEST_F(LambdaFunctions, OfOtherAccountsAndRegionsAreNotFound) {
  MakeFunction();

  UseRegion("eu-west-1");
  EXPECT_EQ(AskLambda("GetFunction").status, 404);
  EXPECT_THAT(
      AskLambda("GetFunction",
                {{"FunctionName", "arn:aws:lambda:eu-central-1:" + account() + ":function:greet"}}),
      Fails(404, "ResourceNotFoundException",
            "Functions from 'eu-central-1' are not reachable in this region "
            "('eu-west-1')"));
  UseRegion("eu-central-1");
  UseAccount("444455556666");
  EXPECT_EQ(AskLambda("GetFunction").status, 404);
}

// ---- changes

TEST_F(LambdaFunctions, AreChangedInSteps) {
  MakeFunction();

  const json::Object changed = DoLambda("UpdateFunctionConfiguration", {{"Timeout", 5}});

  EXPECT_EQ(changed.GetString("LastUpdateStatus"), "InProgress");
  EXPECT_THAT(AskLambda("UpdateFunctionCode", {{"ZipFile", PythonZip("return 2")}}),
              Fails(409, "ResourceConflictException", HasSubstr("An update is in progress")));
  Settle();
  EXPECT_EQ(Configuration().GetString("LastUpdateStatus"), "Successful");
  EXPECT_EQ(Configuration().GetInt("Timeout"), 5);
  EXPECT_EQ(Configuration().GetString("Handler"), "main.handler") << "what was not said stays";
}

TEST_F(LambdaFunctions, LoseADescriptionThatIsEmptied) {
  DoLambda("CreateFunction", With("Description", "says hello"));
  Settle();

  DoLambda("UpdateFunctionConfiguration", {{"Description", ""}});

  EXPECT_EQ(Configuration().GetString("Description"), "");
}

TEST_F(LambdaFunctions, AreChangedAtTheRevisionTheCallerKnows) {
  MakeFunction();

  EXPECT_THAT(
      AskLambda("UpdateFunctionConfiguration", {{"Timeout", 5}, {"RevisionId", "not this one"}}),
      Fails(412, "PreconditionFailedException", HasSubstr("latest Revision Id")));
}

TEST_F(LambdaFunctions, OnlyTryNewCodeInADryRun) {
  MakeFunction();
  const std::string before(Configuration().GetString("CodeSha256"));

  const json::Object dry =
      DoLambda("UpdateFunctionCode", {{"ZipFile", PythonZip("return 2")}, {"DryRun", true}});

  EXPECT_NE(dry.GetString("CodeSha256"), before);
  EXPECT_EQ(Configuration().GetString("CodeSha256"), before);
}

// ---- listing, tags, deleting

TEST_F(LambdaFunctions, AreListedPageByPage) {
  for (const std::string_view name : {"a", "b", "c"})
    DoLambda("CreateFunction", With("FunctionName", name));

  const json::Object first = Do("lambda", "ListFunctions", {{"MaxItems", 2}});
  const json::Object rest =
      Do("lambda", "ListFunctions", {{"MaxItems", 2}, {"Marker", first.At("NextMarker")}});

  EXPECT_THAT(Listed(first), ElementsAre("a", "b"));
  EXPECT_THAT(Listed(rest), ElementsAre("c"));
  EXPECT_FALSE(rest.Has("NextMarker"));
  EXPECT_EQ(Ask("lambda", "ListFunctions", {{"Marker", "made up"}}).status, 400);
}

TEST_F(LambdaFunctions, CarryTags) {
  MakeFunction();
  const json::Object here{{"Resource", FunctionArn()}};
  json::Object tag = here;
  tag.Set("Tags", json::Object{{"a", "1"}, {"b", "2"}});
  json::Object untag = here;
  untag.Set("TagKeys", json::Array{"a"});

  Do("lambda", "TagResource", tag);
  Do("lambda", "UntagResource", untag);

  EXPECT_EQ(Do("lambda", "ListTags", here).GetObject("Tags"), (json::Object{{"b", "2"}}));
  EXPECT_THAT(Ask("lambda", "ListTags", {{"Resource", FunctionArn("live")}}),
              Fails(400, "InvalidParameterValueException", HasSubstr("aliases and versions")));
}

TEST_F(LambdaFunctions, AreGoneWithTheirVersionsAndAliases) {
  MakeFunction();
  Publish();
  DoLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});

  DoLambda("DeleteFunction");

  EXPECT_EQ(AskLambda("GetFunction").status, 404);
  MakeFunction();
  EXPECT_EQ(AskLambda("GetAlias", {{"Name", "live"}}).status, 404);
  EXPECT_EQ(Publish(), "1");
}

TEST_F(LambdaFunctions, SurviveARestartAndBecomeActiveAfterIt) {
  DoLambda("CreateFunction", FunctionInput());

  Restart();
  Settle();

  EXPECT_EQ(Configuration().GetString("State"), "Active");
}

TEST_F(LambdaFunctions, KeepTheirReservedConcurrency) {
  MakeFunction();

  DoLambda("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 3}});

  EXPECT_EQ(DoLambda("GetFunctionConcurrency").GetInt("ReservedConcurrentExecutions"), 3);
  DoLambda("DeleteFunctionConcurrency");
  EXPECT_FALSE(DoLambda("GetFunctionConcurrency").Has("ReservedConcurrentExecutions"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
