#include "cloud/services/stepfunctions/intrinsic.h"

#include <utility>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr int kDeepest = 10;
constexpr std::size_t kMostArguments = 64;
constexpr std::string_view kPrefix = "States.";

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<IntrinsicCall> ReadAll() {
    TL_TRY(IntrinsicCall call, ReadCall(1));
    Skip();
    if (at_ != text_.size()) return Fault("expected the end of the function");
    return call;
  }

 private:
  Error Fault(std::string_view what) const {
    return Error(ErrorKind::kInvalid, "{} at '{}'", what, text_.substr(at_));
  }
  void Skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t'))
      ++at_;
  }
  bool Take(char c) {
    Skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  Result<IntrinsicCall> ReadCall(int depth) {
    Skip();
    if (depth > kDeepest) return Fault("functions are nested more than 10 deep");
    if (!text_.substr(at_).starts_with(kPrefix)) return Fault("expected 'States.'");
    at_ += kPrefix.size();
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return Fault("expected '('");
    IntrinsicCall call{.name = std::string(Trim(text_.substr(at_, open - at_))), .arguments = {}};
    at_ = open + 1;
    if (!Take(')')) TL_DO(ReadArguments(call, depth));
    return CheckCount(std::move(call));
  }

  Result<void> ReadArguments(IntrinsicCall& call, int depth) {
    do {
      TL_TRY(IntrinsicArgument argument, ReadArgument(depth));
      call.arguments.push_back(std::move(argument));
      if (call.arguments.size() > kMostArguments) return Fault("too many arguments");
    } while (Take(','));
    if (!Take(')')) return Fault("expected ',' or ')'");
    return {};
  }

  Result<IntrinsicCall> CheckCount(IntrinsicCall call) const {
    const Arity arity = ArityOf(call.name);
    const int count = static_cast<int>(call.arguments.size());
    if (arity.most < 0) {
      return Error(ErrorKind::kInvalid, "the function 'States.{}' does not exist", call.name);
    }
    if (count < arity.least || count > arity.most) {
      return Error(ErrorKind::kInvalid, "the function 'States.{}' does not take {} arguments",
                   call.name, count);
    }
    return call;
  }

  Result<IntrinsicArgument> ReadArgument(int depth) {
    Skip();
    IntrinsicArgument argument;
    if (at_ >= text_.size()) return Fault("expected an argument");
    if (text_[at_] == '\'') {
      TL_TRY(argument.literal, ReadText());
    } else if (text_[at_] == '$') {
      argument.kind = IntrinsicArgument::Kind::kPath;
      argument.path = ReadPath();
      TL_DO(ParseRooted(argument.path));
    } else if (text_.substr(at_).starts_with(kPrefix)) {
      argument.kind = IntrinsicArgument::Kind::kCall;
      TL_TRY(IntrinsicCall inner, ReadCall(depth + 1));
      argument.call.push_back(std::move(inner));
    } else {
      TL_TRY(argument.literal, ReadWord());
    }
    return argument;
  }

  // Backslash escapes quotes, braces and itself; States.Format looks at the braces once more, so
  // their backslash stays.
  Result<json::Value> ReadText() {
    std::string text;
    for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        if (text_[at_] != '\'' && text_[at_] != '\\') text += '\\';
        if (text_[at_] == '\\' && at_ + 1 < text_.size() &&
            (text_[at_ + 1] == '{' || text_[at_ + 1] == '}'))
          text += '\\';
      }
      text += text_[at_];
    }
    if (at_ >= text_.size()) return Fault("expected the closing quote");
    ++at_;
    return json::Value(std::move(text));
  }

  std::string ReadPath() {
    const std::size_t start = at_;
    int depth = 0;
    char quote = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (depth > 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '[' || c == '(') {
        ++depth;
      } else if (c == ']' || (c == ')' && depth > 0)) {
        --depth;
      } else if (depth == 0 && (c == ',' || c == ')' || c == ' ')) {
        break;
      }
    }
    return std::string(text_.substr(start, at_ - start));
  }

  Result<json::Value> ReadWord() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != ')' && text_[at_] != ' ') ++at_;
    auto word = json::Parse(text_.substr(start, at_ - start));
    if (word && !word->IsString()) return word;
    at_ = start;
    return Fault("expected a text in single quotes, a number, true, false, null or a path");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

struct Evaluation {
  std::string_view text;  // the whole expression, which causes name
  const PathScope& scope;

  Failure Fault(std::string_view what) const {
    return RuntimeFailure(fmt::format("The function '{}' had the following error: {}", text, what));
  }

  Outcome<> Value(const IntrinsicArgument& argument) const {
    if (argument.kind == IntrinsicArgument::Kind::kLiteral) return argument.literal;
    if (argument.kind == IntrinsicArgument::Kind::kCall) return Call(argument.call.front());
    const auto path = ParseRooted(argument.path);
    if (!path) return Fault(path.error().message());
    TL_TRY(PathResult found, FindPath(*path, scope));
    if (found.value) return std::move(*found.value);
    return Fault(
        fmt::format("The JsonPath argument for the field '{}' could not be found in the input '{}'",
                    argument.path, json::Write(scope.input)));
  }

  Outcome<> Call(const IntrinsicCall& call) const {
    std::vector<json::Value> values;
    for (const IntrinsicArgument& argument : call.arguments) {
      TL_TRY(json::Value value, Value(argument));
      values.push_back(std::move(value));
    }
    auto result = ApplyIntrinsic(call.name, values, scope.random);
    if (result) return result;
    Failure failure = std::move(result).error();
    failure.cause = fmt::format("The function '{}' had the following error: {}", text,
                                failure.cause.value_or(""));
    return failure;
  }
};

}  // namespace

bool LooksIntrinsic(std::string_view text) {
  return text.starts_with(kPrefix);
}

Result<IntrinsicCall> ParseIntrinsic(std::string_view text) {
  return Reader(text).ReadAll();
}

Outcome<> EvaluateIntrinsic(std::string_view text, const PathScope& scope) {
  const Evaluation evaluation{.text = text, .scope = scope};
  const auto call = ParseIntrinsic(text);
  if (!call) return evaluation.Fault(call.error().message());
  return evaluation.Call(*call);
}

}  // namespace trunkline::cloud::stepfunctions
