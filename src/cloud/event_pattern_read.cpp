// Reading event patterns: what is wrong is said in the words of the services, with the place at
// which their reader stood (seen in recordings, and in the library that both are known to use).
#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/cidr.h"
#include "cloud/event_pattern.h"
#include "cloud/event_pattern_tokens.h"
#include "cloud/event_pattern_wildcards.h"

namespace trunkline::cloud {
namespace {

using Token = PatternToken;

constexpr std::string_view kOr = "$or";
constexpr std::string_view kOnlyOneKey = "Only one key allowed in match expression";
constexpr std::string_view kTooManyElements = "Too many elements in numeric expression";

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

class PatternReader {
 public:
  PatternReader(std::string_view text, PatternDialect dialect) : tokens_(text), dialect_(dialect) {}

  std::optional<json::Object> Read() {
    if (Next() != Token::kObject) {
      Complain("Filter is not an object");
      return std::nullopt;
    }
    json::Object pattern;
    if (!ReadObject(pattern, false)) return std::nullopt;
    return pattern;
  }
  const std::string& problem() const { return problem_; }

 private:
  Token Next() {
    const Token token = tokens_.Next();
    if (token == Token::kFault && problem_.empty()) {
      problem_ =
          dialect_ == PatternDialect::kFilterPolicies
              ? fmt::format("failed to parse JSON. {}{}", tokens_.fault(), tokens_.HiddenPlace())
              : tokens_.fault() + tokens_.Place();
    }
    return token;
  }

  // The first complaint counts. False, so that a reader can return it.
  bool Complain(std::string_view what) {
    if (problem_.empty()) problem_ = fmt::format("{}{}", what, tokens_.Place());
    return false;
  }
  bool ComplainWithoutPlace(std::string_view what) {
    if (problem_.empty()) problem_ = what;
    return false;
  }
  // In lists of anything-but the place is said twice.
  bool ComplainTwice(std::string_view what) {
    if (problem_.empty()) problem_ = fmt::format("{}{}{}", what, tokens_.Place(), tokens_.Place());
    return false;
  }
  bool Ends(std::string_view otherwise) {
    return Next() == Token::kEndObject || Complain(otherwise);
  }

  bool ReadObject(json::Object& pattern, bool within_or) {
    bool empty = true;
    for (Token token = Next(); token != Token::kEndObject; token = Next()) {
      if (token == Token::kFault) return false;
      empty = false;
      const std::string name = tokens_.Text();
      if (name == kOr ? !ReadOr(pattern) : !ReadMember(name, pattern, within_or)) return false;
    }
    return !empty || Complain("Empty objects are not allowed");
  }

  bool ReadMember(const std::string& name, json::Object& pattern, bool within_or) {
    if (within_or && IsOneOf(name, {"exactly", "prefix", "suffix", "numeric", "anything-but",
                                    "exists", "cidr", "equals-ignore-case", "wildcard"})) {
      return Complain(
          fmt::format("{} is Ruler reserved fieldName which cannot be used inside $or.", name));
    }
    const Token token = Next();
    if (token == Token::kObject) {
      json::Object inner = pattern.GetObject(name);  // said twice, both count
      if (!ReadObject(inner, within_or)) return false;
      pattern.Set(name, std::move(inner));
      return true;
    }
    if (token != Token::kArray)
      return Complain(fmt::format("\"{}\" must be an object or an array", name));
    json::Array values;
    if (!ReadValues(values)) return false;
    pattern.Set(name, std::move(values));
    return true;
  }

  bool ReadOr(json::Object& pattern) {
    if (Next() != Token::kArray) return Complain("It must be an Array followed with $or.");
    json::Array alternatives;
    for (Token token = Next(); token != Token::kEndArray; token = Next()) {
      if (token != Token::kObject)
        return Complain("Only JSON object is allowed in array of $or relationship.");
      json::Object alternative;
      if (!ReadObject(alternative, true)) return false;
      alternatives.push_back(std::move(alternative));
    }
    if (alternatives.size() < 2)
      return Complain("There must have at least 2 Objects in $or relationship.");
    pattern.Set(kOr, std::move(alternatives));
    return true;
  }

  bool ReadValues(json::Array& values) {
    for (Token token = Next(); token != Token::kEndArray; token = Next()) {
      if (token == Token::kObject) {
        json::Object test;
        if (!ReadTest(test)) return false;
        values.push_back(std::move(test));
      } else if (token == Token::kArray || token == Token::kFault) {
        return Complain("Match value must be String, number, true, false, or null");
      } else {
        values.push_back(tokens_.Value());
      }
    }
    return !values.empty() || Complain("Empty arrays are not allowed");
  }

