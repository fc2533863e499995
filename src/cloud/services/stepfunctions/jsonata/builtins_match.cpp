// $contains, $match, $replace, $split: with texts and with regular expressions.
#include <cmath>

#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/matching.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

// How many times at most: no limit when undefined.
class Limit {
 public:
  explicit Limit(const Value& value)
      : limit_(value.IsNumber() ? value.AsNumber() : std::numeric_limits<double>::infinity()) {}
  bool is_set() const { return std::isfinite(limit_); }
  bool is_negative() const { return limit_ < 0; }
  bool Allows(std::size_t count) const { return static_cast<double>(count) < limit_; }

 private:
  double limit_;
};

Outcome<Value> Contains(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view text = arguments[0].AsText();
  if (arguments[1].IsText()) {
    return Value::Bool(text.find(arguments[1].AsText()) != std::string_view::npos);
  }
  Matches matches(evaluator, arguments[1], arguments[0]);
  TL_TRY(const bool found, matches.Next());
  return Value::Bool(found);
}

Outcome<Value> Match(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const Limit limit(arguments[2]);
  if (limit.is_negative()) return Failure("D3040");
  std::vector<Value> found;
  Matches matches(evaluator, arguments[1], arguments[0]);
  while (limit.Allows(found.size())) {
    TL_TRY(const bool more, matches.Next());
    if (!more) break;
    if (found.size() > kMaxItems) return MemoryExceeded();
    const Value match = matches.Object();
    auto* object = new ObjectNode();
    found.push_back(Value::Object(object));
    object->Set("match", match.Find("match"));
    object->Set("index", match.Find("start"));
    object->Set("groups", match.Find("groups"));
  }
  return evaluator.MakeArray(std::move(found), kSequence);
}

// Takes what may be the number of a group from the start of `rest`; nullopt when "$" is just "$".
std::optional<double> GroupNumber(std::string_view& rest, std::size_t groups) {
  std::size_t digits = 1;
  for (std::size_t n = groups; n >= 10; n /= 10) ++digits;
  std::optional<double> number = ParseIntPrefix(rest.substr(0, digits));
  if (digits > 1 && number && *number > static_cast<double>(groups)) {
    number = ParseIntPrefix(rest.substr(0, digits - 1));
  }
  if (number) rest.remove_prefix(std::min(NumberText(*number).size(), rest.size()));
  return number;
}

// "$1" is what the first group captured, "$0" the match, "$$" a "$".
std::string Substitute(std::string_view replacement, const Matches& matches) {
  std::string text;
  std::string_view rest = replacement;
  for (;;) {
    const std::size_t dollar = rest.find('$');
    text.append(rest.substr(0, dollar));
    if (dollar == std::string_view::npos) return text;
    rest.remove_prefix(dollar + 1);
    if (rest.starts_with('$') || rest.starts_with('0')) {
      text.append(rest.front() == '$' ? "$" : matches.match());
      rest.remove_prefix(1);
      continue;
    }
    const std::optional<double> number = GroupNumber(rest, matches.groups().size());
    if (!number) text += '$';
    if (!number || *number < 1 || *number > static_cast<double>(matches.groups().size())) continue;
    const Value& group = matches.groups()[static_cast<std::size_t>(*number) - 1];
    if (group.IsText()) text += group.AsText();
  }
}

Outcome<std::string> ReplacementOf(Evaluator& evaluator, const Value& replacement,
                                   const Matches& matches) {
  if (replacement.IsText()) return Substitute(replacement.AsText(), matches);
  std::vector<Value> arguments;
  arguments.push_back(matches.Object());
  TL_TRY(const Value replaced, evaluator.Call(replacement, std::move(arguments)));
  if (!replaced.IsText()) return Failure("D3012").With("value", Show(replaced));
  return std::string(replaced.AsText());
}

