#include "cloud/git/repositories.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/git/hooks.h"
#include "cloud/git/program.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::size_t kLongestName = 100;  // GitHub's limit for a repository
constexpr std::string_view kOwnFolder = "repositories";

// GitHub's characters, and '_' and '.' in owners too, which other forges have. What could mean a
// file elsewhere, an option, or git's own files is none.
std::string ObjectionTo(std::string_view part) {
  if (part.empty() || part.size() > kLongestName)
    return "has a part that is not 1 to 100 characters";
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  if (!std::all_of(part.begin(), part.end(), allowed))
    return "has characters other than letters, digits, '-', '_' and '.'";
  if (part.front() == '.' || part.front() == '-') return "has a part that starts with '.' or '-'";
  if (part.ends_with(".git") || part.ends_with(".lock"))
    return "has a part that ends like git's own files";
  if (part.find("..") != std::string_view::npos) return "has '..' in it";
  return "";
}

// Removes the folders of own repositories that no record names: an interrupted creation, a reset.
class OwnFolders final : public Resident {
 public:
  explicit OwnFolders(Engine& engine) : engine_(engine) { Clean(); }
  void Reset() override { (void)DiskFiles().Remove(JoinPath(engine_.data_folder, "git")); }

 private:
  void Clean() {
    const auto folder = GitFolder(engine_, std::string(kOwnFolder));
    if (!folder) return;
    std::set<std::string, std::less<>> named;
    for (const Record* record : engine_.store.List(Context::GlobalScope(), kRepository))
      named.emplace(record->body.GetString("Own"));
    const auto found = DiskFiles().List(*folder);
    if (!found) return;
    for (const FileEntry& entry : *found)
      if (!named.contains(entry.name)) (void)DiskFiles().Remove(JoinPath(*folder, entry.name));
  }

  Engine& engine_;
};

std::optional<std::string> FindBelow(const std::string& root, std::string_view full_name) {
  if (root.empty()) return std::nullopt;
  const std::string folder = JoinPath(root, full_name);
  if (auto found = GitDirOf(folder)) return found;
  return GitDirOf(folder + ".git");
}

std::optional<std::string> PlaceOf(Engine& engine, std::string_view full_name,
                                   const Record* record) {
  if (record && record->body.Has("Own")) {
    engine.Get<OwnFolders>();
    const auto folder = GitFolder(engine, std::string(kOwnFolder));
    return folder ? GitDirOf(JoinPath(*folder, record->body.GetString("Own"))) : std::nullopt;
  }
  if (record && record->body.Has("Folder"))
    return GitDirOf(std::string(record->body.GetString("Folder")));
  return FindBelow(engine.repositories, full_name);
}

Repository Describe(std::string_view full_name, std::string git_dir, const Record* record) {
  Repository repository{.full_name = std::string(full_name), .git_dir = std::move(git_dir)};
  if (!record) return repository;
  repository.own = record->body.Has("Own");
  repository.created = FromEpochSeconds(record->body.GetDouble("Created"));
  return repository;
}

Error NotThere(Engine& engine, std::string_view full_name, const Record* record) {
  if (record && record->body.Has("Folder")) {
    return Error(ErrorKind::kNotFound,
                 "repository '{}' is the folder '{}', where there is no git repository any more",
                 full_name, record->body.GetString("Folder"));
  }
  return Error(ErrorKind::kNotFound,
               "repository '{}' does not exist here: push it to {}, or start `trunkline up "
               "--repositories` with a "
               "folder that holds it",
               full_name, CloneUrl(engine, full_name));
}

Result<void> PutRepository(Engine& engine, const std::string& full_name, json::Object body) {
  body.Set("Created", static_cast<double>(engine.clock.Now().time_since_epoch().count()) / 1000.0);
  const auto done = engine.store.Transact([&] {
    engine.store.Put(Context::GlobalScope(), kRepository,
                     {.id = full_name, .parent = {}, .name = full_name, .body = std::move(body)});
    return true;
  });
  if (!done) return done.error();
  return {};
}

Result<void> CheckFree(Engine& engine, std::string_view full_name) {
  TL_DO(CheckFullName(full_name));
  const auto there = FindRepository(engine, full_name);
  if (there || engine.store.Find(Context::GlobalScope(), kRepository, full_name))
    return Error(ErrorKind::kConflict, "repository '{}' exists already", full_name);
  return {};
}

void AddFound(Engine& engine, std::set<std::string>& names) {
  const DiskFiles files;
  if (engine.repositories.empty()) return;
  const auto owners = files.List(engine.repositories);
  if (!owners) return;
  for (const FileEntry& owner : *owners) {
    if (!owner.is_folder) continue;
    const auto found = files.List(JoinPath(engine.repositories, owner.name));
    if (!found) continue;
    for (const FileEntry& entry : *found) {
      std::string_view name = entry.name;
      if (name.ends_with(".git")) name.remove_suffix(4);
      std::string full_name = fmt::format("{}/{}", owner.name, name);
      if (entry.is_folder && CheckFullName(full_name)) names.insert(std::move(full_name));
    }
  }
}

}  // namespace

// 31 bits of its hash.
std::int64_t RepositoryId(std::string_view full_name) {
  const std::string hash = Sha256(full_name);
  std::int64_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) id = id * 256 + static_cast<unsigned char>(hash[i]);
  return id & 0x7FFFFFFF;
}