  // ---- tests: {"prefix": "a"}

  bool ReadTest(json::Object& test) {
    if (Next() != Token::kName) return Complain("Match expression name not found");
    const std::string name = tokens_.Text();
    if (name == "numeric") return ReadNumeric(test);
    if (name == "anything-but") return ReadAnythingBut(test);
    if (name == "exists") return ReadExists(test);
    if (name == "prefix" || name == "suffix") return ReadPart(name, test);
    if (IsOneOf(name, {"exactly", "cidr", "equals-ignore-case", "wildcard"}))
      return ReadText(name, test);
    return Complain(fmt::format("Unrecognized match type {}", name));
  }

  bool ReadText(const std::string& name, json::Object& test) {
    // Of addresses it is said, too, that they are prefixes.
    const std::string_view called = name == "cidr"      ? "prefix"
                                    : name == "exactly" ? std::string_view("exact")
                                                        : name;
    if (Next() != Token::kText)
      return Complain(fmt::format("{} match pattern must be a string", called));
    const std::string text = tokens_.Text();
    if (name == "cidr" && !CheckCidr(text)) return false;
    if (name == "wildcard" && !CheckWildcard(text)) return false;
    test.Set(name, text);
    return Ends(kOnlyOneKey);
  }

  // "prefix" and "suffix": a text, or one in any case.
  bool ReadPart(const std::string& name, json::Object& test) {
    const Token token = Next();
    if (token == Token::kText) {
      test.Set(name, tokens_.Text());
      return Ends(kOnlyOneKey);
    }
    if (token != Token::kObject)
      return Complain(fmt::format("{} match pattern must be a string", name));
    const std::string_view title = name == "prefix" ? "Prefix" : "Suffix";
    if (Next() != Token::kName) return Complain(fmt::format("{} expression name not found", title));
    const std::string inner = tokens_.Text();
    if (inner != "equals-ignore-case")
      return Complain(fmt::format("Unsupported {} pattern: {}", name, inner));
    if (Next() != Token::kText)
      return Complain("equals-ignore-case match pattern must be a string");
    test.Set(name, json::Object{{inner, tokens_.Text()}});
    return Ends(kOnlyOneKey) && Ends(kOnlyOneKey);
  }

  bool ReadExists(json::Object& test) {
    const Token token = Next();
    if (token != Token::kTrue && token != Token::kFalse)
      return Complain("exists match pattern must be either true or false.");
    test.Set("exists", token == Token::kTrue);
    return Ends(kOnlyOneKey);
  }

  bool CheckCidr(std::string_view text) {
    const auto parts = Split(text, '/');
    if (parts.size() != 2) return ComplainWithoutPlace("Malformed CIDR, one '/' required");
    const auto bits = ToInt(parts[1]);
    if (!bits) return ComplainWithoutPlace("Malformed CIDR, mask bits must be an integer");
    if (*bits < 0) return ComplainWithoutPlace("Malformed CIDR, mask bits must not be negative");
    if (!IsCidr(fmt::format("{}/0", parts[0])))
      return ComplainWithoutPlace(fmt::format("Nonstandard IP address: {}", parts[0]));
    if (IsCidr(text)) return true;
    return ComplainWithoutPlace(parts[0].find(':') == std::string_view::npos
                                    ? "IPv4 mask bits must be < 32"
                                    : "IPv6 mask bits must be < 128");
  }

  bool CheckWildcard(std::string_view text) {
    if (const auto problem = FindWildcardProblem(text); !problem.empty()) return Complain(problem);
    if (!HasTooManyWildcards(text)) return true;
    return ComplainWithoutPlace(
        "Rule is too complex - try using fewer wildcard characters or fewer repeating character "
        "sequences after a wildcard character");
  }

  // ---- anything-but

