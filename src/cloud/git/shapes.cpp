#include "cloud/git/shapes.h"

#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::cloud::git {
namespace {

json::Array TextsOf(const std::vector<std::string>& texts) {
  json::Array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

// There are no accounts of people here, so the user name is what stands before the '@'.
std::string LoginOf(const Person& person) {
  return person.email.substr(0, person.email.find('@'));
}

json::Object PushPerson(const Person& person) {
  return json::Object{
      {"name", person.name}, {"email", person.email}, {"username", LoginOf(person)}};
}

json::Object ApiPerson(const Person& person) {
  return json::Object{{"name", person.name}, {"email", person.email}, {"date", person.date}};
}

std::int64_t UserId(std::string_view login) {
  return static_cast<std::int64_t>(Crc32(login) & 0x7FFFFFFFU);
}

}  // namespace

std::string ApiUrl(const Engine& engine) {
  return engine.endpoint + "/_trunkline/github";
}

std::string RepositoryUrl(const Engine& engine, std::string_view full_name) {
  return fmt::format("{}/repos/{}", ApiUrl(engine), full_name);
}

json::Object UserShape(const Engine& engine, std::string_view login) {
  return json::Object{{"login", login},
                      {"id", UserId(login)},
                      {"node_id", ToBase64(fmt::format("04:User{}", UserId(login)))},
                      {"url", fmt::format("{}/users/{}", ApiUrl(engine), PercentEncode(login))},
                      {"type", "User"},
                      {"site_admin", false}};
}

json::Object RepositoryShape(const Engine& engine, const Repository& repository,
                             std::string_view default_branch) {
  const std::string url = RepositoryUrl(engine, repository.full_name);
  const std::string clone_url = CloneUrl(engine, repository.full_name);
  json::Object owner = UserShape(engine, repository.owner());
  owner.Set("name", repository.owner());
  const std::string created = ToIso8601(repository.created);
  return json::Object{
      {"id", RepositoryId(repository.full_name)},
      {"node_id", ToBase64(fmt::format("010:Repository{}", RepositoryId(repository.full_name)))},
      {"name", repository.name()},
      {"full_name", repository.full_name},
      {"private", true},
      {"owner", std::move(owner)},
      {"html_url", url},
      {"description", nullptr},
      {"fork", false},
      {"url", url},
      {"branches_url", url + "/branches{/branch}"},
      {"commits_url", url + "/commits{/sha}"},
      {"compare_url", url + "/compare/{base}...{head}"},
      {"hooks_url", url + "/hooks"},
      {"created_at", created},
      {"updated_at", created},
      {"pushed_at", created},
      {"clone_url", clone_url},
      {"git_url", clone_url},
      {"default_branch", default_branch},
      {"master_branch", default_branch},
      {"visibility", "private"},
      {"archived", false},
      {"disabled", false}};
}

json::Object PushCommitShape(const Engine& engine, std::string_view full_name, const Commit& commit,
                             bool distinct) {
  return json::Object{
      {"id", commit.id},
      {"tree_id", commit.tree},
      {"distinct", distinct},
      {"message", commit.message},
      {"timestamp", commit.committer.date},
      {"url", fmt::format("{}/commits/{}", RepositoryUrl(engine, full_name), commit.id)},
      {"author", PushPerson(commit.author)},
      {"committer", PushPerson(commit.committer)},
      {"added", TextsOf(commit.added)},
      {"removed", TextsOf(commit.removed)},
      {"modified", TextsOf(commit.modified)}};
}

json::Object ApiCommitShape(const Engine& engine, std::string_view full_name,
                            const Commit& commit) {
  const std::string commits = RepositoryUrl(engine, full_name) + "/commits/";
  json::Array parents;
  for (const std::string& parent : commit.parents)
    parents.emplace_back(json::Object{{"sha", parent}, {"url", commits + parent}});
  json::Object inner{{"author", ApiPerson(commit.author)},
                     {"committer", ApiPerson(commit.committer)},
                     {"message", commit.message},
                     {"tree", json::Object{{"sha", commit.tree}}},
                     {"comment_count", 0}};
  return json::Object{{"sha", commit.id},
                      {"url", commits + commit.id},
                      {"html_url", commits + commit.id},
                      {"commit", std::move(inner)},
                      {"author", UserShape(engine, LoginOf(commit.author))},
                      {"committer", UserShape(engine, LoginOf(commit.committer))},
                      {"parents", std::move(parents)}};
}

}  // namespace trunkline::cloud::git
