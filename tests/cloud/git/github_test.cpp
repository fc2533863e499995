// The part of GitHub's REST API that a webhook's receiver asks for: compare, branches, hooks.
#include "base/json_read.h"
#include "tests/cloud/git/git_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Github : public GitTest {
 protected:
  Github() {
    Write("README.md", "one\ntwo\nthree\nfour\nfive\n");
    Write("old.txt", "text that is long enough to be the same\nand some more\n");
    first_ = Commit("first");
    Git({"checkout", "--quiet", "-b", "feature/x"});
    Write("README.md", "one\ntwo\nthree\nfour\n5\n6\n");
    Git({"mv", "old.txt", "new.txt"});
    second_ = Commit("second");
    Git({"checkout", "--quiet", "main"});
    Write("main.txt", "1");
    third_ = Commit("third");
    Push({"main", "feature/x"});
  }

  json::Object Get(std::string_view path) {
    return Read("github/repos/acme/center/" + std::string(path)).AsObject();
  }
  net::Response Hooks(std::string_view method, std::string_view below, json::Value body = {}) {
    return Page(method, "github/repos/acme/center/hooks" + std::string(below), body);
  }

  std::string first_;
  std::string second_;
  std::string third_;
};

TEST_F(Github, ComparesFromTheCommonAncestor) {
  const json::Object compared = Get("compare/main...feature/x");

  EXPECT_EQ(compared.GetString("status"), "diverged");
  EXPECT_EQ(compared.GetInt("ahead_by"), 1);
  EXPECT_EQ(compared.GetInt("behind_by"), 1);
  EXPECT_EQ(compared.GetObject("merge_base_commit").GetString("sha"), first_);
  ASSERT_EQ(compared.GetArray("commits").size(), 1U);
  EXPECT_EQ(compared.GetArray("commits")[0].AsObject().GetString("sha"), second_);
  ASSERT_EQ(compared.GetArray("files").size(), 2U);
  const json::Object& modified = compared.GetArray("files")[0].AsObject();
  EXPECT_EQ(modified.GetString("filename"), "README.md");
  EXPECT_EQ(modified.GetString("status"), "modified");
  EXPECT_EQ(modified.GetInt("additions"), 2);
  EXPECT_EQ(modified.GetInt("deletions"), 1);
  const json::Object& renamed = compared.GetArray("files")[1].AsObject();
  EXPECT_EQ(renamed.GetString("filename"), "new.txt");
  EXPECT_EQ(renamed.GetString("status"), "renamed");
  EXPECT_EQ(renamed.GetString("previous_filename"), "old.txt");
}

TEST_F(Github, ComparesCommitsAndSaysWhatIsTheSame) {
  EXPECT_EQ(Get(fmt::format("compare/{}...{}", first_, third_)).GetString("status"), "ahead");
  EXPECT_EQ(Get("compare/main...main").GetString("status"), "identical");
  EXPECT_EQ(Page("GET", "github/repos/acme/center/compare/main...nope").status, 404);
  EXPECT_EQ(Page("GET", "github/repos/acme/nope/compare/a...b").status, 404);
}

TEST_F(Github, GivesAtMost300Files) {
  for (int i = 0; i < 305; ++i) Write(fmt::format("many/{:03}", i), "x");
  Commit("many");
  Push();

  EXPECT_EQ(Get(fmt::format("compare/{}...main", third_)).GetArray("files").size(), 300U);
}

TEST_F(Github, GivesCommitsInPagesAndFilesWithTheFirst) {
  for (int i = 0; i < 3; ++i) Commit(fmt::format("more {}", i));
  Push();
  const net::Response page = Page(
      "GET", fmt::format("github/repos/acme/center/compare/{}...main?per_page=2&page=2", first_));

  const json::Object compared = json::Parse(page.body)->AsObject();

  EXPECT_EQ(compared.GetInt("total_commits"), 4);
  ASSERT_EQ(compared.GetArray("commits").size(), 2U);
  EXPECT_EQ(compared.GetArray("commits")[0].AsObject().GetObject("commit").GetString("message"),
            "more 1");
  EXPECT_EQ(compared.GetArray("files").size(), 0U);
  EXPECT_THAT(page.headers.Get("Link"), HasSubstr("page=1>; rel=\"prev\""));
}

TEST_F(Github, ListsBranchesAndCommits) {
  const json::Array branches = Read("github/repos/acme/center/branches").AsArray();
  ASSERT_EQ(branches.size(), 2U);
  EXPECT_EQ(branches[0].AsObject().GetString("name"), "feature/x");
  EXPECT_EQ(Get("branches/feature/x").GetObject("commit").GetString("sha"), second_);
  EXPECT_EQ(Page("GET", "github/repos/acme/center/branches/nope").status, 404);
  const json::Array commits = Read("github/repos/acme/center/commits?per_page=1").AsArray();
  ASSERT_EQ(commits.size(), 1U);
  EXPECT_EQ(commits[0].AsObject().GetString("sha"), third_);
  EXPECT_EQ(Get("commits/" + first_).GetArray("files").size(), 2U);
}

