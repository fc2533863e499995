#include "cloud/git/history.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "cloud/git/program.h"

namespace trunkline::cloud::git {
namespace {

// One field each, in the order in which TakeCommit reads them; %B last.
constexpr std::string_view kFormat =
    "--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B";

// Where a name is looked up, in this order; the last is for ids.
constexpr std::string_view kBranches = "refs/heads/";
constexpr std::string_view kPlaces[] = {kBranches, "refs/tags/", ""};

// The parts of a list that ends every part with NUL.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : left_(text) {}
  bool done() const { return left_.empty(); }
  char Peek() const { return left_.front(); }
  std::string_view Next() {
    const std::size_t end = std::min(left_.find('\0'), left_.size());
    const std::string_view token = left_.substr(0, end);
    left_.remove_prefix(std::min(end + 1, left_.size()));
    return token;
  }

 private:
  std::string_view left_;
};

Person TakePerson(Tokens& tokens) {
  Person person;
  person.name = AsUtf8(tokens.Next());
  person.email = AsUtf8(tokens.Next());
  person.date = tokens.Next();
  return person;
}

Commit TakeCommit(Tokens& tokens) {
  Commit commit;
  commit.id = tokens.Next();
  commit.tree = tokens.Next();
  for (const std::string_view parent : Split(tokens.Next(), ' '))
    if (!parent.empty()) commit.parents.emplace_back(parent);
  commit.author = TakePerson(tokens);
  commit.committer = TakePerson(tokens);
  std::string_view message = tokens.Next();
  while (message.ends_with('\n')) message.remove_suffix(1);
  commit.message = AsUtf8(message);
  return commit;
}

GitCommand Walk(std::string git_dir, std::vector<std::string> arguments, const Range& range) {
  GitCommand walk{};
  walk.git_dir = std::move(git_dir);
  walk.arguments = std::move(arguments);
  walk.arguments.insert(walk.arguments.end(),
                        {fmt::format("--max-count={}", range.limit),
                         fmt::format("--skip={}", range.skip), "--ignore-missing", "--stdin"});
  // On standard input, because thousands of branches do not fit into a command line.
  for (const std::string& id : range.of) walk.input += id + "\n";
  for (const std::string& id : range.not_of) walk.input += "^" + id + "\n";
  return walk;
}

void AddChange(Commit& commit, std::string_view status, std::string_view path, std::size_t limit) {
  if (commit.added.size() + commit.removed.size() + commit.modified.size() >= limit) return;
  auto& list = status == "A" ? commit.added : status == "D" ? commit.removed : commit.modified;
  list.push_back(AsUtf8(path));
}

std::string_view StatusOf(char letter) {
  switch (letter) {
    case 'A':
      return "added";
    case 'D':
      return "removed";
    case 'R':
      return "renamed";
    case 'C':
      return "copied";
    case 'T':
      return "changed";
    default:
      return "modified";
  }
}

// ":100644 100644 <old> <new> R086" NUL path NUL [path NUL].
FileChange TakeRaw(Tokens& tokens) {
  const std::vector<std::string_view> fields = Split(tokens.Next(), ' ');
  FileChange change;
  if (fields.size() != 5 || fields[4].empty()) return change;
  const char letter = fields[4].front();
  change.status = StatusOf(letter);
  change.blob = letter == 'D' ? fields[2] : fields[3];
  change.path = AsUtf8(tokens.Next());
  if (letter == 'R' || letter == 'C')
    change.previous_path = std::exchange(change.path, AsUtf8(tokens.Next()));
  return change;
}

// "<added> TAB <deleted> TAB path" NUL, or with renames an empty path, and NUL old NUL new NUL.
// Binary files have "-" for numbers.
void TakeNumbers(Tokens& tokens, FileChange& change) {
  const std::vector<std::string_view> fields = Split(tokens.Next(), '\t');
  if (fields.size() < 3) return;
  change.additions = ToInt(fields[0]).value_or(0);
  change.deletions = ToInt(fields[1]).value_or(0);
  if (fields.size() > 3 || !fields[2].empty()) return;
  tokens.Next();
  tokens.Next();
}

}  // namespace

std::string EmptyTree(std::string_view like) {
  constexpr std::size_t kSha1 = 40;
  // Hashes of "tree 0\0", which git knows without their being stored.
  if (like.size() == kSha1) return "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  return "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
}

