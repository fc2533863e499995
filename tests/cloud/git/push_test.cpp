// A push over smart HTTP, and what the webhook of the repository is told.
#include "base/files.h"
#include "base/hash.h"
#include "base/hmac_sha1.h"
#include "base/json_read.h"
#include "tests/cloud/git/git_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kZeros = "0000000000000000000000000000000000000000";

class Pushes : public GitTest {
 protected:
  // The first commit is there, and from now on the receiver is told.
  std::string Begin(json::Object config = {{"content_type", "json"}}) {
    Write("README.md", "center\n");
    const std::string first = Commit("first");
    Push();
    MakeHook(std::move(config));
    received.clear();
    return first;
  }

  json::Object Told(std::size_t index = 0) {
    if (received.size() <= index) {
      ADD_FAILURE() << "only " << received.size() << " deliveries";
      return {};
    }
    return json::Parse(received[index].body)->AsObject();
  }

  static std::vector<std::string> Texts(const json::Array& array) {
    std::vector<std::string> texts;
    for (const json::Value& value : array) texts.push_back(value.AsString());
    return texts;
  }
};

TEST_F(Pushes, TheFirstMakesTheRepository) {
  Write("README.md", "center\n");
  const std::string commit = Commit("first");

  Push();

  EXPECT_THAT(Git({"ls-remote", RepositoryUrl(), "main"}), HasSubstr(commit));
  EXPECT_EQ(Read("github/repos/acme/center").AsObject().GetString("default_branch"), "main");
}

TEST_F(Pushes, AClonedRepositoryIsTheSame) {
  const std::string first = Begin();

  Git({"clone", "--quiet", RepositoryUrl(), "clone"}, workplace());

  EXPECT_EQ(Git({"rev-parse", "HEAD"}, workplace() + "/clone"), first);
}

TEST_F(Pushes, AnUnknownRepositoryIsNotMadeByReading) {
  EXPECT_THAT(GitRefused({"ls-remote", RepositoryUrl("acme/nothing")}), HasSubstr("not found"));
  EXPECT_EQ(Page("GET", "repositories/acme/nothing").status, 404);
}

TEST_F(Pushes, TheDefaultBranchOfANewRepositoryIsTheOneThatWasPushed) {
  Write("a", "1");
  Commit("first");

  Push({"main:refs/heads/develop"});

  EXPECT_EQ(Read("github/repos/acme/center").AsObject().GetString("default_branch"), "develop");
}

TEST_F(Pushes, TellTheWebhookOfCommitsAndFiles) {
  const std::string first = Begin();
  Write("flows/a.json", "{}");
  Write("README.md", "changed\n");
  const std::string second = Commit("second\n\nwith a body");
  Git({"rm", "--quiet", "flows/a.json"});
  const std::string third = Commit("third");

  Push();

  ASSERT_EQ(received.size(), 1U);
  const json::Object told = Told();
  EXPECT_EQ(told.GetString("ref"), "refs/heads/main");
  EXPECT_EQ(told.GetString("before"), first);
  EXPECT_EQ(told.GetString("after"), third);
  EXPECT_FALSE(told.GetBool("created") || told.GetBool("deleted") || told.GetBool("forced"));
  ASSERT_EQ(told.GetArray("commits").size(), 2U);
  const json::Object& commit = told.GetArray("commits")[0].AsObject();
  EXPECT_EQ(commit.GetString("id"), second);
  EXPECT_EQ(commit.GetString("message"), "second\n\nwith a body");
  EXPECT_EQ(commit.GetString("timestamp"), "2026-11-20T11:00:00+02:00");
  EXPECT_TRUE(commit.GetBool("distinct"));
  EXPECT_EQ(commit.GetObject("author").GetString("email"), "ann@example.com");
  EXPECT_THAT(Texts(commit.GetArray("added")), ElementsAre("flows/a.json"));
  EXPECT_THAT(Texts(commit.GetArray("modified")), ElementsAre("README.md"));
  EXPECT_THAT(Texts(told.GetObject("head_commit").GetArray("removed")),
              ElementsAre("flows/a.json"));
  EXPECT_EQ(told.GetObject("repository").GetString("full_name"), "acme/center");
  EXPECT_EQ(told.GetObject("pusher").GetString("name"), "Carl Committer");
}

TEST_F(Pushes, AreSignedAsGithubDoes) {
  Begin({{"content_type", "json"}, {"secret", "It's a Secret to Everybody"}});
  Write("a", "1");
  Commit("second");

  Push();

  ASSERT_EQ(received.size(), 1U);
  const net::Request& request = received[0];
  EXPECT_EQ(request.target, "/hook?x=1");
  EXPECT_EQ(request.headers.Get("X-GitHub-Event"), "push");
  EXPECT_EQ(request.headers.Get("X-GitHub-Delivery").size(), 36U);
  EXPECT_EQ(request.headers.Get("Content-Type"), "application/json");
  EXPECT_EQ(request.headers.Get("X-Hub-Signature-256"),
            "sha256=" + ToHex(HmacSha256("It's a Secret to Everybody", request.body)));
  EXPECT_EQ(request.headers.Get("X-Hub-Signature"),
            "sha1=" + ToHex(HmacSha1("It's a Secret to Everybody", request.body)));
}

