#include "cloud/services/logs/pattern_text.h"

#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "aws/pattern.h"
#include "base/text.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::size_t kLongestExpression = 256;

// "*" stands for any text: the first and last parts stand at the ends, the others between, in
// order.
bool Like(std::string_view text, std::string_view pattern) {
  const std::vector<std::string_view> parts = Split(pattern, '*');
  if (parts.size() == 1) return text == pattern;
  if (!text.starts_with(parts.front())) return false;
  text.remove_prefix(parts.front().size());
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    const std::size_t found = text.find(parts[i]);
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + parts[i].size());
  }
  return text.ends_with(parts.back());
}

bool IsOrdered(double left, std::string_view sign, double right) {
  if (sign == "<") return left < right;
  if (sign == "<=") return left <= right;
  if (sign == ">") return left > right;
  return left >= right;
}

// The next character that is not behind a backslash.
std::size_t FindBare(std::string_view text, char wanted, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == wanted) {
      return at;
    }
  }
  return std::string_view::npos;
}

bool IsNumber(const std::string& text) {
  char* stop = nullptr;
  std::strtod(text.c_str(), &stop);
  return stop != text.c_str() && *stop == '\0';
}

}  // namespace

Error WrongPattern(std::string_view expected, std::string_view rest) {
  return Error(ErrorKind::kInvalid, "Invalid filter pattern: expected {} before '{}'", expected,
               Trim(rest));
}

bool PatternText::StandsIn(std::string_view message) const {
  return expression ? expression->Matches(message) : message.find(text) != std::string_view::npos;
}

bool PatternText::IsLike(std::string_view value) const {
  return expression ? expression->Matches(value) : Like(value, text);
}

Result<PatternText> TakeExpression(std::string_view& rest) {
  const std::size_t end = FindBare(rest, '%', 1);
  if (end == std::string_view::npos) return WrongPattern("a closing %", rest.substr(1));
  const std::string_view inside = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  if (inside.empty() || inside.size() > kLongestExpression)
    return Error(ErrorKind::kInvalid,
                 "Invalid filter pattern: a regular expression has 1 to {} "
                 "characters",
                 kLongestExpression);
  if (FindBare(inside, '(', 0) != std::string_view::npos)
    return Error(ErrorKind::kInvalid, "Invalid filter pattern: groups are not supported in '{}'",
                 inside);
  // The model's patterns match whole texts.
  auto compiled = aws::Pattern::Compile(fmt::format("[\\s\\S]*(?:{})[\\s\\S]*", inside));
  if (!compiled)
    return Error(ErrorKind::kInvalid, "Invalid filter pattern: {}", compiled.error().message());
  PatternText read;
  read.text = inside;
  read.expression = std::make_shared<const aws::Pattern>(*std::move(compiled));
  return read;
}

Result<PatternText> TakeQuoted(std::string_view& rest) {
  const std::size_t end = FindBare(rest, '"', 1);
  if (end == std::string_view::npos) return WrongPattern("a closing \"", rest.substr(1));
  PatternText read;
  for (std::size_t at = 1; at < end; ++at) {
    const bool escaped = rest[at] == '\\' && (rest[at + 1] == '"' || rest[at + 1] == '\\');
    read.text += rest[escaped ? ++at : at];
  }
  rest.remove_prefix(end + 1);
  return read;
}

Result<Comparison> TakeComparison(std::string_view& rest, std::string_view ends) {
  Comparison read;
  rest = Trim(rest);
  for (const std::string_view sign : {"!=", "<=", ">=", "=", "<", ">"}) {
    if (!rest.starts_with(sign)) continue;
    read.sign = sign;
    rest.remove_prefix(sign.size());
    break;
  }
  if (read.sign.empty()) return WrongPattern("a comparison", rest);
  rest = Trim(rest);
  if (rest.starts_with('%')) {
    TL_TRY(read.operand, TakeExpression(rest));
    return read;
  }
  if (rest.starts_with('"')) {
    TL_TRY(read.operand, TakeQuoted(rest));
    return read;
  }
  const std::size_t end = rest.find_first_of(ends);
  if (end == std::string_view::npos || end == 0) return WrongPattern("a text or a number", rest);
  read.operand.text = rest.substr(0, end);
  read.operand.is_number = IsNumber(read.operand.text);
  rest.remove_prefix(end);
  return read;
}

bool Holds(const Comparison& comparison, std::string_view value, const double* number) {
  const PatternText& operand = comparison.operand;
  const double wanted = operand.is_number ? std::strtod(operand.text.c_str(), nullptr) : 0;
  if (comparison.sign != "=" && comparison.sign != "!=")
    return number && operand.is_number && IsOrdered(*number, comparison.sign, wanted);
  const bool equal = number && operand.is_number ? *number == wanted : operand.IsLike(value);
  return equal == (comparison.sign == "=");
}

}  // namespace trunkline::cloud::logs
