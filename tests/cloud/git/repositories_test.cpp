// Repositories that are made, registered, found below a folder; and commits without a push.
#include "base/files.h"
#include "tests/cloud/git/git_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Repositories : public GitTest {
 protected:
  net::Response Make(std::string_view name, std::string_view folder = {}) {
    json::Object body{{"full_name", name}};
    body.SetIfNotEmpty("folder", folder);
    return Page("POST", "repositories", std::move(body));
  }

  std::vector<std::string> Names() {
    const json::Value listed = Read("repositories");
    std::vector<std::string> names;
    for (const json::Value& one : listed.AsObject().GetArray("repositories"))
      names.emplace_back(one.AsObject().GetString("full_name"));
    return names;
  }
};

TEST_F(Repositories, AreMadeListedAndRemoved) {
  EXPECT_EQ(Make("acme/center").status, 201);
  EXPECT_EQ(Make("acme/other").status, 201);
  EXPECT_EQ(Make("acme/center").status, 409);
  EXPECT_THAT(Names(), ElementsAre("acme/center", "acme/other"));
  const std::string folder(Read("repositories/acme/other").AsObject().GetString("folder"));

  EXPECT_EQ(Page("DELETE", "repositories/acme/other").status, 204);

  EXPECT_THAT(Names(), ElementsAre("acme/center"));
  EXPECT_FALSE(DiskFiles().Exists(folder));
  EXPECT_EQ(Page("DELETE", "repositories/acme/other").status, 404);
}

TEST_F(Repositories, SurviveARestartAndAResetForgetsThem) {
  Make("acme/center");

  RestartServer();

  EXPECT_THAT(Names(), ElementsAre("acme/center"));
  EXPECT_EQ(Page("POST", "reset").status, 200);
  EXPECT_THAT(Names(), ElementsAre());
  EXPECT_EQ(Make("acme/center").status, 201);
}

TEST_F(Repositories, NeedAName) {
  EXPECT_EQ(Make("center").status, 400);
  EXPECT_EQ(Make("acme/../x").status, 400);
  EXPECT_EQ(Page("POST", "repositories", json::Object{{"name", "x"}}).status, 400);
}

TEST_F(Repositories, MayBeFoldersOfTheUser) {
  Write("a", "1");
  const std::string commit = Commit("first");

  EXPECT_EQ(Make("acme/mine", checkout()).status, 201);

  EXPECT_THAT(Git({"ls-remote", RepositoryUrl("acme/mine"), "main"}), HasSubstr(commit));
  EXPECT_EQ(Make("acme/none", workplace()).status, 400);
  EXPECT_EQ(Make("acme/relative", "checkout").status, 400);
  EXPECT_EQ(Page("DELETE", "repositories/acme/mine").status, 204);
  EXPECT_TRUE(DiskFiles().Exists(checkout() + "/a"));
}

TEST_F(Repositories, TellOfCommitsWithoutAPushWhenAsked) {
  Write("a", "1");
  Commit("first");
  Make("acme/center", checkout());
  MakeHook({{"content_type", "json"}});
  received.clear();
  Write("b", "1");
  Commit("second");

  const net::Response asked = Page("POST", "repositories/acme/center/announce");
  Settle();

  EXPECT_EQ(asked.body, R"({"events":1})");
  EXPECT_EQ(received.size(), 1U);
  EXPECT_EQ(Page("POST", "repositories/acme/center/announce").body, R"({"events":0})");
}

TEST_F(Repositories, AreFoundBelowAFolder) {
  Write("a", "1");
  const std::string commit = Commit("first");
  Git({"clone", "--quiet", "--bare", checkout(), workplace() + "/all/acme/bare.git"}, workplace());
  Git({"clone", "--quiet", checkout(), workplace() + "/all/acme/work"}, workplace());
  engine().repositories = workplace() + "/all";

  EXPECT_THAT(Names(), ElementsAre("acme/bare", "acme/work"));
  EXPECT_THAT(Git({"ls-remote", RepositoryUrl("acme/bare"), "main"}), HasSubstr(commit));
  EXPECT_THAT(Git({"ls-remote", RepositoryUrl("acme/work"), "main"}), HasSubstr(commit));
  EXPECT_EQ(Make("acme/bare").status, 409);
  EXPECT_EQ(Page("DELETE", "repositories/acme/bare").status, 409);
}

TEST_F(Repositories, TellOfAPushIntoAFolderButNotOfItsHistory) {
  Write("a", "1");
  Commit("first");
  Git({"clone", "--quiet", "--bare", checkout(), workplace() + "/all/acme/center.git"},
      workplace());
  engine().repositories = workplace() + "/all";
  MakeHook({{"content_type", "json"}});
  received.clear();
  Write("b", "1");
  Commit("second");

  Push();

  ASSERT_EQ(received.size(), 1U);
  EXPECT_THAT(received[0].body, HasSubstr(R"("created":false)"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
