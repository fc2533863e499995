// Reading metric math: a recursive descent over || && comparisons + - * / ^ and unary minus.
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "cloud/services/cloudwatch/expression.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kDeepest = 40;

struct Level {
  std::string_view operators[6];
};
// Loosest first. Longer spellings stand before those they begin with.
constexpr Level kLevels[] = {
    {{"||", "OR"}}, {{"&&", "AND"}}, {{"==", "!=", "<=", ">=", "<", ">"}},
    {{"+", "-"}},   {{"*", "/"}},    {{"^"}},
};

bool IsNamePart(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<MathNode> ReadAll() {
    TL_TRY(MathNode node, ReadLevel(0));
    SkipBlanks();
    if (at_ < text_.size()) return Unexpected();
    return node;
  }

 private:
  Error Unexpected() const {
    if (at_ >= text_.size()) return Error(ErrorKind::kInvalid, "the expression ends too early");
    return Error(ErrorKind::kInvalid, "unexpected '{}' at position {}", text_.substr(at_, 10),
                 at_ + 1);
  }

  void SkipBlanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }

  bool Take(std::string_view word) {
    SkipBlanks();
    if (!text_.substr(at_).starts_with(word)) return false;
    const bool letters = IsNamePart(word.back());
    const std::size_t end = at_ + word.size();
    if (letters && end < text_.size() && IsNamePart(text_[end])) return false;
    at_ = end;
    return true;
  }

  std::string_view TakeOperator(const Level& level) {
    for (const std::string_view word : level.operators) {
      if (!word.empty() && Take(word)) return word;
    }
    return {};
  }

  Result<MathNode> ReadLevel(std::size_t level) {
    if (level == std::size(kLevels)) return ReadUnary();
    if (++depth_ > kDeepest * std::size(kLevels))
      return Error(ErrorKind::kInvalid, "the expression is nested too deeply");
    TL_TRY(MathNode left, ReadLevel(level + 1));
    while (true) {
      const std::string_view word = TakeOperator(kLevels[level]);
      if (word.empty()) break;
      TL_TRY(MathNode right, ReadLevel(level + 1));
      MathNode call{.kind = MathNode::Kind::kCall, .text = std::string(word)};
      call.arguments.push_back(std::move(left));
      call.arguments.push_back(std::move(right));
      left = std::move(call);
    }
    --depth_;
    return left;
  }

  Result<MathNode> ReadUnary() {
    if (!Take("-")) return ReadPrimary();
    if (++depth_ > kDeepest * std::size(kLevels))
      return Error(ErrorKind::kInvalid, "the expression is nested too deeply");
    TL_TRY(MathNode inner, ReadUnary());
    --depth_;
    MathNode call{.kind = MathNode::Kind::kCall, .text = "neg"};
    call.arguments.push_back(std::move(inner));
    return call;
  }

  Result<MathNode> ReadPrimary() {
    SkipBlanks();
    if (at_ >= text_.size()) return Unexpected();
    const char c = text_[at_];
    if (Take("(")) {
      TL_TRY(MathNode inner, ReadLevel(0));
      if (!Take(")")) return Unexpected();
      return inner;
    }
    if (Take("[")) {
      MathNode list{.kind = MathNode::Kind::kList};
      TL_DO(ReadArguments("]", list));
      return list;
    }
    if (c == '\'' || c == '"') return ReadText(c);
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.') return ReadNumber();
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) return ReadName();
    return Unexpected();
  }

  Result<void> ReadArguments(std::string_view end, MathNode& into) {
    if (Take(end)) return {};
    while (true) {
      TL_TRY(MathNode argument, ReadLevel(0));
      into.arguments.push_back(std::move(argument));
      if (Take(end)) return {};
      if (!Take(",")) return Unexpected();
    }
  }

  Result<MathNode> ReadText(char quote) {
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return Error(ErrorKind::kInvalid, "a text does not end");
    MathNode node{.kind = MathNode::Kind::kText,
                  .text = std::string(text_.substr(at_ + 1, end - at_ - 1))};
    at_ = end + 1;
    return node;
  }

  Result<MathNode> ReadNumber() {
    MathNode node;
    const char* const start = text_.data() + at_;
    const auto [end, error] = std::from_chars(start, text_.data() + text_.size(), node.number);
    if (error != std::errc()) return Unexpected();
    at_ += static_cast<std::size_t>(end - start);
    return node;
  }

  Result<MathNode> ReadName() {
    const std::size_t start = at_;
    while (at_ < text_.size() && IsNamePart(text_[at_])) ++at_;
    MathNode node{.kind = MathNode::Kind::kName,
                  .text = std::string(text_.substr(start, at_ - start))};
    if (!Take("(")) return node;
    node.kind = MathNode::Kind::kCall;
    TL_DO(ReadArguments(")", node));
    return node;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

Result<MathNode> ReadExpression(std::string_view text) {
  return Reader(text).ReadAll();
}

void CollectNames(const MathNode& node, std::vector<std::string>& names) {
  if (node.kind == MathNode::Kind::kName && node.text != "REPEAT" && node.text != "LINEAR")
    names.push_back(node.text);
  if (node.kind == MathNode::Kind::kCall && node.text == "METRICS") names.emplace_back("*");
  for (const MathNode& argument : node.arguments) CollectNames(argument, names);
}

}  // namespace trunkline::cloud::cloudwatch