Outcome<Value> ReplaceMatches(Evaluator& evaluator, Arguments arguments, const Limit& limit) {
  const std::string_view text = arguments[0].AsText();
  std::string result;
  std::size_t position = 0;
  Matches matches(evaluator, arguments[1], arguments[0]);
  for (std::size_t count = 0; limit.Allows(count); ++count) {
    TL_TRY(const bool more, matches.Next());
    if (!more) break;
    if (matches.start() > position) result += text.substr(position, matches.start() - position);
    TL_TRY(const std::string replaced, ReplacementOf(evaluator, arguments[2], matches));
    result += replaced;
    position = std::min(matches.start() + matches.match().size(), text.size());
    if (result.size() > kMaxTextBytes) return MemoryExceeded();
  }
  result += text.substr(position);
  return evaluator.MakeText(std::move(result));
}

Outcome<Value> Replace(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  if (arguments[1].IsText() && arguments[1].AsText().empty()) return Failure("D3010");
  const Limit limit(arguments[3]);
  if (limit.is_negative()) return Failure("D3011");
  if (!limit.Allows(0) || arguments[1].IsUndefined()) return arguments[0];
  if (!arguments[1].IsText()) return ReplaceMatches(evaluator, arguments, limit);
  std::string_view rest = arguments[0].AsText();
  const std::string_view what = arguments[1].AsText();
  TL_TRY(const std::string by, ToText(arguments[2]));
  std::string result;
  for (std::size_t count = 0; limit.Allows(count); ++count) {
    const std::size_t found = rest.find(what);
    if (found == std::string_view::npos) break;
    result.append(rest.substr(0, found)).append(by);
    if (result.size() > kMaxTextBytes) return MemoryExceeded();
    rest.remove_prefix(found + what.size());
  }
  return evaluator.MakeText(result.append(rest));
}

// JavaScript's split: an empty separator gives the single characters.
std::vector<Value> SplitAt(std::string_view text, std::string_view separator, const Limit& limit) {
  std::vector<Value> parts;
  while (limit.Allows(parts.size()) && parts.size() <= kMaxItems) {
    const std::size_t first = separator.empty() ? OffsetOfCodePoint(text, 1) : text.find(separator);
    if (separator.empty() && text.empty()) break;
    parts.push_back(Value::Text(std::string(text.substr(0, first))));
    if (first == std::string_view::npos) break;
    text.remove_prefix(first + separator.size());
  }
  return parts;
}

Outcome<Value> Split(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const Limit limit(arguments[2]);
  if (limit.is_negative()) return Failure("D3020");
  const std::string_view text = arguments[0].AsText();
  if (arguments[1].IsText()) {
    const Limit whole(limit.is_set() ? Value::Number(std::trunc(arguments[2].AsNumber()))
                                     : Value());
    return evaluator.MakeArray(SplitAt(text, arguments[1].AsText(), whole));
  }
  std::vector<Value> parts;
  std::size_t start = 0;
  if (arguments[1].IsFunction()) {
    Matches matches(evaluator, arguments[1], arguments[0]);
    while (limit.Allows(parts.size())) {
      TL_TRY(const bool more, matches.Next());
      if (!more) break;
      const std::size_t length = std::max(matches.start(), start) - start;
      parts.push_back(Value::Text(std::string(text.substr(start, length))));
      start = std::min(matches.end(), text.size());
    }
  }
  if (limit.Allows(parts.size())) parts.push_back(Value::Text(std::string(text.substr(start))));
  return evaluator.MakeArray(std::move(parts));
}

constexpr Builtin kRows[] = {
    {.name = "contains", .signature = "<s-(sf):b>", .arity = 2, .call = Contains},
    {.name = "match", .signature = "<s-f<s:o>n?:a<o>>", .arity = 3, .call = Match},
    {.name = "replace", .signature = "<s-(sf)(sf)n?:s>", .arity = 4, .call = Replace},
    {.name = "split", .signature = "<s-(sf)n?:a<s>>", .arity = 3, .call = Split},
};

}  // namespace

constinit const std::span<const Builtin> kMatchBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
