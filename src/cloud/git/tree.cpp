#include "cloud/git/tree.h"

#include <utility>

#include "base/text.h"
#include "cloud/git/program.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::string_view kExecutable = "100755";
constexpr std::string_view kLink = "120000";

struct Listed {
  std::vector<ZipEntry> entries;   // without bytes
  std::vector<std::string> blobs;  // of the same places
  std::uint64_t bytes = 0;
};

// "<mode> <type> <id> <size>" TAB path; the size is padded with blanks.
Result<void> AddLine(std::string_view line, Listed& listed) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return {};
  std::vector<std::string_view> fields;
  for (const std::string_view field : Split(line.substr(0, tab), ' '))
    if (!field.empty()) fields.push_back(field);
  if (fields.size() != 4 || fields[1] != "blob") return {};  // a submodule
  const std::string_view path = line.substr(tab + 1);
  for (const std::string_view part : Split(path, '/')) {
    if (part == ".." || EqualsIgnoreCase(part, ".git"))
      return Error(ErrorKind::kInvalid, "the commit has a file '{}', which is not unpacked", path);
  }
  const bool link = fields[0] == kLink;
  const int mode = link ? 0777 : fields[0] == kExecutable ? 0755 : 0644;
  listed.entries.push_back({.name = std::string(path), .bytes = {}, .mode = mode, .link = link});
  listed.blobs.emplace_back(fields[2]);
  listed.bytes += static_cast<std::uint64_t>(ToInt(fields[3]).value_or(0));
  return {};
}

Result<Listed> ReadList(std::string_view text) {
  Listed listed;
  for (const std::string_view line : Split(text, '\0')) TL_DO(AddLine(line, listed));
  if (listed.bytes > kMaxTreeBytes) {
    return Error(ErrorKind::kInvalid, "the commit has {} MB of files: at most {} MB are taken",
                 listed.bytes >> 20U, kMaxTreeBytes >> 20U);
  }
  return listed;
}

// "<id> blob <size>" LF, the bytes, LF; in the order asked.
Result<void> Fill(std::string_view text, std::vector<ZipEntry>& entries) {
  const Error damaged(ErrorKind::kInvalid, "the repository is damaged: git cannot read its files");
  for (ZipEntry& entry : entries) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return damaged;
    const std::vector<std::string_view> head = Split(text.substr(0, end), ' ');
    const auto size = head.size() == 3 ? ToInt(head[2]) : std::nullopt;
    text.remove_prefix(end + 1);
    if (!size || *size < 0 || text.size() <= static_cast<std::size_t>(*size)) return damaged;
    entry.bytes = text.substr(0, static_cast<std::size_t>(*size));
    text.remove_prefix(static_cast<std::size_t>(*size) + 1);
  }
  return {};
}

}  // namespace

net::aw<Result<std::vector<ZipEntry>>> ReadTree(Engine& engine, std::string git_dir,
                                                std::string commit) {
  GitCommand list{};
  list.git_dir = git_dir;
  list.arguments = {"ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", commit};
  TL_CO_TRY(const std::string names, co_await RunGit(engine, std::move(list)));
  TL_CO_TRY(Listed listed, ReadList(names));
  GitCommand read{};
  read.git_dir = git_dir;
  read.arguments = {"cat-file", "--batch", "--buffer"};
  read.input = Join(listed.blobs, "\n") + "\n";
  constexpr std::uint64_t kHeads = 64U << 20U;  // the lines between the files
  read.output = kMaxTreeBytes + kHeads;
  if (listed.blobs.empty()) co_return std::vector<ZipEntry>();
  TL_CO_TRY(const std::string contents, co_await RunGit(engine, std::move(read)));
  TL_CO_DO(Fill(contents, listed.entries));
  co_return std::move(listed.entries);
}

}  // namespace trunkline::cloud::git
