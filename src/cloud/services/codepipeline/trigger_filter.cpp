#include "cloud/services/codepipeline/trigger_filter.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "aws/pattern.h"

namespace trunkline::cloud::codepipeline {
namespace {

// Writes a glob as a regular expression, which is matched in linear time.
class GlobWriter {
 public:
  explicit GlobWriter(std::string_view glob) : glob_(glob) {}

  std::string Write() {
    for (; at_ < glob_.size(); ++at_) WriteOne();
    return std::move(expression_);
  }

 private:
  void WriteOne() {
    const char c = glob_[at_];
    if (c == '*') return WriteStar();
    if (c == '?') return Add("[^/]");
    if (c == '{') return Open();
    if (c == '}' && depth_ > 0) return Close();
    if (c == ',' && depth_ > 0) return Add("|");
    if (c == '[') return WriteClass();
    if (c == '\\' && at_ + 1 < glob_.size()) return WriteLiteral(glob_[++at_]);
    WriteLiteral(c);
  }
  void WriteStar() {
    const bool two = at_ + 1 < glob_.size() && glob_[at_ + 1] == '*';
    if (two) ++at_;
    Add(two ? "[\\s\\S]*" : "[^/]*");
  }
  void WriteClass() {
    const std::size_t end = glob_.find(']', at_ + 2);
    if (end == std::string_view::npos) return WriteLiteral('[');
    std::string_view inner = glob_.substr(at_ + 1, end - at_ - 1);
    Add("[");
    if (inner.starts_with('!')) {
      Add("^");
      inner.remove_prefix(1);
    }
    for (const char c : inner) {
      if (c == '\\' || c == '[' || c == '^') Add("\\");
      expression_ += c;
    }
    Add("]");
    at_ = end;
  }
  void WriteLiteral(char c) {
    static constexpr std::string_view kSpecial = "\\^$.|?*+()[]{}";
    if (kSpecial.find(c) != std::string_view::npos) expression_ += '\\';
    expression_ += c;
  }
  void Open() {
    ++depth_;
    Add("(");
  }
  void Close() {
    --depth_;
    Add(")");
  }
  void Add(std::string_view text) { expression_ += text; }

  std::string_view glob_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string expression_;
};

// The patterns of one list, read once for many texts.
class Globs {
 public:
  explicit Globs(const json::Array& patterns) {
    for (const json::Value& pattern : patterns) {
      auto compiled = aws::Pattern::Compile(GlobWriter(pattern.AsString()).Write());
      if (compiled) patterns_.push_back(std::move(*compiled));
    }
    given_ = !patterns.empty();
  }
  bool given() const { return given_; }
  bool Match(std::string_view text) const {
    return std::ranges::any_of(patterns_,
                               [&](const aws::Pattern& one) { return one.Matches(text); });
  }

 private:
  std::vector<aws::Pattern> patterns_;
  bool given_ = false;
};

bool NameIncluded(const json::Object& criteria, std::string_view name) {
  const std::string one(name);
  return AnyIncluded(criteria, {&one, 1});
}

bool FilterHolds(const json::Object& filter, const Pushed& push) {
  if (filter.Has("tags"))
    return !push.tag.empty() && NameIncluded(filter.GetObject("tags"), push.tag);
  if (filter.Has("branches") || filter.Has("filePaths")) {
    if (push.branch.empty()) return false;
    if (!NameIncluded(filter.GetObject("branches"), push.branch)) return false;
  }
  if (!filter.Has("filePaths") || !push.files_complete) return true;
  return AnyIncluded(filter.GetObject("filePaths"), push.files);
}

}  // namespace

bool MatchesGlob(std::string_view pattern, std::string_view text) {
  const auto compiled = aws::Pattern::Compile(GlobWriter(pattern).Write());
  return compiled && compiled->Matches(text);
}

bool AnyIncluded(const json::Object& criteria, std::span<const std::string> texts) {
  const Globs includes(criteria.GetArray("includes"));
  const Globs excludes(criteria.GetArray("excludes"));
  return std::ranges::any_of(texts, [&](const std::string& text) {
    return (!includes.given() || includes.Match(text)) && !excludes.Match(text);
  });
}

bool StartsOnPush(const json::Object& configuration, std::string_view default_branch,
                  const Pushed& push) {
  const json::Array& filters = configuration.GetArray("push");
  if (filters.empty()) {
    const bool none = configuration.GetArray("pullRequest").empty();
    return none && !push.branch.empty() && push.branch == default_branch;
  }
  return std::ranges::any_of(
      filters, [&](const json::Value& filter) { return FilterHolds(filter.AsObject(), push); });
}

}  // namespace trunkline::cloud::codepipeline
