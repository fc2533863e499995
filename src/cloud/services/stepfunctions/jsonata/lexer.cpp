#include "cloud/services/stepfunctions/jsonata/lexer.h"

#include <algorithm>
#include <cmath>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::string_view kBlanks = " \t\n\r\v";
constexpr std::string_view kOperatorCharacters = ".[]{}(),@#;:?+-*/%|=<>^&!~";
constexpr std::string_view kDoubleOperators[] = {"..", ":=", "!=", ">=", "<=", "**", "~>"};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// The length of the JSON number at the start of `text`, 0 when there is none.
std::size_t NumberLength(std::string_view text) {
  const auto digits = [&](std::size_t from) {
    while (from < text.size() && IsDigit(text[from])) ++from;
    return from;
  };
  if (text.empty() || !IsDigit(text.front())) return 0;
  std::size_t end = text.front() == '0' ? 1 : digits(0);
  if (end + 1 < text.size() && text[end] == '.' && IsDigit(text[end + 1])) end = digits(end + 1);
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    const bool sign = end + 1 < text.size() && (text[end + 1] == '+' || text[end + 1] == '-');
    const std::size_t start = end + (sign ? 2 : 1);
    if (start < text.size() && IsDigit(text[start])) end = digits(start);
  }
  return end;
}

// "\ud83d\ude00" is one character.
void AppendUnit(std::string& value, char32_t unit) {
  if (unit >= 0xDC00 && unit <= 0xDFFF && value.size() >= 3) {
    std::size_t at = value.size() - 3;
    const char32_t before = NextCodePoint(value, at);
    if (at == value.size() && before >= 0xD800 && before <= 0xDBFF) {
      value.resize(value.size() - 3);
      unit = 0x10000 + ((before - 0xD800) << 10U) + (unit - 0xDC00);
    }
  }
  AppendCodePoint(value, unit);
}

}  // namespace

char Lexer::Peek(std::size_t ahead) const {
  return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
}

Token Lexer::Make(Token::Type type, std::string text) const {
  return {.type = type, .text = std::move(text), .number = 0, .regex = nullptr, .position = at_};
}

Outcome<void> Lexer::SkipBlanksAndComments() {
  for (;;) {
    at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
    if (Peek() != '/' || Peek(1) != '*') return {};
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) return Failure("S0106").At(at_);
    at_ = end + 2;
  }
}

Outcome<Token> Lexer::Next(bool after_operand) {
  TL_DO(SkipBlanksAndComments());
  if (at_ >= text_.size()) return Make(Token::Type::kEnd, "");
  const char c = Peek();
  if (c == '/' && !after_operand) return ReadRegex();
  for (const std::string_view operation : kDoubleOperators) {
    if (!text_.substr(at_).starts_with(operation)) continue;
    at_ += 2;
    return Make(Token::Type::kOperator, std::string(operation));
  }
  if (kOperatorCharacters.find(c) != std::string_view::npos) {
    ++at_;
    return Make(Token::Type::kOperator, std::string{c});
  }
  if (c == '"' || c == '\'') return ReadString(c);
  if (IsDigit(c)) return ReadNumber();
  return c == '`' ? ReadQuotedName() : Outcome<Token>(ReadName());
}

Outcome<Token> Lexer::ReadRegex() {
  const std::size_t start = ++at_;
  int depth = 0;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    std::size_t backslashes = 0;
    while (backslashes < at_ && text_[at_ - 1 - backslashes] == '\\') ++backslashes;
    if (c == '/' && depth == 0 && backslashes % 2 == 0) break;
    const bool escaped = backslashes > 0;
    if ((c == '(' || c == '[' || c == '{') && !escaped) ++depth;
    if ((c == ')' || c == ']' || c == '}') && !escaped) --depth;
  }
  if (at_ >= text_.size()) return Failure("S0302").At(at_);
  const std::string_view pattern = text_.substr(start, at_ - start);
  if (pattern.empty()) return Failure("S0301").At(at_);
  ++at_;
  RegexFlags flags;
  for (; Peek() == 'i' || Peek() == 'm'; ++at_) {
    (Peek() == 'i' ? flags.ignore_case : flags.multiline) = true;
  }
  Token token = Make(Token::Type::kRegex, "");
  TL_TRY(token.regex, Regex::Compile(pattern, flags));
  return token;
}

Outcome<Token> Lexer::ReadString(char quote) {
  std::string value;
  for (++at_; at_ < text_.size(); ++at_) {
    if (Peek() == quote) {
      ++at_;
      return Make(Token::Type::kString, std::move(value));
    }
    if (Peek() == '\\') {
      ++at_;
      TL_DO(ReadEscape(value));
    } else {
      value += Peek();
    }
  }
  return Failure("S0101").At(at_);
}

Outcome<void> Lexer::ReadEscape(std::string& value) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t which = at_ < text_.size() ? kLetters.find(Peek()) : std::string_view::npos;
  if (which != std::string_view::npos) {
    value += kMeanings[which];
    return {};
  }
  if (Peek() != 'u') {
    std::size_t end = at_;
    if (end < text_.size()) NextCodePoint(text_, end);
    return Failure("S0103").At(at_).Naming(text_.substr(at_, end - at_));
  }
  const std::string_view digits = text_.substr(at_ + 1, 4);
  if (digits.size() < 4 ||
      digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) {
    return Failure("S0104").At(at_);
  }
  AppendUnit(value, static_cast<char32_t>(std::stoul(std::string(digits), nullptr, 16)));
  at_ += 4;
  return {};
}

Outcome<Token> Lexer::ReadNumber() {
  const std::string_view digits = text_.substr(at_, NumberLength(text_.substr(at_)));
  const double number = jsonata::ReadNumber(digits);
  if (!std::isfinite(number)) return Failure("S0102").At(at_).Naming(digits);
  at_ += digits.size();
  Token token = Make(Token::Type::kNumber, NumberText(number));
  token.number = number;
  return token;
}

Outcome<Token> Lexer::ReadQuotedName() {
  const std::size_t start = at_ + 1;
  const std::size_t end = text_.find('`', start);
  if (end == std::string_view::npos) return Failure("S0105").At(text_.size());
  at_ = end + 1;
  return Make(Token::Type::kName, std::string(text_.substr(start, end - start)));
}

Token Lexer::ReadName() {
  const auto ends = [](char c) {
    return kBlanks.find(c) != std::string_view::npos ||
           kOperatorCharacters.find(c) != std::string_view::npos;
  };
  const std::size_t start = at_;
  while (at_ < text_.size() && !ends(text_[at_])) ++at_;
  std::string name(text_.substr(start, at_ - start));
  if (name.starts_with('$')) return Make(Token::Type::kVariable, name.substr(1));
  if (name == "or" || name == "in" || name == "and") return Make(Token::Type::kOperator, name);
  const bool is_word = name == "true" || name == "false" || name == "null";
  return Make(is_word ? Token::Type::kWord : Token::Type::kName, std::move(name));
}

}  // namespace trunkline::cloud::jsonata
