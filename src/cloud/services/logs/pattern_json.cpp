#include "cloud/services/logs/pattern_json.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
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
  Error Expected(std::string_view what) const { return WrongPattern(what, rest_); }

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
      test.kind = JsonTest::Kind::kIs;
      test.is = words;
      return test;
    }
    TL_TRY(test.comparison, TakeComparison(rest_, " \t)}&|"));
    return test;
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

std::string AsText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  return "";
}

bool Is(const json::Value* value, std::string_view what) {
  if (what == "NOT EXISTS") return value == nullptr;
  if (!value) return false;
  if (what == "IS NULL") return value->IsNull();
  if (what == "IS TRUE") return value->IsBool() && value->AsBool();
  if (what == "IS FALSE") return value->IsBool() && !value->AsBool();
  return true;
}

// What is not there, or is not one value, fits no comparison but "!=", which needs a value too.
bool Compare(const json::Value* value, const Comparison& comparison) {
  if (!value) return false;
  const bool single = value->IsString() || value->IsNumber() || value->IsBool();
  if (!single) return comparison.sign == "!=";
  const double number = value->IsNumber() ? value->AsDouble() : 0;
  return Holds(comparison, AsText(*value), value->IsNumber() ? &number : nullptr);
}

bool Holds(const JsonTest& test, const json::Value& root) {
  const auto holds = [&](const JsonTest& part) { return Holds(part, root); };
  if (test.kind == JsonTest::Kind::kAnd) return std::ranges::all_of(test.parts, holds);
  if (test.kind == JsonTest::Kind::kOr) return std::ranges::any_of(test.parts, holds);
  const json::Value* value = Select(root, test.path);
  return test.kind == JsonTest::Kind::kIs ? Is(value, test.is) : Compare(value, test.comparison);
}

std::string SelectorOf(const JsonTest& test) {
  std::string selector = "$";
  for (const std::string& step : test.path) selector += step.front() == '[' ? step : "." + step;
  return selector;
}

void Extract(const JsonTest& test, const json::Value& root, json::Object& values) {
  for (const JsonTest& part : test.parts) Extract(part, root, values);
  const json::Value* value = test.path.empty() ? nullptr : Select(root, test.path);
  if (!value) return;
  const bool compound = value->IsObject() || value->IsArray() || value->IsNull();
  values.Set(SelectorOf(test), compound ? json::Write(*value) : AsText(*value));
}

}  // namespace

Result<JsonTest> ReadJsonTest(std::string_view text) {
  return Reader(text).ReadAll();
}

bool MatchesJson(const JsonTest& test, std::string_view message) {
  const Result<json::Value> root = json::Parse(message);
  return root && Holds(test, *root);
}

json::Object ExtractJson(const JsonTest& test, std::string_view message) {
  json::Object values;
  const Result<json::Value> root = json::Parse(message);
  if (root) Extract(test, *root, values);
  return values;
}

}  // namespace trunkline::cloud::logs
