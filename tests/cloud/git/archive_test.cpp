// What source actions and builds take: zips and clones, through connections.
#include <filesystem>

#include "base/files.h"
#include "base/hash.h"
#include "base/zip.h"
#include "cloud/objects.h"
#include "tests/cloud/git/git_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Archives : public GitTest {
 protected:
  Archives() {
    Write("flows/main.json", "{}");
    Write("run.sh", "#!/bin/sh\n");
    std::filesystem::permissions(checkout() + "/run.sh", std::filesystem::perms(0755));
    std::filesystem::create_symlink("flows/main.json", checkout() + "/link");
    first_ = Commit("first\n\nbody");
    Push();
    connection_ = Do("codestar-connections", "CreateConnection",
                     {{"ConnectionName", "github"}, {"ProviderType", "GitHub"}})
                      .GetString("ConnectionArn");
    Settle();
  }

  std::string Zip(const git::CommitArchive& archive) {
    const auto kept =
        store().Transact([&] { return engine().objects.Keep(archive.zip_object).ok(); });
    EXPECT_TRUE(kept.ok() && *kept);
    return engine().objects.Read(archive.zip_object).value();
  }

  std::string first_;
  std::string connection_;
};

TEST_F(Archives, HoldTheFilesOfABranch) {
  const auto archive = Archive(connection_, "main");

  ASSERT_TRUE(archive.ok()) << archive.error().message;
  EXPECT_EQ(archive->commit_id, first_);
  EXPECT_EQ(archive->message, "first\n\nbody");
  EXPECT_EQ(archive->author_name, "Ann Author");
  EXPECT_EQ(archive->author_date, "2026-11-20T08:00:00Z");
  EXPECT_EQ(archive->branch, "main");
  const auto entries = ReadZip(Zip(*archive), {.links = true}).value();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].name, "flows/main.json");
  EXPECT_EQ(entries[0].bytes, "{}");
  EXPECT_TRUE(entries[1].link);
  EXPECT_EQ(entries[1].bytes, "flows/main.json");
  EXPECT_EQ(entries[2].mode, 0755);
}

TEST_F(Archives, OfTheSameCommitAreTheSame) {
  const auto one = Archive(connection_, "main");
  const auto other = Archive("", first_);

  EXPECT_EQ(Sha256(Zip(*one)), Sha256(Zip(*other)));
  EXPECT_EQ(other->branch, "");
}

TEST_F(Archives, OfATagAreThoseOfItsCommit) {
  Git({"tag", "-a", "v1", "-m", "version"});
  Push({"v1"});

  EXPECT_EQ(Archive(connection_, "v1")->commit_id, first_);
}

TEST_F(Archives, NameAnUnknownBranchAsAwsDoes) {
  const auto archive = Archive(connection_, "nope");

  ASSERT_FALSE(archive.ok());
  EXPECT_EQ(archive.error().message,
            "[GitHub] No Branch [nope] found for FullRepositoryName [acme/center]");
  EXPECT_FALSE(Archive(connection_, "--output=/tmp/x").ok());
}

TEST_F(Archives, NeedAConnectionThatIsAvailable) {
  const std::string pending(Do("codestar-connections", "CreateConnection",
                               {{"ConnectionName", "new"}, {"ProviderType", "GitHub"}})
                                .GetString("ConnectionArn"));

  EXPECT_THAT(Archive(pending, "main").error().message, HasSubstr("is not available"));
  EXPECT_THAT(Archive(pending + "x", "main").error().message, HasSubstr("does not exist"));
}

TEST_F(Archives, SayHowToGetAMissingRepositoryHere) {
  EXPECT_THAT(Archive(connection_, "main", "acme/other").error().message,
              HasSubstr("push it to http://127.0.0.1"));
  EXPECT_THAT(Archive(connection_, "main", "acme").error().message, HasSubstr("'owner/name'"));
}

TEST_F(Archives, ComeFromTheFolderOfAHost) {
  Git({"clone", "--quiet", "--bare", checkout(), workplace() + "/forge/acme/center.git"},
      workplace());
  const std::string host(Do("codeconnections", "CreateHost",
                            {{"Name", "forge"},
                             {"ProviderType", "GitLabSelfManaged"},
                             {"ProviderEndpoint", "file://" + workplace() + "/forge"}})
                             .GetString("HostArn"));
  const std::string connection(
      Do("codeconnections", "CreateConnection", {{"ConnectionName", "gitlab"}, {"HostArn", host}})
          .GetString("ConnectionArn"));
  Settle();

  EXPECT_EQ(Archive(connection, "main")->commit_id, first_);
  EXPECT_THAT(Archive(connection, "nope").error().message, HasSubstr("[GitLabSelfManaged]"));
}

TEST_F(Archives, ComeFromAnAddressOfThisMachine) {
  const std::string forge = cloud().endpoint() + "/_trunkline/git";
  const std::string host(Do("codeconnections", "CreateHost",
                            {{"Name", "forge"},
                             {"ProviderType", "GitHubEnterpriseServer"},
                             {"ProviderEndpoint", forge}})
                             .GetString("HostArn"));
  const std::string connection(
      Do("codeconnections", "CreateConnection", {{"ConnectionName", "ghe"}, {"HostArn", host}})
          .GetString("ConnectionArn"));
  Settle();
  ASSERT_EQ(Archive(connection, "main")->commit_id, first_);
  Write("new", "1");
  const std::string second = Commit("second");
  Push();

  EXPECT_EQ(Archive(connection, "main")->commit_id, second);
}

TEST_F(Archives, AreClonesWithHistoryToo) {
  Write("new", "1");
  const std::string second = Commit("second");
  Push();
  const std::string folder = workplace() + "/build";

  const auto commit = Clone(connection_, "main", folder);

  ASSERT_TRUE(commit.ok()) << commit.error().message;
  EXPECT_EQ(*commit, second);
  EXPECT_EQ(Git({"rev-list", "--count", "HEAD"}, folder), "2");
  EXPECT_EQ(Git({"status", "--porcelain"}, folder), "");
  EXPECT_EQ(Git({"remote", "get-url", "origin"}, folder), RepositoryUrl());
  EXPECT_EQ(*Clone("", first_, workplace() + "/older"), first_);
}

}  // namespace
}  // namespace trunkline::cloud::tests
