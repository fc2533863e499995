#include "functions/router_push.h"

#include <algorithm>

#include "base/clock.h"
#include "base/hash.h"
#include "base/text.h"

namespace trunkline::functions::router {
namespace {

constexpr std::size_t kMaxCommits = 2048;
constexpr std::size_t kMaxPaths = 3000;

bool IsCommit(std::string_view id) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return (id.size() == 40 || id.size() == 64) && std::ranges::all_of(id, hex);
}

bool IsZero(std::string_view id) {
  return id.find_first_not_of('0') == std::string_view::npos;
}

Error Expected(std::string_view member, std::string_view what, const json::Value* got) {
  return Error(ErrorKind::kInvalid, "expected '{}' to be {} but got {}", member, what,
               got == nullptr ? "nothing" : got->TypeName());
}

Result<std::string> ReadText(const json::Object& object, std::string_view member) {
  const json::Value* value = object.Find(member);
  if (value != nullptr && value->IsString()) return value->AsString();
  return Expected(member, "a text", value);
}

Result<std::string> ReadCommit(const json::Object& payload, std::string_view member) {
  TL_TRY(std::string id, ReadText(payload, member));
  if (IsCommit(id)) return id;
  return Error(ErrorKind::kInvalid, "expected '{}' to be a commit of 40 hexadecimal digits",
               member);
}

// The paths of one commit; how many.
Result<std::size_t> AddPaths(const json::Object& commit, Tops& tops) {
  std::size_t count = 0;
  for (const std::string_view list : {"added", "removed", "modified"}) {
    const json::Value* paths = commit.Find(list);
    if (paths == nullptr || paths->IsNull()) continue;
    if (!paths->IsArray()) return Expected(list, "a list of paths", paths);
    count += paths->AsArray().size();
    for (const json::Value& path : paths->AsArray()) {
      if (!path.IsString()) return Expected(list, "a list of paths", &path);
      tops.insert(TopOf(path.AsString()));
    }
  }
  return count;
}

Result<void> ReadCommits(const json::Object& payload, Push& push) {
  const json::Value* commits = payload.Find("commits");
  if (commits == nullptr || !commits->IsArray()) return Expected("commits", "a list", commits);
  const json::Array& list = commits->AsArray();
  if (list.size() >= kMaxCommits)
    push.incomplete = fmt::format("the push has {} commits or more", kMaxCommits);
  if (list.empty() && push.before != push.after) push.incomplete = "the push names no commits";
  for (const json::Value& commit : list) {
    if (!commit.IsObject()) return Expected("commits", "a list of commits", &commit);
    TL_TRY(const std::size_t count, AddPaths(commit.AsObject(), push.tops));
    const std::string_view id = commit.AsObject().GetString("id").substr(0, 12);
    if (count >= kMaxPaths)
      push.incomplete = fmt::format("commit {} has {} paths or more", id, kMaxPaths);
    // An empty commit, or a merge whose own changes are not told.
    if (count == 0) push.incomplete = fmt::format("commit {} names no paths", id);
  }
  if (push.forced) push.incomplete = "the push was forced";
  return {};
}

// GitHub writes a number here, its API a text.
std::int64_t SecondsOf(const json::Value* time) {
  if (time == nullptr) return 0;
  if (time->IsNumber()) return std::max<std::int64_t>(0, time->AsInt());
  if (!time->IsString()) return 0;
  const auto point = ParseIso8601(time->AsString());
  if (!point) return 0;
  return std::chrono::floor<std::chrono::seconds>(*point).time_since_epoch().count();
}

}  // namespace

std::string TopOf(std::string_view path) {
  const std::size_t slash = path.find('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(0, slash + 1));
}

std::string_view Push::branch() const {
  constexpr std::string_view kBranches = "refs/heads/";
  return ref.starts_with(kBranches) ? std::string_view(ref).substr(kBranches.size())
                                    : std::string_view();
}

Result<Push> ReadPush(const json::Object& payload) {
  Push push;
  const json::Object& repository = payload.GetObject("repository");
  TL_TRY(push.repository, ReadText(repository, "full_name"));
  TL_TRY(push.ref, ReadText(payload, "ref"));
  TL_TRY(push.before, ReadCommit(payload, "before"));
  TL_TRY(push.after, ReadCommit(payload, "after"));
  push.created = IsZero(push.before);
  push.deleted = IsZero(push.after);
  push.forced = payload.GetBool("forced") && !push.created;
  push.pushed = SecondsOf(repository.Find("pushed_at"));
  push.committed = SecondsOf(payload.GetObject("head_commit").Find("timestamp"));
  if (!push.deleted && !push.branch().empty()) TL_DO(ReadCommits(payload, push));
  return push;
}

std::string KeyOf(const Push& push) {
  const std::string facts = fmt::format("{}\n{}\n{}\n{}\n{}", ToLower(push.repository), push.ref,
                                        push.before, push.after, push.pushed);
  return ToHex(Sha256(facts));
}

}  // namespace trunkline::functions::router