Result<void> CheckFullName(std::string_view full_name) {
  const std::vector<std::string_view> parts = Split(full_name, '/');
  if (parts.size() != 2) {
    return Error(ErrorKind::kInvalid, "expected a repository like 'owner/name' but got '{}'",
                 full_name);
  }
  for (const std::string_view part : parts) {
    if (const std::string objection = ObjectionTo(part); !objection.empty())
      return Error(ErrorKind::kInvalid, "repository '{}' {}", full_name, objection);
  }
  return {};
}

std::optional<std::string> GitDirOf(const std::string& folder) {
  const DiskFiles files;
  // A worktree's .git is a file that says where; git follows it.
  if (files.Exists(folder + "/.git")) return folder + "/.git";
  if (files.Exists(folder + "/HEAD") && files.IsFolder(folder + "/objects")) return folder;
  return std::nullopt;
}

Result<Repository> FindRepository(Engine& engine, std::string_view full_name) {
  TL_DO(CheckFullName(full_name));
  const Record* record = engine.store.Find(Context::GlobalScope(), kRepository, full_name);
  auto place = PlaceOf(engine, full_name, record);
  if (!place) return NotThere(engine, full_name, record);
  return Describe(full_name, std::move(*place), record);
}

std::vector<Repository> ListRepositories(Engine& engine) {
  std::set<std::string> names;
  for (const Record* record : engine.store.List(Context::GlobalScope(), kRepository))
    names.insert(record->id);
  AddFound(engine, names);
  std::vector<Repository> all;
  for (const std::string& name : names) {
    auto found = FindRepository(engine, name);
    if (found) all.push_back(std::move(found).value());
  }
  return all;
}

net::aw<Result<Repository>> CreateRepository(Engine& engine, std::string full_name) {
  TL_CO_DO(CheckFree(engine, full_name));
  engine.Get<OwnFolders>();
  const std::string folder_name = NewUuid(engine.random) + ".git";
  TL_CO_TRY(const std::string root, GitFolder(engine, std::string(kOwnFolder)));
  GitCommand init{};
  init.arguments = {"init",        "--quiet",          "--bare",
                    "--template=", "--end-of-options", JoinPath(root, folder_name)};
  TL_CO_TRY(const std::string said, co_await RunGit(engine, std::move(init)));
  TL_CO_DO(CheckFree(engine, full_name));  // somebody else may have been faster
  json::Object body;
  body.Set("Own", folder_name);
  TL_CO_DO(PutRepository(engine, full_name, std::move(body)));
  co_return FindRepository(engine, full_name);
}

net::aw<Result<Repository>> RegisterRepository(Engine& engine, std::string full_name,
                                               std::string folder) {
  TL_CO_DO(CheckFree(engine, full_name));
  const auto git_dir = folder.starts_with('/') ? GitDirOf(folder) : std::nullopt;
  if (!git_dir) {
    co_return Error(ErrorKind::kInvalid,
                    "expected the absolute path of a git repository but got '{}'", folder);
  }
  GitCommand ask{};
  ask.git_dir = *git_dir;
  ask.arguments = {"rev-parse", "--git-dir"};
  TL_CO_TRY(const std::string said, co_await RunGit(engine, std::move(ask)));
  TL_CO_DO(CheckFree(engine, full_name));
  json::Object body;
  body.Set("Folder", folder);
  TL_CO_DO(PutRepository(engine, full_name, std::move(body)));
  co_return FindRepository(engine, full_name);
}

Result<void> RemoveRepository(Engine& engine, std::string full_name) {
  const Scope scope = Context::GlobalScope();
  Store& store = engine.store;
  const Record* record = store.Find(scope, kRepository, full_name);
  if (!record || !(record->body.Has("Own") || record->body.Has("Folder"))) {
    TL_TRY(const Repository found, FindRepository(engine, full_name));
    return Error(ErrorKind::kConflict,
                 "repository '{}' stands in the folder of --repositories: remove it there",
                 found.full_name);
  }
  const auto place = record->body.Has("Own") ? PlaceOf(engine, full_name, record) : std::nullopt;
  const auto done = store.Transact([&] {
    std::vector<std::string> hooks;
    for (const Record* hook : store.List(scope, kHook, full_name)) hooks.push_back(hook->id);
    for (const std::string& hook : hooks) RemoveHook(store, engine.objects, hook);
    std::vector<std::string> refs;
    for (const Record* ref : store.List(scope, kRef, full_name)) refs.push_back(ref->id);
    for (const std::string& ref : refs) store.Delete(scope, kRef, ref);
    store.Delete(scope, kRepository, full_name);
    return true;
  });
  if (!done) return done.error();
  if (place) TL_DO(DiskFiles().Remove(*place));
  return {};
}

std::string CloneUrl(const Engine& engine, std::string_view full_name) {
  return fmt::format("{}/_trunkline/git/{}.git", engine.endpoint, full_name);
}

net::aw<std::string> DefaultBranch(Engine& engine, std::string git_dir) {
  GitCommand ask{};
  ask.git_dir = std::move(git_dir);
  ask.arguments = {"symbolic-ref", "--quiet", "--short", "HEAD"};
  const auto answer = co_await RunGit(engine, std::move(ask));
  co_return answer ? std::string(Trim(*answer)) : std::string("main");
}

}  // namespace trunkline::cloud::git
