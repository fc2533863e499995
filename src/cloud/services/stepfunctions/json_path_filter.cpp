#include "cloud/services/stepfunctions/json_path_filter.h"

#include <algorithm>
#include <array>

#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::cloud::stepfunctions {
namespace {

using Kind = PathFilter::Kind;
using Shared = std::shared_ptr<const PathFilter>;

constexpr int kDeepest = 16;
constexpr std::array<std::string_view, 6> kComparisons = {"==", "!=", "<=", ">=", "<", ">"};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Shared> ReadAll() {
    TL_TRY(Shared filter, ReadOr(0));
    Skip();
    if (at_ != text_.size()) return Fault("expected the filter's end");
    return filter;
  }

 private:
  Error Fault(std::string_view what) const {
    return Error(ErrorKind::kInvalid, "{} at '{}' in the filter '{}'", what, text_.substr(at_),
                 text_);
  }
  void Skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool Take(std::string_view token) {
    Skip();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  Result<Shared> ReadOr(int depth) { return ReadJoined(depth, "||", Kind::kOr); }

  Result<Shared> ReadJoined(int depth, std::string_view joint, Kind kind) {
    auto joined = std::make_shared<PathFilter>();
    joined->kind = kind;
    do {
      TL_TRY(Shared part,
             kind == Kind::kOr ? ReadJoined(depth, "&&", Kind::kAnd) : ReadNot(depth + 1));
      joined->parts.push_back(std::move(part));
    } while (Take(joint));
    if (joined->parts.size() == 1) return joined->parts.front();
    return Shared(std::move(joined));
  }

  Result<Shared> ReadNot(int depth) {
    if (depth > kDeepest) return Fault("the filter is nested too deeply");
    Skip();
    if (text_.substr(at_, 2) != "!=" && Take("!")) {
      auto negated = std::make_shared<PathFilter>();
      negated->kind = Kind::kNot;
      TL_TRY(Shared part, ReadNot(depth + 1));
      negated->parts.push_back(std::move(part));
      return Shared(std::move(negated));
    }
    if (Take("(")) {
      TL_TRY(Shared inner, ReadOr(depth + 1));
      if (!Take(")")) return Fault("expected ')'");
      return inner;
    }
    return ReadComparison();
  }

  Result<Shared> ReadComparison() {
    auto filter = std::make_shared<PathFilter>();
    TL_TRY(filter->left, ReadOperand());
    const auto* const comparison =
        std::ranges::find_if(kComparisons, [this](std::string_view token) { return Take(token); });
    if (comparison == kComparisons.end()) {
      if (!filter->left.path) return Fault("expected a comparison");
      return Shared(std::move(filter));
    }
    filter->kind = Kind::kCompare;
    filter->comparison = *comparison;
    TL_TRY(filter->right, ReadOperand());
    return Shared(std::move(filter));
  }

  Result<FilterOperand> ReadOperand() {
    Skip();
    if (at_ >= text_.size()) return Fault("expected a path or a literal");
    FilterOperand operand;
    const char first = text_[at_];
    if (first == '@' || first == '$') {
      operand.from_root = first == '$';
      const std::size_t start = ++at_;
      while (at_ < text_.size() && !EndsPath(start)) ++at_;
      TL_TRY(operand.path, JsonPath::Parse(text_.substr(start, at_ - start)));
      return operand;
    }
    if (first == '\'' || first == '"') return ReadText(first);
    const std::size_t start = at_;
    while (at_ < text_.size() &&
           std::string_view(" )=!<>&|").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    auto literal = json::Parse(text_.substr(start, at_ - start));
    if (!literal) return Fault("expected a path or a literal");
    operand.literal = std::move(*literal);
    return operand;
  }

  Result<FilterOperand> ReadText(char quote) {
    FilterOperand operand;
    std::string text;
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      text += text_[at_];
    }
    if (at_ >= text_.size()) return Fault("expected the closing quote");
    ++at_;
    operand.literal = std::move(text);
    return operand;
  }

  // Brackets of a path may hold anything.
  bool EndsPath(std::size_t start) {
    if (text_[at_] == '[') {
      while (at_ < text_.size() && text_[at_] != ']') ++at_;
      return at_ >= text_.size();
    }
    if (text_[at_] == '(' && at_ > start) {
      if (text_.substr(at_, 2) != "()") return true;
      ++at_;
      return false;
    }
    return std::string_view(" )=!<>&|").find(text_[at_]) != std::string_view::npos;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<json::Value> ValueOf(const FilterOperand& operand, const json::Value& item,
                                   const json::Value& root) {
  if (!operand.path) return operand.literal;
  return operand.path->Find(operand.from_root ? root : item).value;
}

bool Compare(const json::Value& left, std::string_view comparison, const json::Value& right) {
  const bool equal =
      left.IsNumber() && right.IsNumber() ? left.AsDouble() == right.AsDouble() : left == right;
  if (comparison == "==") return equal;
  if (comparison == "!=") return !equal;
  int order = 0;
  if (left.IsNumber() && right.IsNumber()) {
    order = left.AsDouble() < right.AsDouble() ? -1 : equal ? 0 : 1;
  } else if (left.IsString() && right.IsString()) {
    order = left.AsString().compare(right.AsString());
  } else {
    return false;
  }
  if (comparison == "<") return order < 0;
  if (comparison == "<=") return order <= 0;
  return comparison == ">" ? order > 0 : order >= 0;
}

}  // namespace

Result<Shared> ParseFilter(std::string_view text) {
  return Reader(text).ReadAll();
}

bool Holds(const PathFilter& filter, const json::Value& item, const json::Value& root) {
  const auto holds = [&](const Shared& part) { return Holds(*part, item, root); };
  switch (filter.kind) {
    case Kind::kOr:
      return std::ranges::any_of(filter.parts, holds);
    case Kind::kAnd:
      return std::ranges::all_of(filter.parts, holds);
    case Kind::kNot:
      return !holds(filter.parts.front());
    case Kind::kExists:
      return ValueOf(filter.left, item, root).has_value();
    case Kind::kCompare:
      break;
  }
  const auto left = ValueOf(filter.left, item, root);
  const auto right = ValueOf(filter.right, item, root);
  if (!left || !right) return filter.comparison == "!=" && left.has_value() != right.has_value();
  return Compare(*left, filter.comparison, *right);
}

}  // namespace trunkline::cloud::stepfunctions
