// The router as it is invoked: which pipelines are started for which deliveries.
#include "base/hash.h"
#include "base/text.h"
#include "tests/functions/router_test.h"

namespace trunkline::functions::tests {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kFlow = "amzconnect-contact-flows/lib/callflows/main.json";
const std::string kInstance = "amzconnect-instance/lib/instance-stack/configuration.json";

class Router : public RouterTest {};

TEST_F(Router, StartsExactlyThePipelinesThatThePushConcerns) {
  const TestReply reply = Deliver({.paths = {kFlow, kInstance, "README.md"}});

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(starts(), ElementsAre("amzconnect-instance-develop at b",
                                    "amzconnect-contact-flows-develop at b"));
  EXPECT_THAT(reply.started(),
              ElementsAre("amzconnect-instance-develop", "amzconnect-contact-flows-develop"));
  EXPECT_THAT(reply.skipped(),
              ElementsAre("amzconnect-supporting-infra-develop", "amzconnect-lambdas-develop"));
  EXPECT_EQ(reply.WhyOf("ignored", "README.md"), "no pipeline delivers it");
  EXPECT_EQ(reply.body.GetString("environment"), "dev");
  EXPECT_EQ(reply.body.GetString("commit"), CommitOf('b'));
  EXPECT_THAT(github_asked(), IsEmpty());
}

TEST_F(Router, StartsThePushedCommitWithATokenOfThePush) {
  Deliver({.paths = {kFlow}});

  const json::Object input = aws_.Inputs("codepipeline:StartPipelineExecution").front();
  const json::Object& revision = input.GetArray("sourceRevisions").front().AsObject();
  EXPECT_EQ(revision.GetString("actionName"), "Source");
  EXPECT_EQ(revision.GetString("revisionType"), "COMMIT_ID");
  EXPECT_EQ(revision.GetString("revisionValue"), CommitOf('b'));
  EXPECT_THAT(std::string(input.GetString("clientRequestToken")), SizeIs(64));
}

TEST_F(Router, AnswersAPingAndStartsNothing) {
  const TestReply reply = Send(EventOf(R"({"zen": "Keep it simple", "hook_id": 1})", "ping"));

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.WhyOf("ignored", "event 'ping'"), "the webhook is set up: pushes will be routed");
  EXPECT_THAT(aws_.operations(), ElementsAre("secretsmanager:GetSecretValue"));
}

TEST_F(Router, SaysWhyItIgnoresOtherEvents) {
  const TestReply reply = Send(EventOf("{}", "issues"));

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.WhyOf("ignored", "event 'issues'"), "only pushes are routed");
}

TEST_F(Router, IgnoresTagsDeletedBranchesAndUnknownOnes) {
  json::Object tag = PayloadOf({.paths = {kFlow}});
  tag.Set("ref", "refs/tags/v1");

  EXPECT_EQ(Send(EventOf(json::Write(tag))).WhyOf("ignored", "refs/tags/v1"),
            "only pushes of branches are routed");
  EXPECT_EQ(Deliver({.after = kZero}).WhyOf("ignored", "refs/heads/develop"),
            "the branch was deleted");
  EXPECT_THAT(Deliver({.branch = "spike/x"}).WhyOf("ignored", "refs/heads/spike/x"),
              HasSubstr("belongs to no enabled environment"));
  EXPECT_THAT(starts(), IsEmpty());
}

TEST_F(Router, RefusesAnotherRepository) {
  json::Object payload = PayloadOf({.paths = {kFlow}});
  payload["repository"].AsObject().Set("full_name", "mallory/center");

  const TestReply reply = Send(EventOf(json::Write(payload)));

  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.body.GetString("message"),
            "this webhook is for 'acme/center', not for 'mallory/center'");
}