std::string AsUtf8(std::string_view text) {
  if (IsUtf8(text)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length <= 4 && length <= text.size() && !IsUtf8(text.substr(0, length))) ++length;
    if (length > 4 || length > text.size()) {
      out += "\xEF\xBF\xBD";
      length = 1;
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

net::aw<Result<std::vector<Commit>>> ListCommits(Engine& engine, std::string git_dir, Range range) {
  std::vector<std::string> arguments{"log", "-z", std::string(kFormat)};
  GitCommand walk = Walk(std::move(git_dir), std::move(arguments), range);
  TL_CO_TRY(const std::string text, co_await RunGit(engine, std::move(walk)));
  std::vector<Commit> commits;
  Tokens tokens(text);
  while (!tokens.done()) commits.push_back(TakeCommit(tokens));
  co_return commits;
}

net::aw<Result<std::vector<std::string>>> ListIds(Engine& engine, std::string git_dir,
                                                  Range range) {
  std::vector<std::string> arguments{"rev-list"};
  GitCommand walk = Walk(std::move(git_dir), std::move(arguments), range);
  TL_CO_TRY(const std::string text, co_await RunGit(engine, std::move(walk)));
  std::vector<std::string> ids;
  for (const std::string_view line : Split(text, '\n'))
    if (!line.empty()) ids.emplace_back(line);
  co_return ids;
}

net::aw<Result<std::size_t>> CountCommits(Engine& engine, std::string git_dir, Range range) {
  std::vector<std::string> arguments{"rev-list", "--count"};
  GitCommand walk = Walk(std::move(git_dir), std::move(arguments), range);
  TL_CO_TRY(const std::string text, co_await RunGit(engine, std::move(walk)));
  co_return static_cast<std::size_t>(ToInt(Trim(text)).value_or(0));
}

net::aw<Result<std::vector<Commit>>> WithChanges(Engine& engine, std::string git_dir,
                                                 std::vector<Commit> commits, std::size_t limit) {
  GitCommand ask{};
  ask.git_dir = std::move(git_dir);
  ask.arguments = {"diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--name-status"};
  std::unordered_map<std::string_view, Commit*> by_id;
  for (Commit& commit : commits) {
    ask.input += commit.id + "\n";
    by_id.emplace(commit.id, &commit);
  }
  TL_CO_TRY(const std::string text, co_await RunGit(engine, std::move(ask)));
  Commit* current = nullptr;
  for (Tokens tokens(text); !tokens.done();) {
    const std::string_view token = tokens.Next();
    if (token.size() == 1) {
      const std::string_view path = tokens.Next();
      if (current) AddChange(*current, token, path, limit);
      continue;
    }
    const auto found = by_id.find(token);
    current = found == by_id.end() ? nullptr : found->second;
  }
  co_return commits;
}

net::aw<Result<Revision>> Resolve(Engine& engine, std::string git_dir, std::string name) {
  for (const std::string_view prefix : kPlaces) {
    GitCommand ask{};
    ask.git_dir = git_dir;
    ask.arguments = {"rev-parse", "--verify", "--quiet", "--end-of-options",
                     fmt::format("{}{}^{{commit}}", prefix, name)};
    const auto end = co_await StartGit(engine, std::move(ask));
    if (!end) co_return end.error();
    if (end->exit_code != 0) continue;
    Revision revision;
    revision.commit = Trim(end->out);
    if (prefix == kBranches) revision.branch = name;
    co_return revision;
  }
  co_return Error(ErrorKind::kNotFound, "there is no branch, tag or commit '{}'", name);
}

net::aw<std::optional<std::string>> MergeBase(Engine& engine, std::string git_dir, std::string a,
                                              std::string b) {
  GitCommand ask{};
  ask.git_dir = std::move(git_dir);
  ask.arguments = {"merge-base", "--end-of-options", std::move(a), std::move(b)};
  const auto found = co_await RunGit(engine, std::move(ask));
  if (!found) co_return std::nullopt;
  co_return std::string(Trim(*found));
}

net::aw<bool> IsAncestor(Engine& engine, std::string git_dir, std::string ancestor,
                         std::string descendant) {
  GitCommand ask{};
  ask.git_dir = std::move(git_dir);
  ask.arguments = {"merge-base", "--is-ancestor", "--end-of-options", std::move(ancestor),
                   std::move(descendant)};
  const auto end = co_await StartGit(engine, std::move(ask));
  co_return end && end->exit_code == 0;
}

net::aw<Result<std::vector<std::string>>> ListDifferingPaths(Engine& engine, std::string git_dir,
                                                             std::string from, std::string to) {
  GitCommand ask{};
  ask.git_dir = std::move(git_dir);
  if (from.empty()) {
    ask.arguments = {"ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options", to};
  } else {
    ask.arguments = {"diff-tree",      "-r",          "-z",
                     "--no-renames",   "--name-only", "--end-of-options",
                     from + "^{tree}", to + "^{tree}"};
  }
  TL_CO_TRY(const std::string text, co_await RunGit(engine, std::move(ask)));
  std::vector<std::string> paths;
  for (Tokens tokens(text); !tokens.done();) paths.push_back(AsUtf8(tokens.Next()));
  std::sort(paths.begin(), paths.end());
  co_return paths;
}

net::aw<Result<std::vector<FileChange>>> ListChanges(Engine& engine, std::string git_dir,
                                                     std::string from, std::string to) {
  GitCommand ask{};
  ask.git_dir = std::move(git_dir);
  ask.arguments = {"diff-tree",      "-r",          "-z",          "-M",
                   "--raw",          "--numstat",   "--no-abbrev", "--end-of-options",
                   from + "^{tree}", to + "^{tree}"};
  TL_CO_TRY(const std::string text, co_await RunGit(engine, std::move(ask)));
  std::vector<FileChange> changes;
  // First all raw lines, which start with ':', then as many lines of numbers in the same order.
  Tokens tokens(text);
  const auto raw_is_next = [&] { return !tokens.done() && tokens.Peek() == ':'; };
  while (raw_is_next()) changes.push_back(TakeRaw(tokens));
  for (FileChange& change : changes) TakeNumbers(tokens, change);
  co_return changes;
}

}  // namespace trunkline::cloud::git