TEST_F(Pushes, OfANewBranchNameItsBase) {
  const std::string first = Begin();

  Push({"main:refs/heads/release"});

  const json::Object told = Told();
  EXPECT_EQ(told.GetString("ref"), "refs/heads/release");
  EXPECT_TRUE(told.GetBool("created"));
  EXPECT_EQ(told.GetString("before"), kZeros);
  EXPECT_EQ(told.GetString("base_ref"), "refs/heads/main");
  EXPECT_THAT(told.GetArray("commits"), IsEmpty());
  EXPECT_EQ(told.GetObject("head_commit").GetString("id"), first);
}

TEST_F(Pushes, ThatDeleteABranchSaySo) {
  const std::string first = Begin();
  Push({"main:refs/heads/old"});
  received.clear();

  Push({":refs/heads/old"});

  const json::Object told = Told();
  EXPECT_TRUE(told.GetBool("deleted"));
  EXPECT_EQ(told.GetString("before"), first);
  EXPECT_EQ(told.GetString("after"), kZeros);
  EXPECT_TRUE(told.Find("head_commit")->IsNull());
}

TEST_F(Pushes, ThatRewriteHistoryAreForced) {
  Begin();
  Git({"commit", "--quiet", "--amend", "-m", "other"});

  Push();

  EXPECT_TRUE(Told().GetBool("forced"));
}

TEST_F(Pushes, OfSeveralRefsGiveAnEventEach) {
  Begin();
  Write("a", "1");
  Commit("second");
  Git({"tag", "-a", "v1", "-m", "version 1"});

  Push({"main", "v1", "main:refs/heads/b"});

  ASSERT_EQ(received.size(), 3U);
  EXPECT_EQ(Told(0).GetString("ref"), "refs/heads/b");
  EXPECT_EQ(Told(1).GetString("ref"), "refs/heads/main");
  EXPECT_EQ(Told(2).GetString("ref"), "refs/tags/v1");
  EXPECT_EQ(Told(2).GetString("base_ref"), "refs/heads/main");
}

TEST_F(Pushes, OfMoreThanThreeTagsAtOnceGiveNoEvents) {
  Begin();
  for (const char* tag : {"v1", "v2", "v3", "v4"}) Git({"tag", tag});

  Push({"v1", "v2", "v3", "v4"});

  EXPECT_THAT(received, IsEmpty());
}

TEST_F(Pushes, SurviveARestartBeforeTheyAreTold) {
  Begin();
  Write("a", "1");
  Commit("second");
  Git({"push", "--quiet", RepositoryUrl(), "main"});
  ASSERT_GT(engine().jobs.pending(), 0U);

  RestartServer();
  Settle();

  const auto hooks = Read("github/repos/acme/center/hooks");
  const std::int64_t hook = hooks.AsArray().at(0).AsObject().GetInt("id");
  const json::Value deliveries =
      Read(fmt::format("github/repos/acme/center/hooks/{}/deliveries", hook));
  EXPECT_EQ(deliveries.AsArray().at(0).AsObject().GetString("event"), "push");
}

TEST_F(Pushes, TakeGzipAndLargeFiles) {
  std::string noise(3 << 20, '\0');
  SeededRandom random(7);
  random.Fill({reinterpret_cast<unsigned char*>(noise.data()), noise.size()});
  Write("noise.bin", noise);
  const std::string commit = Commit("large");

  Push();
  Git({"clone", "--quiet", RepositoryUrl(), "clone"}, workplace());

  EXPECT_EQ(Git({"rev-parse", "HEAD"}, workplace() + "/clone"), commit);
}

TEST_F(Pushes, RunNoHookOfTheRepository) {
  Begin();
  const json::Value repository = Read("repositories/acme/center");
  const std::string git_dir(repository.AsObject().GetString("folder"));
  const std::string mark = workplace() + "/ran";
  ASSERT_TRUE(DiskFiles()
                  .Write(git_dir + "/hooks/post-receive", "#!/bin/sh\ntouch " + mark + "\n", 0755)
                  .ok());
  Write("a", "1");
  Commit("second");

  Push();

  EXPECT_EQ(received.size(), 1U);
  EXPECT_FALSE(DiskFiles().Exists(mark));
}

TEST_F(Pushes, WrongNamesAreRefused) {
  for (const char* name : {"acme/..", "../acme", "-x/y", "acme/a.lock", "acme/%2e%2e", "a%2Fb/c"}) {
    const net::Response response =
        Page("GET", fmt::format("git/{}/info/refs?service=git-receive-pack", name));
    EXPECT_EQ(response.status, 404) << name;
  }
}

TEST_F(Pushes, TheDumbProtocolIsRefused) {
  Begin();

  EXPECT_EQ(Page("GET", "git/acme/center.git/info/refs").status, 403);
  EXPECT_EQ(Page("GET", "git/acme/center.git/HEAD").status, 404);
  EXPECT_EQ(Page("GET", "git/acme/center.git/git-upload-pack").status, 405);
}

TEST_F(Pushes, APageOfElsewhereCannotPush) {
  net::Request request;
  request.target = "/_trunkline/git/acme/center.git/info/refs?service=git-receive-pack";
  request.headers.Add("Host", "127.0.0.1");
  request.headers.Add("Origin", "https://example.com");

  EXPECT_EQ(Send(std::move(request)).status, 403);
}

}  // namespace
}  // namespace trunkline::cloud::tests
