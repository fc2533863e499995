#include "cloud/services/cloudwatch/rule.h"

#include <algorithm>
#include <cctype>

#include "cloud/services/cloudwatch/alarms.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kDeepest = 50;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<RuleNode> ReadAll() {
    TL_TRY(RuleNode rule, ReadOr());
    SkipBlanks();
    if (at_ < text_.size()) return Unexpected();
    return rule;
  }

 private:
  Error Unexpected() const {
    if (at_ >= text_.size()) return Error(ErrorKind::kInvalid, "it ends too early");
    return Error(ErrorKind::kInvalid, "unexpected '{}' at position {}", text_.substr(at_, 10),
                 at_ + 1);
  }

  void SkipBlanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }

  bool TakeWord(std::string_view word) {
    SkipBlanks();
    if (!text_.substr(at_).starts_with(word)) return false;
    const std::size_t end = at_ + word.size();
    if (end < text_.size() &&
        (std::isalnum(static_cast<unsigned char>(text_[end])) != 0 || text_[end] == '_'))
      return false;
    at_ = end;
    return true;
  }

  bool TakeMark(char mark) {
    SkipBlanks();
    if (at_ >= text_.size() || text_[at_] != mark) return false;
    ++at_;
    return true;
  }

  Result<RuleNode> ReadOr() {
    if (++depth_ > kDeepest) return Error(ErrorKind::kInvalid, "it is nested too deeply");
    RuleNode node{.kind = RuleNode::Kind::kOr};
    do {
      TL_TRY(RuleNode part, ReadAnd());
      node.parts.push_back(std::move(part));
    } while (TakeWord("OR"));
    --depth_;
    if (node.parts.size() > 1) return node;
    RuleNode only = std::move(node.parts.front());
    return only;
  }

  Result<RuleNode> ReadAnd() {
    RuleNode node{.kind = RuleNode::Kind::kAnd};
    do {
      TL_TRY(RuleNode part, ReadNot());
      node.parts.push_back(std::move(part));
    } while (TakeWord("AND"));
    if (node.parts.size() > 1) return node;
    RuleNode only = std::move(node.parts.front());
    return only;
  }

  Result<RuleNode> ReadNot() {
    std::size_t negations = 0;
    while (TakeWord("NOT")) ++negations;
    TL_TRY(RuleNode inner, ReadPart());
    if (negations % 2 == 0) return inner;
    RuleNode node{.kind = RuleNode::Kind::kNot};
    node.parts.push_back(std::move(inner));
    return node;
  }

  Result<RuleNode> ReadPart() {
    if (TakeMark('(')) {
      TL_TRY(RuleNode inner, ReadOr());
      if (!TakeMark(')')) return Unexpected();
      return inner;
    }
    if (TakeWord("TRUE")) return RuleNode{.kind = RuleNode::Kind::kTrue};
    if (TakeWord("FALSE")) return RuleNode{.kind = RuleNode::Kind::kFalse};
    for (const std::string_view state : {"ALARM", "OK", "INSUFFICIENT_DATA"}) {
      if (TakeWord(state)) return ReadState(state);
    }
    return Unexpected();
  }

  Result<RuleNode> ReadState(std::string_view state) {
    if (!TakeMark('(')) return Unexpected();
    SkipBlanks();
    const bool quoted = at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'');
    const char end_mark = quoted ? text_[at_++] : ')';
    const std::size_t end = text_.find(end_mark, at_);
    if (end == std::string_view::npos) return Error(ErrorKind::kInvalid, "it ends too early");
    std::string_view name = text_.substr(at_, end - at_);
    while (!quoted && name.ends_with(' ')) name.remove_suffix(1);
    at_ = end + (quoted ? 1 : 0);
    if (name.empty() || !TakeMark(')')) return Unexpected();
    return RuleNode{
        .kind = RuleNode::Kind::kState, .state = std::string(state), .alarm = AlarmNameOf(name)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

Result<RuleNode> ReadRule(std::string_view text) {
  return Reader(text).ReadAll();
}

void CollectAlarms(const RuleNode& rule, std::vector<std::string>& names) {
  if (rule.kind == RuleNode::Kind::kState) names.push_back(rule.alarm);
  for (const RuleNode& part : rule.parts) CollectAlarms(part, names);
}

bool Holds(const RuleNode& rule,
           const std::function<std::string_view(const std::string& alarm)>& state_of) {
  const auto holds = [&](const RuleNode& part) { return Holds(part, state_of); };
  switch (rule.kind) {
    case RuleNode::Kind::kTrue:
      return true;
    case RuleNode::Kind::kFalse:
      return false;
    case RuleNode::Kind::kState:
      return state_of(rule.alarm) == rule.state;
    case RuleNode::Kind::kNot:
      return !holds(rule.parts.front());
    case RuleNode::Kind::kAnd:
      return std::ranges::all_of(rule.parts, holds);
    case RuleNode::Kind::kOr:
      return std::ranges::any_of(rule.parts, holds);
  }
  return false;
}

}  // namespace trunkline::cloud::cloudwatch