TEST_F(Github, PingsANewHookAndHidesItsSecret) {
  const std::int64_t id = MakeHook({{"content_type", "json"}, {"secret", "s3cret"}});

  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(received[0].headers.Get("X-GitHub-Event"), "ping");
  EXPECT_EQ(received[0].headers.Get("X-GitHub-Hook-ID"), std::to_string(id));
  const json::Object hook = Get(fmt::format("hooks/{}", id));
  EXPECT_EQ(hook.GetObject("config").GetString("secret"), "********");
  EXPECT_EQ(hook.GetObject("last_response").GetInt("code"), 200);
  EXPECT_THAT(received[0].body, ::testing::Not(HasSubstr("s3cret")));
}

TEST_F(Github, RefusesHooksThatLeadElsewhereOrSayNothing) {
  const auto refusal = [&](json::Object config) {
    json::Object body{{"config", std::move(config)}};
    return Hooks("POST", "", std::move(body));
  };

  EXPECT_THAT(refusal({{"url", "https://example.com/hook"}}).body, HasSubstr("this machine only"));
  EXPECT_THAT(refusal({{"url", "http://127.0.0.1.example.com/"}}).body,
              HasSubstr("this machine only"));
  EXPECT_EQ(refusal({{"url", "ftp://127.0.0.1/"}}).status, 422);
  EXPECT_EQ(refusal({}).status, 422);
  EXPECT_EQ(refusal({{"url", "http://127.0.0.1/"}, {"content_type", "xml"}}).status, 422);
  EXPECT_EQ(refusal({{"url", "https://127.0.0.1/"}, {"insecure_ssl", "1"}}).status, 422);
}

TEST_F(Github, ChangesAndRemovesHooks) {
  const std::int64_t id = MakeHook();
  const std::string path = fmt::format("/{}", id);

  EXPECT_EQ(Hooks("PATCH", path, json::Object{{"active", false}}).status, 200);
  received.clear();
  Commit("more");
  Push();

  EXPECT_EQ(received.size(), 0U);
  EXPECT_EQ(Hooks("DELETE", path).status, 204);
  EXPECT_EQ(Hooks("GET", path).status, 404);
  EXPECT_EQ(Hooks("GET", "").body, "[]");
}

TEST_F(Github, ShowsAndRepeatsDeliveries) {
  receiver_answers = 500;
  const std::int64_t id = MakeHook();
  const std::string path = fmt::format("/{}/deliveries", id);
  const json::Object failed =
      Read("github/repos/acme/center/hooks" + path).AsArray().at(0).AsObject();
  EXPECT_EQ(failed.GetString("status"), "Invalid HTTP Response: 500");
  receiver_answers = 200;

  EXPECT_EQ(Hooks("POST", fmt::format("{}/{}/attempts", path, failed.GetInt("id"))).status, 202);
  Settle();

  const json::Array all = Read("github/repos/acme/center/hooks" + path).AsArray();
  ASSERT_EQ(all.size(), 2U);
  const json::Object again =
      all[all[0].AsObject().GetInt("id") == failed.GetInt("id") ? 1 : 0].AsObject();
  EXPECT_TRUE(again.GetBool("redelivery"));
  EXPECT_EQ(again.GetString("guid"), failed.GetString("guid"));
  const json::Object full = Get(fmt::format("hooks{}/{}", path, again.GetInt("id")));
  EXPECT_EQ(full.GetObject("response").GetString("payload"), "thanks");
  EXPECT_EQ(full.GetObject("request").GetObject("payload").GetInt("hook_id"), id);
}

TEST_F(Github, WritesDownWhoDoesNotAnswer) {
  json::Object config{{"url", "http://127.0.0.1:1/"}};
  json::Object hook{{"config", std::move(config)}};
  const json::Object made = json::Parse(Hooks("POST", "", std::move(hook)).body)->AsObject();
  Settle();

  const json::Array all =
      Read(fmt::format("github/repos/acme/center/hooks/{}/deliveries", made.GetInt("id")))
          .AsArray();

  EXPECT_EQ(all.at(0).AsObject().GetString("status"), "failed to connect to host");
}

TEST_F(Github, SendsFormsUnlessToldOtherwise) {
  MakeHook();

  EXPECT_EQ(received.at(0).headers.Get("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_TRUE(received.at(0).body.starts_with("payload=%7B%22zen%22"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
