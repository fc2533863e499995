#include "functions/router_push.h"

#include <gmock/gmock.h>

#include "tests/functions/router_test.h"

namespace trunkline::functions::router {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::CommitOf;
using tests::kZero;
using tests::PayloadOf;
using tests::TestPush;

json::Object Commit(std::string_view list, json::Array paths) {
  json::Object commit{{"id", CommitOf('c')}};
  commit.Set(list, std::move(paths));
  return commit;
}

json::Object WithCommits(json::Array commits) {
  json::Object payload = PayloadOf({});
  payload.Set("commits", std::move(commits));
  return payload;
}

Push Read(const json::Object& payload) {
  return ReadPush(payload).value();
}

TEST(RouterPush, UnitesThePathsOfAllCommits) {
  const Push push = Read(WithCommits({Commit("added", {"amzconnect-instance/a.json"}),
                                      Commit("removed", {"amzconnect-lambdas/b"}),
                                      Commit("modified", {"README.md", "docs/x/y.md"})}));

  EXPECT_THAT(push.tops,
              ElementsAre("README.md", "amzconnect-instance/", "amzconnect-lambdas/", "docs/"));
  EXPECT_THAT(push.incomplete, IsEmpty());
}

TEST(RouterPush, KeepsTheSlashesOfABranch) {
  EXPECT_EQ(Read(PayloadOf({.branch = "feature/a/b"})).branch(), "feature/a/b");
}

TEST(RouterPush, OfATagHasNoBranch) {
  json::Object payload = PayloadOf({});
  payload.Set("ref", "refs/tags/v1");

  EXPECT_EQ(Read(payload).branch(), "");
}

TEST(RouterPush, KnowsNewAndDeletedBranchesByTheirCommits) {
  EXPECT_TRUE(Read(PayloadOf({.before = kZero})).created);
  EXPECT_TRUE(Read(PayloadOf({.after = kZero})).deleted);
}

TEST(RouterPush, WithoutCommitsIsIncomplete) {
  EXPECT_EQ(Read(WithCommits({})).incomplete, "the push names no commits");
}

TEST(RouterPush, OfCommitsWithoutPathsIsIncomplete) {
  const Push push = Read(WithCommits({Commit("added", {"a/b"}), Commit("added", {})}));

  EXPECT_EQ(push.incomplete, "commit cccccccccccc names no paths");
}

TEST(RouterPush, OfAsManyCommitsAsAnEventHoldsIsIncomplete) {
  EXPECT_EQ(Read(WithCommits(json::Array(2048, Commit("added", {"a/b"})))).incomplete,
            "the push has 2048 commits or more");
  EXPECT_EQ(Read(WithCommits(json::Array(2047, Commit("added", {"a/b"})))).incomplete, "");
}

TEST(RouterPush, OfAsManyPathsAsACommitHoldsIsIncomplete) {
  const Push push = Read(WithCommits({Commit("added", json::Array(3000, "a/b"))}));

  EXPECT_EQ(push.incomplete, "commit cccccccccccc has 3000 paths or more");
}

TEST(RouterPush, ThatWasForcedIsIncomplete) {
  const TestPush forced{.paths = {"a/b"}, .forced = true};

  EXPECT_EQ(Read(PayloadOf(forced)).incomplete, "the push was forced");
}

TEST(RouterPush, TimeIsANumberOrAText) {
  json::Object payload = PayloadOf({.pushed = 1795348700});
  EXPECT_EQ(Read(payload).pushed, 1795348700);

  payload["repository"].AsObject().Set("pushed_at", "2026-11-22T11:58:20Z");
  EXPECT_EQ(Read(payload).pushed, 1795348700);

  payload["repository"].AsObject().Remove("pushed_at");
  EXPECT_EQ(Read(payload).pushed, 0);
}

TEST(RouterPush, MistakesSayWhatWasExpected) {
  const auto mistake = [](std::string_view member, json::Value value) {
    json::Object payload = PayloadOf({.paths = {"a/b"}});
    payload.Set(member, std::move(value));
    return ReadPush(payload).error().message();
  };

  EXPECT_EQ(mistake("ref", 5), "expected 'ref' to be a text but got a number");
  EXPECT_EQ(mistake("after", "HEAD"), "expected 'after' to be a commit of 40 hexadecimal digits");
  EXPECT_EQ(mistake("commits", "x"), "expected 'commits' to be a list but got a string");
  EXPECT_EQ(mistake("commits", json::Array{json::Value(1)}),
            "expected 'commits' to be a list of commits but got a number");
  EXPECT_EQ(mistake("commits", json::Array{json::Value(Commit("added", {json::Value(1)}))}),
            "expected 'added' to be a list of paths but got a number");
  EXPECT_EQ(mistake("repository", nullptr), "expected 'full_name' to be a text but got nothing");
}

TEST(RouterPush, HasTheSameKeyHoweverItIsDelivered) {
  json::Object payload = PayloadOf({.paths = {"a/b"}});
  const std::string key = KeyOf(Read(payload));
  payload.Set("sender", "somebody");

  EXPECT_EQ(KeyOf(Read(payload)), key);
  EXPECT_NE(KeyOf(Read(PayloadOf({.pushed = 1795348701}))), key);
  EXPECT_NE(KeyOf(Read(PayloadOf({.after = CommitOf('d')}))), key);
}

}  // namespace
}  // namespace trunkline::functions::router
