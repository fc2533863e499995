#include <gmock/gmock.h>

#include "app/github_api.h"
#include "app/webhook_create.h"
#include "app/webhook_sign.h"
#include "app/webhook_text.h"
#include "base/json_read.h"

namespace trunkline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(WebhookSign, SignsAsGithubDoes) {
  const auto headers = SignedHeaders("push", "d-1", "It's a Secret to Everybody", "Hello, World!");

  EXPECT_THAT(headers, Contains(Pair("X-Hub-Signature-256",
                                     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f43"
                                     "79c8b043e17")));
  EXPECT_THAT(headers, Contains(Pair("X-GitHub-Delivery", "d-1")));
}

TEST(WebhookSign, TheCurlLineIsSafeForAShell) {
  const SignedDelivery delivery{
      .headers = {{"X-GitHub-Event", "it's"}}, .body = "{}", .url = "http://127.0.0.1/a b"};

  EXPECT_EQ(CurlLine(delivery, "my push.json"),
            R"(curl --silent --show-error --header 'X-GitHub-Event: it'\''s' )"
            R"(--data-binary '@my push.json' 'http://127.0.0.1/a b')");
}

TEST(WebhookSign, ASecretsFileMayEndWithANewline) {
  const MemoryFiles files({{"s", "secret\r\n"}, {"empty", "\n"}});

  EXPECT_EQ(ReadSecretFile(files, "s").value(), "secret");
  EXPECT_EQ(ReadSecretFile(files, "empty").error().message(),
            "expected 'empty' to hold the secret but it is empty");
}

TEST(WebhookSign, APayloadIsMadeANewPush) {
  const Result<std::string> changed =
      PushedAt(R"({"repository": {"full_name": "a/b", "pushed_at": 1}})",
               *ParseIso8601("2026-11-22T12:00:00Z"));

  EXPECT_EQ(changed.value(), R"({"repository":{"full_name":"a/b","pushed_at":1795348800}})");
  EXPECT_EQ(PushedAt("[]", TimePoint()).error().message(),
            "expected a push's payload with an object 'repository' for --now");
}

TEST(WebhookCreate, FindsTheHookOfItsAddress) {
  const json::Value hooks = json::Parse(R"([{"id": 4, "config": {"url": "https://other"}},
                                            {"id": 5, "config": {"url": "https://ours"}}])")
                                .value();

  EXPECT_EQ(FindHook(hooks, "https://ours"), 5);
  EXPECT_EQ(FindHook(hooks, "https://nobody"), std::nullopt);
}

TEST(WebhookCreate, AsksForPushesAsJson) {
  const json::Object shape = HookShape("https://ours", "s");

  EXPECT_EQ(shape.GetArray("events"), json::Array{json::Value("push")});
  EXPECT_EQ(shape.GetObject("config").GetString("content_type"), "json");
  EXPECT_EQ(shape.GetObject("config").GetString("insecure_ssl"), "0");
}

class GithubApiTest : public testing::Test {
 protected:
  Error Refusal(const std::string& api) {
    AppWorld world{.files = files_,
                   .environment = environment_,
                   .clock = clock_,
                   .random = random_,
                   .log = log_,
                   .self = {}};
    return GithubApi::Open(world, api).error();
  }

  MemoryFiles files_;
  MapEnvironment environment_;
  ManualClock clock_{TimePoint()};
  SeededRandom random_{1};
  MemoryLog log_;
};

TEST_F(GithubApiTest, NeedsATokenBeyondThisMachine) {
  EXPECT_EQ(Refusal("https://api.github.com").message(),
            "set GITHUB_TOKEN to a token of GitHub with write access to the repository's webhooks");
}

TEST_F(GithubApiTest, SendsNoTokenInTheClear) {
  environment_ = MapEnvironment({{"GITHUB_TOKEN", "ghp_1"}});

  const Error error = Refusal("http://api.github.example");

  EXPECT_EQ(error.message(),
            "'http://api.github.example' is not https, and GITHUB_TOKEN would go there in the "
            "clear");
  EXPECT_THAT(error.ToText(), Not(HasSubstr("ghp_1")));
}

TEST(WebhookText, TellsEverythingOfAPush) {
  const json::Value routed = json::Parse(R"({
    "ok": false, "branch": "develop", "environment": "dev", "commit": "0123456789abcdef",
    "started": [{"pipeline": "amzconnect-instance-develop", "execution": "e-1"}],
    "skipped": [{"what": "amzconnect-lambdas-develop", "why": "nothing changed"}],
    "ignored": [{"what": "README.md", "why": "no pipeline delivers it"}],
    "failed": [{"what": "amzconnect-contact-flows-develop", "why": "throttled"}],
    "notes": ["the push was forced"], "repeated": true})")
                                 .value();

  EXPECT_EQ(RoutedText(routed.AsObject()),
            "develop (dev) at 0123456789ab\n"
            "  repeated this push was routed before, as follows\n"
            "  started  amzconnect-instance-develop (execution e-1)\n"
            "  failed   amzconnect-contact-flows-develop: throttled\n"
            "  skipped  amzconnect-lambdas-develop: nothing changed\n"
            "  ignored  README.md: no pipeline delivers it\n"
            "  note     the push was forced\n");
}

TEST(WebhookText, SaysWhenThereIsNothingToReconcile) {
  EXPECT_EQ(ReconciledText({}), "there is no branch to reconcile\n");
}

}  // namespace
}  // namespace trunkline::app
