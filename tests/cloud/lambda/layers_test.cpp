// Layers, and functions that use them.
#include <fmt/format.h>

#include "base/json_read.h"
#include "base/zip.h"
#include "cloud/services/lambda/function_layers.h"
#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A zip of one file.
std::string Zip(std::string_view name, std::string_view text, int mode = 0644) {
  return WriteZip({{.name = std::string(name), .bytes = std::string(text), .mode = mode}}).value();
}

class Layers : public LambdaTest {
 protected:
  Answered AskLayer(std::string_view operation, json::Object input = {}) {
    json::Object whole{{"LayerName", "words"}};
    for (const json::Member& member : input) whole.Set(member.key, member.value);
    return Ask("lambda", operation, whole);
  }
  // The new version's ARN.
  std::string PublishLayer(const std::string& zip, json::Object more = {}) {
    more.Set("Content", json::Object{{"ZipFile", zip}});
    const Answered answered = AskLayer("PublishLayerVersion", std::move(more));
    EXPECT_EQ(answered.status, 201) << answered.message;
    return std::string(answered.output.GetString("LayerVersionArn"));
  }
  std::string PublishWord(std::string_view word) {
    return PublishLayer(Zip("python/words.py", fmt::format("WORD = '{}'\n", word)));
  }
  std::string Arn(int version, std::string_view name = "words") const {
    return fmt::format("arn:aws:lambda:{}:{}:layer:{}:{}", region(), account(), name, version);
  }
  Answered AskFunction(json::Array layers, std::string_view body = "return event") {
    json::Object input = FunctionInput(body);
    input.Set("Layers", std::move(layers));
    Answered answered = AskLambda("CreateFunction", std::move(input));
    Settle();
    return answered;
  }
  void PermitEverybody() {
    AskLayer("AddLayerVersionPermission", {{"VersionNumber", 1},
                                           {"StatementId", "all"},
                                           {"Action", "lambda:GetLayerVersion"},
                                           {"Principal", "*"}});
  }
};

TEST_F(Layers, AreShownAsTheyWerePublished) {
  const std::string arn =
      PublishLayer(Zip("a.txt", "a"), {{"Description", "some words"},
                                       {"CompatibleRuntimes", json::Array{"python3.11"}},
                                       {"LicenseInfo", "MIT"}});

  const json::Object got = AskLayer("GetLayerVersion", {{"VersionNumber", 1}}).output;

  EXPECT_EQ(arn, Arn(1));
  EXPECT_EQ(got.GetString("LayerVersionArn"), arn);
  EXPECT_EQ(got.GetString("Description"), "some words");
  EXPECT_EQ(got.GetString("LicenseInfo"), "MIT");
  EXPECT_THAT(std::string(got.GetString("CreatedDate")), HasSubstr("+0000"));
  EXPECT_EQ(got.GetObject("Content").GetInt("CodeSize"),
            static_cast<std::int64_t>(Zip("a.txt", "a").size()));
  EXPECT_EQ(Ask("lambda", "GetLayerVersionByArn", {{"Arn", arn}}).output, got);
}

TEST_F(Layers, CountTheirVersionsAlsoWhenTheyAreDeleted) {
  PublishWord("one");
  EXPECT_EQ(PublishWord("two"), Arn(2));
  for (const int version : {1, 2})
    EXPECT_EQ(AskLayer("DeleteLayerVersion", {{"VersionNumber", version}}).status, 204);
  Restart();

  EXPECT_EQ(PublishWord("three"), Arn(3));
  EXPECT_THAT(
      AskLayer("GetLayerVersion", {{"VersionNumber", 2}}),
      Fails(404, "ResourceNotFoundException", "The resource you requested does not exist."));
  EXPECT_THAT(AskLayer("GetLayerVersion", {{"VersionNumber", 0}}),
              Fails(400, "InvalidParameterValueException", "Layer Version Cannot be less than 1"));
  EXPECT_EQ(AskLayer("DeleteLayerVersion", {{"VersionNumber", 1}}).status, 204);
}