TEST_F(Router, TakesFormsAndPlainBodiesAndHeadersOfAnyCase) {
  const std::string form = "payload=" + PercentEncode(json::Write(PayloadOf({.paths = {kFlow}})));
  json::Object headers{{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                       {"X-GitHub-Event", "push"},
                       {"X-Github-Delivery", "d-1"},
                       {"X-HUB-SIGNATURE-256", router::SignatureOf(kSecret, form)}};

  const TestReply reply = Send(json::Object{{"headers", std::move(headers)}, {"body", form}});

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(starts(), ElementsAre("amzconnect-contact-flows-develop at b"));
}

TEST_F(Router, RefusesOtherContentTypesAndBrokenBodies) {
  json::Value xml = EventOf("<push/>");
  xml.AsObject()["headers"].AsObject().Set("content-type", "text/xml");

  EXPECT_EQ(Send(std::move(xml)).status, 415);
  EXPECT_EQ(Send(EventOf("{\"ref\": ")).status, 400);
  EXPECT_EQ(Send(EventOf("[]")).body.GetString("message"),
            "expected the payload to be a JSON object but got an array");
  EXPECT_EQ(Send(EventOf("{}")).body.GetString("message"),
            "expected 'full_name' to be a text but got nothing");
}

TEST_F(Router, RefusesABodyThatIsTooLargeBeforeAnythingElse) {
  const TestReply reply =
      Send(json::Object{{"headers", json::Object()}, {"body", std::string((6U << 20U) + 1, 'x')}});

  EXPECT_EQ(reply.status, 413);
  EXPECT_THAT(aws_.operations(), IsEmpty());
}

TEST_F(Router, SaysNothingAboutAStrangersSignature) {
  const TestReply wrong = Send(EventOf("{}", "push", "another secret"));
  json::Value unsigned_event = EventOf("not even JSON");
  unsigned_event.AsObject()["headers"].AsObject().Remove("x-hub-signature-256");
  const TestReply missing = Send(std::move(unsigned_event));

  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(missing.status, 401);
  EXPECT_EQ(json::Write(wrong.body), R"({"message":"unauthorized"})");
  EXPECT_EQ(wrong.body, missing.body);
}

TEST_F(Router, WritesOneLineOfJsonWithoutSecretOrSignature) {
  const std::string body = json::Write(PayloadOf({.paths = {kFlow}}));
  Send(EventOf(body));

  ASSERT_THAT(aws_.fake().log().lines(), SizeIs(1));
  const std::string& line = aws_.fake().log().lines().front();
  const json::Object logged = json::Parse(line).value().AsObject();
  EXPECT_EQ(logged.GetString("event"), "push");
  EXPECT_EQ(logged.GetString("delivery"), "d-1");
  EXPECT_EQ(logged.GetInt("status"), 200);
  EXPECT_EQ(logged.GetArray("started").size(), 1U);
  EXPECT_THAT(line, Not(HasSubstr(kSecret)));
  EXPECT_THAT(line, Not(HasSubstr(router::SignatureOf(kSecret, body).substr(7))));
}

TEST_F(Router, TheLogSaysWhyAStrangerWasRefused) {
  Send(EventOf("{}", "push\n", "another secret", "d 1"));

  const json::Object logged = json::Parse(aws_.fake().log().lines().back()).value().AsObject();
  EXPECT_EQ(logged.GetString("why"),
            "its signature is not of this webhook's secret: 'trunkline webhook create' tells "
            "GitHub the right one");
  EXPECT_EQ(logged.GetString("event"), "");
  EXPECT_EQ(logged.GetString("delivery"), "");
}

TEST_F(Router, TheToolingBranchUpdatesThePipelines) {
  const TestReply reply =
      Deliver({.branch = "main", .paths = {"amzconnect-devops-pipelines/env/devops.json", kFlow}});

  EXPECT_THAT(starts(), ElementsAre("amzconnect-devops-pipelines-main at b"));
  EXPECT_EQ(reply.WhyOf("skipped", "amzconnect-contact-flows/"),
            "branch 'main' delivers to no environment");
}

TEST_F(Router, ANewBranchStartsAllItsPipelines) {
  const TestReply reply = Deliver({.branch = "release/1", .before = kZero, .paths = {kFlow}});

  EXPECT_THAT(starts(), SizeIs(4));
  EXPECT_THAT(reply.started(), Contains("amzconnect-instance-release-1"));
  EXPECT_EQ(reply.body.GetArray("notes").front(),
            json::Value("the branch is new: nothing of it was delivered yet"));
}

TEST_F(Router, CompletesAForcedPushByBothSidesOfTheComparison) {
  GithubCompares('a', 'b', {kFlow}, "diverged");
  GithubCompares('b', 'a', {kInstance}, "diverged");

  const TestReply reply = Deliver({.paths = {kFlow}, .forced = true});

  EXPECT_THAT(reply.started(),
              ElementsAre("amzconnect-instance-develop", "amzconnect-contact-flows-develop"));
}

TEST_F(Router, ComparesWhereThePushNamesNoCommits) {
  GithubAnswers("/compare/" + CommitOf('a') + "..." + CommitOf('b'),
                R"({"status": "ahead", "files": [{"filename": "docs/x",
                    "previous_filename": "amzconnect-lambdas/x", "status": "renamed"}]})");

  EXPECT_THAT(Deliver({}).started(), ElementsAre("amzconnect-lambdas-develop"));
  EXPECT_THAT(github_asked(), SizeIs(1));
}

TEST_F(Router, AComparisonThatMayBeCutStartsAll) {
  GithubCompares('a', 'b', std::vector<std::string>(300, "docs/x"));

  const TestReply reply = Deliver({});

  EXPECT_THAT(reply.started(), SizeIs(4));
  EXPECT_EQ(reply.body.GetArray("notes").back(),
            json::Value("GitHub names 300 files between aaaaaaaaaaaa and bbbbbbbbbbbb, and no "
                        "more than that"));
}

TEST_F(Router, WhenGithubCannotCompareAllAreStartedAndItSaysSo) {
  const TestReply reply = Deliver({});

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.started(), SizeIs(4));
  EXPECT_EQ(reply.body.GetArray("notes").back(),
            json::Value("GitHub could not compare aaaaaaaaaaaa with bbbbbbbbbbbb: GitHub answers "
                        "404 ('Not Found'); a repository that is not public needs a token: put "
                        "one into a secret and name it in TRUNKLINE_GITHUB_TOKEN_ARN"));
}

TEST_F(Router, ShowsGithubItsToken) {
  Set("TRUNKLINE_GITHUB_TOKEN_ARN", "arn:token");
  GithubCompares('a', 'b', {kFlow});
  aws_.On("secretsmanager:GetSecretValue", [](const json::Object& input) {
    const bool token = input.GetString("SecretId") == "arn:token";
    return Result<json::Object>(json::Object{{"SecretString", token ? "ghp_1" : kSecret}});
  });

  Deliver({});

  EXPECT_EQ(github_headers().Get("Authorization"), "Bearer ghp_1");
}

}  // namespace
}  // namespace trunkline::functions::tests
