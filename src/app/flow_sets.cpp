#include "app/flow_sets.h"

#include <array>

#include "app/flow_files.h"
#include "base/subprocess.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

Result<FlowSet> SetOf(const Files& files, const std::string& path) {
  FlowSet set{.files = &files, .paths = {}};
  if (path == kNoFile) return set;
  TL_TRY(const std::vector<std::string> names, FindFlowFiles(files, {path}));
  // A file has the name "" so that it meets the other file, whatever both are called.
  std::string folder = files.IsFolder(path) ? path : std::string();
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  for (const std::string& name : names) {
    const Result<std::string> bytes = files.Read(name);
    if (!folder.empty() && bytes && !LooksLikeFlow(*bytes)) continue;
    const std::size_t below = name.find_first_not_of('/', folder.size());
    set.paths.emplace(folder.empty() ? std::string() : name.substr(below), name);
  }
  return set;
}

// git, with the user's own configuration, and without a shell.
Result<std::string> Git(const AppWorld& world, std::vector<std::string> words) {
  constexpr std::chrono::minutes kLimit(2);
  ProcessSpec spec{.arguments = {"git"},
                   .environment = {{"PATH", world.environment.GetOr("PATH", "/usr/bin:/bin")},
                                   {"HOME", world.environment.GetOr("HOME", "/")},
                                   {"GIT_TERMINAL_PROMPT", "0"},
                                   {"GIT_OPTIONAL_LOCKS", "0"},
                                   {"LC_ALL", "C.UTF-8"}},
                   .folder = {},
                   .input = {}};
  for (const char* const name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})
    if (const auto value = world.environment.Get(name)) spec.environment.emplace(name, *value);
  spec.arguments.insert(spec.arguments.end(), words.begin(), words.end());
  Result<ProcessOutput> done = RunProcess(spec, kLimit);
  if (!done && done.error().kind() == ErrorKind::kNotFound)
    return Error(ErrorKind::kNotFound, "git is needed here and is not on the PATH; install it");
  if (!done) return std::move(done).error();
  if (done->timed_out) return Error(ErrorKind::kInvalid, "'git {}' took too long", words.front());
  if (done->exit_code == 0) return std::move(done->out);
  return Error(ErrorKind::kInvalid, "git cannot tell what changed: {}", Trim(done->err));
}

// A file that differs, of `git diff --raw -z`: ":100644 100644 <before> <after> M".
struct Differs {
  std::array<std::string, 2> blobs;  // before, after; all zeros: none, or as the file is now
  char status = 'M';                 // A, D, M, T (another sort of file)
  std::string path;
};

bool IsNoBlob(std::string_view id) {
  return id.find_first_not_of('0') == std::string_view::npos;
}

std::vector<Differs> ReadRaw(std::string_view text) {
  std::vector<Differs> found;
  const std::vector<std::string_view> words = Split(text, '\0');
  for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
    const std::vector<std::string_view> parts = Split(words[at], ' ');
    if (parts.size() != 5 || parts[4].empty() || parts[4].front() == 'U') continue;
    if (!words[at + 1].ends_with(".json")) continue;
    found.push_back({.blobs = {std::string(parts[2]), std::string(parts[3])},
                     .status = parts[4].front(),
                     .path = std::string(words[at + 1])});
  }
  return found;
}

class Revisions {
 public:
  Revisions(const AppWorld& world, RevisionFiles& holder) : world_(world), holder_(holder) {}

  Result<FlowSets> Read(const std::string& revisions, const std::vector<std::string>& paths) {
    TL_TRY(std::string top, Git(world_, {"rev-parse", "--show-toplevel"}));
    top_ = std::string(Trim(top));
    std::vector<std::string> words{"diff",         "--raw",         "-z",      "--no-abbrev",
                                   "--no-renames", "--no-ext-diff", revisions, "--"};
    words.insert(words.end(), paths.begin(), paths.end());
    TL_TRY(const std::string raw, Git(world_, std::move(words)));
    for (const Differs& one : ReadRaw(raw)) TL_DO(Add(one));
    return FlowSets{.before = Known(holder_.before), .after = Known(holder_.after)};
  }

 private:
  static FlowSet Known(const MemoryFiles& files) {
    FlowSet set{.files = &files, .paths = {}};
    for (const auto& [path, bytes] : files.all())
      if (LooksLikeFlow(bytes)) set.paths.emplace(path, path);
    return set;
  }

  Result<void> Add(const Differs& one) {
    if (one.status != 'A') {
      TL_TRY(const std::string bytes, Git(world_, {"cat-file", "blob", one.blobs[0]}));
      TL_DO(holder_.before.Write(one.path, bytes));
    }
    if (one.status == 'D') return {};
    const bool now = IsNoBlob(one.blobs[1]);
    TL_TRY(const std::string bytes, now ? world_.files.Read(JoinPath(top_, one.path))
                                        : Git(world_, {"cat-file", "blob", one.blobs[1]}));
    return holder_.after.Write(one.path, bytes);
  }

  const AppWorld& world_;
  RevisionFiles& holder_;
  std::string top_;
};

}  // namespace

Result<FlowSets> FlowSetsOf(const Files& files, const std::string& before,
                            const std::string& after) {
  TL_TRY(FlowSet befores, SetOf(files, before));
  TL_TRY(FlowSet afters, SetOf(files, after));
  const bool none = before == kNoFile || after == kNoFile;
  if (!none && files.IsFolder(before) != files.IsFolder(after)) {
    return Error(ErrorKind::kInvalid,
                 "expected two flow files or two folders but '{}' is a {} and '{}' is a {}", before,
                 files.IsFolder(before) ? "folder" : "file", after,
                 files.IsFolder(after) ? "folder" : "file");
  }
  return FlowSets{.before = std::move(befores), .after = std::move(afters)};
}

Result<FlowSets> FlowSetsOfRevisions(const AppWorld& world, const std::string& revisions,
                                     const std::vector<std::string>& paths, RevisionFiles& holder) {
  if (revisions.empty() || revisions.starts_with('-'))
    return Error(ErrorKind::kInvalid, "expected revisions like main..HEAD but found '{}'",
                 revisions);
  return Revisions(world, holder).Read(revisions, paths);
}

}  // namespace trunkline::app