TEST_F(Layers, AreListedNewestFirstInPages) {
  for (int i = 0; i < 11; ++i) PublishWord("x");
  PublishLayer(Zip("a", "a"), {{"LayerName", "other"}});

  const json::Object first = AskLayer("ListLayerVersions", {{"MaxItems", 10}}).output;
  const json::Object last =
      AskLayer("ListLayerVersions", {{"Marker", first.At("NextMarker")}}).output;

  EXPECT_EQ(first.GetArray("LayerVersions").front().AsObject().GetInt("Version"), 11);
  ASSERT_THAT(last.GetArray("LayerVersions"), SizeIs(1));
  EXPECT_EQ(last.GetArray("LayerVersions").front().AsObject().GetInt("Version"), 1);
  const json::Array layers = Do("lambda", "ListLayers").GetArray("Layers");
  ASSERT_THAT(layers, SizeIs(2));
  EXPECT_EQ(layers[1].AsObject().GetObject("LatestMatchingVersion").GetInt("Version"), 11);
}

TEST_F(Layers, AreListedByTheRuntimeTheyAreFor) {
  PublishLayer(Zip("a", "a"), {{"CompatibleRuntimes", json::Array{"python3.11"}}});
  PublishLayer(Zip("a", "a"), {{"CompatibleRuntimes", json::Array{"nodejs18.x"}}});

  const json::Array fit =
      Do("lambda", "ListLayers", {{"CompatibleRuntime", "python3.11"}}).GetArray("Layers");

  ASSERT_THAT(fit, SizeIs(1));
  EXPECT_EQ(fit[0].AsObject().GetObject("LatestMatchingVersion").GetInt("Version"), 1);
  EXPECT_THAT(Do("lambda", "ListLayers", {{"CompatibleRuntime", "java21"}}).GetArray("Layers"),
              IsEmpty());
}

TEST_F(Layers, LetOthersInByAPolicy) {
  PublishWord("shared");
  EXPECT_THAT(
      AskLayer("GetLayerVersionPolicy", {{"VersionNumber", 1}}),
      Fails(404, "ResourceNotFoundException", "No policy is associated with the given resource."));
  PermitEverybody();
  const json::Object policy = AskLayer("GetLayerVersionPolicy", {{"VersionNumber", 1}}).output;
  EXPECT_THAT(std::string(policy.GetString("Policy")),
              HasSubstr(R"("Principal":"*","Action":"lambda:GetLayerVersion")"));
  const std::string arn = Arn(1);

  UseAccount("999988887777");
  EXPECT_TRUE(Ask("lambda", "GetLayerVersionByArn", {{"Arn", arn}}).ok());
  UseAccount("111122223333");
  AskLayer("RemoveLayerVersionPermission", {{"VersionNumber", 1}, {"StatementId", "all"}});
  UseAccount("999988887777");
  EXPECT_THAT(
      Ask("lambda", "GetLayerVersionByArn", {{"Arn", arn}}),
      Fails(403, "AccessDeniedException", HasSubstr("because no resource-based policy allows")));
}

TEST_F(Layers, ChangeTheirPolicyAtTheRevisionTheCallerKnows) {
  PublishWord("shared");
  PermitEverybody();

  EXPECT_THAT(AskLayer("RemoveLayerVersionPermission",
                       {{"VersionNumber", 1}, {"StatementId", "all"}, {"RevisionId", "another"}}),
              Fails(412, "PreconditionFailedException", HasSubstr("GetLayerPolicy API")));
  EXPECT_THAT(
      AskLayer("RemoveLayerVersionPermission", {{"VersionNumber", 7}, {"StatementId", "all"}}),
      Fails(404, "ResourceNotFoundException",
            fmt::format("Layer version {} does not exist.", Arn(7))));
}

