#include "cloud/services/logs/pattern_json.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::cloud::logs {
namespace {

constexpr int kMaxDepth = 20;

// Reads a test by descent: or -> and -> one comparison or a bracket.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Result<JsonTest> ReadAll() {
    if (!Take("{")) return Expected("{");
    TL_TRY(JsonTest test, ReadJoined("||", 0));
    if (!Take("}")) return Expected("}");
    if (!Trim(rest_).empty()) return Expected("the end");
    return test;
  }

 private:
  Error Expected(std::string_view what) const {
    return Error(ErrorKind::kInvalid, "Invalid filter pattern: expected {} before '{}'", what,
                 Trim(rest_));
  }

  bool Take(std::string_view symbol) {
    rest_ = Trim(rest_);
    if (!rest_.starts_with(symbol)) return false;
    rest_.remove_prefix(symbol.size());
    return true;
  }

  Result<JsonTest> ReadJoined(std::string_view symbol, int depth) {
    const bool is_or = symbol == "||";
    JsonTest joined{.kind = is_or ? JsonTest::Kind::kOr : JsonTest::Kind::kAnd};
    do {
      auto part = is_or ? ReadJoined("&&", depth) : ReadOne(depth);
      if (!part) return part;
      joined.parts.push_back(*std::move(part));
    } while (Take(symbol));
    if (joined.parts.size() > 1) return joined;
    JsonTest only = std::move(joined.parts.front());
    return only;
  }

  Result<JsonTest> ReadOne(int depth) {
    if (depth > kMaxDepth)
      return Error(ErrorKind::kInvalid, "Invalid filter pattern: too many brackets");
    if (!Take("(")) return ReadCompare();
    TL_TRY(JsonTest test, ReadJoined("||", depth + 1));
    if (!Take(")")) return Expected(")");
    return test;
  }

  Result<JsonTest> ReadCompare() {
    JsonTest test;
    TL_TRY(test.path, ReadPath());
    for (const std::string_view words :
         {"IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS", "EXISTS"}) {
      if (!TakeWords(words)) continue;
      test.comparison = words;
      return test;
    }
    for (const std::string_view symbol : {"!=", "<=", ">=", "=", "<", ">"}) {
      if (!Take(symbol)) continue;
      test.comparison = symbol;
      TL_DO(ReadOperand(test));
      return test;
    }
    return Expected("a comparison");
  }

  // Words with any white space between them, in any case.
  bool TakeWords(std::string_view words) {
    std::string_view rest = rest_;
    for (const std::string_view word : Split(words, ' ')) {
      rest = Trim(rest);
      if (!EqualsIgnoreCase(rest.substr(0, word.size()), word)) return false;
      rest.remove_prefix(word.size());
    }
    rest_ = rest;
    return true;
  }

  // "$.a.b[0]"
  Result<std::vector<std::string>> ReadPath() {
    if (!Take("$")) return Expected("a selector such as $.level");
    std::vector<std::string> path;
    while (rest_.starts_with('.') || rest_.starts_with('[')) {
      const bool is_index = rest_.front() == '[';
      const std::size_t end = is_index ? rest_.find(']') : rest_.find_first_of(" \t.[=!<>)}", 1);
      if (end == std::string_view::npos || end < 2) return Expected("a name or an index");
      path.emplace_back(is_index ? rest_.substr(0, end + 1) : rest_.substr(1, end - 1));
      rest_.remove_prefix(is_index ? end + 1 : end);
    }
    if (path.empty()) return Expected("a name");
    return path;
  }

  Result<void> ReadOperand(JsonTest& test) {
    rest_ = Trim(rest_);
    if (rest_.starts_with('%')) {
      return Error(ErrorKind::kInvalid,
                   "Invalid filter pattern: regular expressions %...% are not implemented by the "
                   "embedded cloud");
    }
    const bool quoted = rest_.starts_with('"');
    const std::size_t end = quoted ? rest_.find('"', 1) : rest_.find_first_of(" \t)}&|");
    if (end == std::string_view::npos || end == 0) return Expected("a text or a number");
    test.text = quoted ? rest_.substr(1, end - 1) : rest_.substr(0, end);
    rest_.remove_prefix(quoted ? end + 1 : end);
    char* stop = nullptr;
    std::strtod(test.text.c_str(), &stop);
    test.is_number = !quoted && stop != test.text.c_str() && *stop == '\0';
    return {};
  }

  std::string_view rest_;
};

const json::Value* Select(const json::Value& root, const std::vector<std::string>& path) {
  const json::Value* value = &root;
  for (const std::string& step : path) {
    if (step.front() == '[') {
      const auto index = ToInt(std::string_view(step).substr(1, step.size() - 2));
      if (!index || *index < 0 || !value->IsArray()) return nullptr;
      if (static_cast<std::size_t>(*index) >= value->AsArray().size()) return nullptr;
      value = &value->AsArray()[static_cast<std::size_t>(*index)];
    } else {
      value = value->IsObject() ? value->AsObject().Find(step) : nullptr;
    }
    if (!value) return nullptr;
  }
  return value;
}

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

bool IsOrdered(double left, std::string_view comparison, double right) {
  if (comparison == "<") return left < right;
  if (comparison == "<=") return left <= right;
  if (comparison == ">") return left > right;
  return left >= right;
}

std::string AsText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  return "";
}

bool IsEqual(const json::Value& value, const JsonTest& test) {
  if (test.is_number && value.IsNumber())
    return value.AsDouble() == std::strtod(test.text.c_str(), nullptr);
  return (value.IsString() || value.IsNumber() || value.IsBool()) && Like(AsText(value), test.text);
}

bool Compare(const json::Value* value, const JsonTest& test) {
  if (test.comparison == "NOT EXISTS") return value == nullptr;
  if (!value) return false;
  if (test.comparison == "EXISTS") return true;
  if (test.comparison == "IS NULL") return value->IsNull();
  if (test.comparison == "IS TRUE") return value->IsBool() && value->AsBool();
  if (test.comparison == "IS FALSE") return value->IsBool() && !value->AsBool();
  if (test.comparison == "=") return IsEqual(*value, test);
  if (test.comparison == "!=") return !IsEqual(*value, test);
  return value->IsNumber() && test.is_number &&
         IsOrdered(value->AsDouble(), test.comparison, std::strtod(test.text.c_str(), nullptr));
}

bool Holds(const JsonTest& test, const json::Value& root) {
  const auto holds = [&](const JsonTest& part) { return Holds(part, root); };
  if (test.kind == JsonTest::Kind::kAnd) return std::ranges::all_of(test.parts, holds);
  if (test.kind == JsonTest::Kind::kOr) return std::ranges::any_of(test.parts, holds);
  return Compare(Select(root, test.path), test);
}

}  // namespace

Result<JsonTest> ReadJsonTest(std::string_view text) {
  return Reader(text).ReadAll();
}

bool MatchesJson(const JsonTest& test, std::string_view message) {
  const Result<json::Value> root = json::Parse(message);
  return root && Holds(test, *root);
}

}  // namespace trunkline::cloud::logs