  bool ReadAnythingBut(json::Object& test) {
    Token token = Next();
    std::string kind;
    if (token == Token::kObject) {
      if (Next() != Token::kName) return Complain("Anything-But expression name not found");
      kind = tokens_.Text();
      const bool known =
          dialect_ == PatternDialect::kFilterPolicies
              ? IsOneOf(kind, {"prefix", "equals-ignore-case"})
              : IsOneOf(kind, {"prefix", "suffix", "equals-ignore-case", "wildcard"});
      if (!known) return Complain(fmt::format("Unsupported anything-but pattern: {}", kind));
      token = Next();
    }
    const bool policy_prefix =
        dialect_ == PatternDialect::kFilterPolicies && kind == "prefix" && token != Token::kText;
    if (policy_prefix) return Complain("prefix match pattern must be a string");
    if (token != Token::kArray && token != Token::kText && token != Token::kNumber)
      return Complain("Value of anything-but must be an array or single string/number value.");
    json::Value wanted;
    if (token == Token::kArray) {
      json::Array list;
      if (!ReadExcluded(kind, list)) return false;
      wanted = std::move(list);
    } else {
      if (!CheckExcluded(kind, token, false)) return false;
      wanted = tokens_.Value();
    }
    if (!Ends(kTooManyElements)) return false;
    if (!kind.empty()) {
      if (!Ends(kTooManyElements)) return false;
      json::Object inner;
      inner.Set(kind, std::move(wanted));
      wanted = std::move(inner);
    }
    test.Set("anything-but", std::move(wanted));
    return true;
  }

  bool ReadExcluded(const std::string& kind, json::Array& list) {
    for (Token token = Next(); token != Token::kEndArray; token = Next()) {
      if (!CheckExcluded(kind, token, true)) return false;
      list.push_back(tokens_.Value());
    }
    const auto texts = std::ranges::count_if(list, &json::Value::IsString);
    const bool mixed = texts != 0 && static_cast<std::size_t>(texts) != list.size();
    if (!kind.empty() || (!list.empty() && !mixed)) return true;
    return Complain(
        "Inside anything but list, either all values are number or string, mixed type is not "
        "supported");
  }

  bool CheckExcluded(const std::string& kind, Token token, bool listed) {
    const auto complain = [&](std::string_view what) {
      return listed ? ComplainTwice(what) : Complain(what);
    };
    if (kind.empty()) {
      return token == Token::kText || token == Token::kNumber ||
             complain("Inside anything but list, start|null|boolean is not supported.");
    }
    const bool part = kind == "prefix" || kind == "suffix";
    if (token == Token::kText) {
      const std::string& text = tokens_.Text();
      if (part && text.empty()) return complain("Null prefix/suffix not allowed");
      return kind != "wildcard" || CheckWildcard(text);
    }
    if (part) return complain("prefix/suffix match pattern must be a string");
    if (kind == "wildcard") return complain("wildcard match pattern must be a string");
    return complain(
        "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.");
  }

  // ---- numeric

  bool ReadNumber(std::string_view sign, json::Array& list) {
    if (Next() != Token::kNumber)
      return Complain(fmt::format("Value of {} must be numeric", sign == "=" ? "equals" : sign));
    list.push_back(tokens_.Value());
    return true;
  }

  bool ReadNumeric(json::Object& test) {
    if (Next() != Token::kArray) return Complain("Value of numeric must be an array.");
    json::Array list;
    if (Next() != Token::kText)
      return Complain(fmt::format("Invalid member in numeric match: {}", tokens_.Text()));
    const std::string sign = tokens_.Text();
    list.emplace_back(sign);
    if (!IsOneOf(sign, {"=", "<", "<=", ">", ">="})) {
      Next();
      return Complain(fmt::format("Unrecognized numeric range operator: {}", sign));
    }
    if (!ReadNumber(sign, list)) return false;
    const Token token = Next();
    if (token != Token::kEndArray) {
      if (!sign.starts_with('>')) return Complain(kTooManyElements);
      if (!ReadTop(token, list)) return false;
    }
    test.Set("numeric", std::move(list));
    return Ends(kTooManyElements);
  }

  bool ReadTop(Token token, json::Array& list) {
    if (token != Token::kText)
      return Complain(fmt::format("Bad value in numeric range: {}", tokens_.Text()));
    const std::string sign = tokens_.Text();
    if (sign != "<" && sign != "<=")
      return Complain(fmt::format("Bad numeric range operator: {}", sign));
    list.emplace_back(sign);
    if (!ReadNumber(sign, list)) return false;
    if (Next() != Token::kEndArray) return Complain("Too many terms in numeric range expression");
    if (list[1].AsDouble() < list[3].AsDouble()) return true;
    return Complain("Bottom must be less than top");
  }

  PatternTokens tokens_;
  PatternDialect dialect_;
  std::string problem_;
};

}  // namespace

std::optional<json::Object> ReadPattern(std::string_view text, std::string& problem,
                                        PatternDialect dialect) {
  PatternReader reader(text, dialect);
  auto pattern = reader.Read();
  if (!pattern) problem = reader.problem();
  return pattern;
}

}  // namespace trunkline::cloud