TEST_F(Layers, OfAFunctionMustBeThereAndDiffer) {
  PublishWord("one");
  PublishWord("two");

  EXPECT_THAT(AskFunction({Arn(9)}),
              Fails(400, "InvalidParameterValueException",
                    fmt::format("Layer version {} does not exist.", Arn(9))));
  EXPECT_THAT(AskFunction({Arn(1), Arn(2)}),
              Fails(400, "InvalidParameterValueException",
                    HasSubstr(Arn(1) + " and " + Arn(2) + " are versions of the same layer.")));
  const std::string elsewhere = fmt::format("arn:aws:lambda:us-east-1:{}:layer:words:1", account());
  EXPECT_THAT(AskFunction({elsewhere}), Fails(400, "InvalidParameterValueException",
                                              HasSubstr("expected to be in region eu-central-1.")));
  EXPECT_THAT(AskFunction({"arn:aws:lambda:eu-central-1:999988887777:layer:theirs:1"}),
              Fails(403, "AccessDeniedException", HasSubstr("lambda:GetLayerVersion")));
  json::Array six;
  for (int i = 0; i < 6; ++i) six.emplace_back(Arn(1, "l" + std::to_string(i)));
  EXPECT_THAT(AskFunction(std::move(six)),
              Fails(400, "InvalidParameterValueException", "Cannot reference more than 5 layers."));
}

TEST_F(Layers, OfAFunctionAreShownWithTheirSizes) {
  const std::string arn = PublishWord("one");
  AskFunction({arn});

  const json::Array layers = DoLambda("GetFunctionConfiguration").GetArray("Layers");

  ASSERT_THAT(layers, SizeIs(1));
  EXPECT_EQ(layers[0].AsObject().GetString("Arn"), arn);
  EXPECT_GT(layers[0].AsObject().GetInt("CodeSize"), 0);
  DoLambda("UpdateFunctionConfiguration", {{"Layers", json::Array()}});
  EXPECT_FALSE(DoLambda("GetFunctionConfiguration").Has("Layers"));
}

TEST_F(Layers, AreFoundByPythonAtTheirPlace) {
  const std::string arn = PublishWord("hello");

  AskFunction({arn}, "import words; return [words.WORD, words.__file__]");

  const bool mounted = engine().Get<lambda::LayerMounts>().possible();
  const std::string said = Payload(Invoke());
  EXPECT_THAT(said, HasSubstr(R"(["hello", ")"));
  EXPECT_EQ(said == R"(["hello", "/opt/python/words.py"])", mounted) << said;
}

TEST_F(Layers, AreFoundWhereNothingCanBeMounted) {
  engine().Get<lambda::LayerMounts>().Forbid();
  const std::string arn = PublishWord("hello");

  AskFunction({arn}, "import words; return words.WORD");

  EXPECT_EQ(Payload(Invoke()), R"("hello")");
}

TEST_F(Layers, OfLaterOnesLieOverEarlierOnes) {
  const std::string one = PublishWord("one");
  const std::string two =
      PublishLayer(Zip("python/words.py", "WORD = 'two'\n"), {{"LayerName", "more"}});

  AskFunction({one, two}, "import words; return words.WORD");

  EXPECT_EQ(Payload(Invoke()), R"("two")");
}

TEST_F(Layers, BringPrograms) {
  const std::string arn =
      PublishLayer(Zip("bin/greet", "#!/bin/sh\necho hello from a layer\n", 0755));

  AskFunction({arn},
              "import subprocess; return subprocess.check_output(['greet']).decode().strip()");

  EXPECT_EQ(Payload(Invoke()), R"("hello from a layer")");
}

TEST_F(Layers, StayForVersionsThatUseThem) {
  const std::string one = PublishWord("one");
  AskFunction({one}, "import words; return words.WORD");
  const std::string version = Publish();
  AskLayer("DeleteLayerVersion", {{"VersionNumber", 1}});
  DoLambda("UpdateFunctionConfiguration", {{"Layers", json::Array{PublishWord("two")}}});
  Settle();
  Restart();

  EXPECT_EQ(Payload(Invoke({{"Qualifier", version}})), R"("one")");
  EXPECT_EQ(Payload(Invoke()), R"("two")");
}

TEST_F(Layers, StartTheRuntimeByAWrapper) {
  const std::string arn =
      PublishLayer(Zip("wrapper", "#!/bin/sh\nexport WRAPPED=yes\nexec \"$@\"\n", 0755));
  json::Object input = FunctionInput("import os; return os.environ['WRAPPED']");
  input.Set("Layers", json::Array{arn});
  const json::Object variables{{"AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrapper"}};
  input.Set("Environment", json::Object{{"Variables", variables}});
  DoLambda("CreateFunction", std::move(input));
  Settle();

  EXPECT_EQ(Payload(Invoke()), R"("yes")");
}

}  // namespace
}  // namespace trunkline::cloud::tests
