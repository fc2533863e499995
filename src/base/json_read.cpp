#include "base/json_read.h"

#include <cstring>

#include <fmt/format.h>

#include "base/code_point.h"
#include "base/json_escape.h"
#include "base/json_scan.h"
#include "base/shown.h"
#include "base/text.h"

namespace trunkline::json {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// A recursive-descent reader. The first mistake ends it: what follows a mistake in JSON is mostly
// noise.
class Reader {
 public:
  Reader(std::string_view text, const ReadOptions& options) : text_(text), options_(options) {}

  std::optional<Value> Document() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    Value value;
    if (!Blanks() || !Read(value, 0) || !Blanks()) return std::nullopt;
    if (at_ < text_.size()) {
      Fail(at_, fmt::format("expected the end of the document but got {}", Shown()));
      return std::nullopt;
    }
    return value;
  }

  struct Problem {
    std::string message;
    std::string hint;
    std::size_t offset = 0;
    std::size_t length = 1;
  };
  const Problem& problem() const { return problem_; }
  const std::vector<std::size_t>& trailing_commas() const { return trailing_commas_; }

 private:
  bool Fail(std::size_t offset, std::string message, std::string hint = {},
            std::size_t length = 1) {
    problem_ = {std::move(message), std::move(hint), offset, length};
    return false;
  }

  // What stands at the cursor, in words.
  std::string Shown() const {
    if (at_ >= text_.size()) return "the end of the text";
    const char c = text_[at_];
    if (static_cast<unsigned char>(c) < 0x20)
      return fmt::format("control character 0x{:02x}", static_cast<unsigned>(c));
    constexpr std::size_t kLongest = 24;
    std::size_t end = at_;
    while (end < text_.size() && end <= at_ + kLongest &&
           std::strchr(" \t\r\n,:{}[]\"", text_[end]) == nullptr)
      ++end;
    return fmt::format(
        "'{}'", trunkline::Shown(text_.substr(at_, std::max<std::size_t>(end - at_, 1)), kLongest));
  }

  bool Blanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c > '/') break;
      if (c == ' ' && IsIndent(text_, at_)) {
        at_ += kIndent.size();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
      } else if (c == '/') {
        if (!Comment()) return false;
      } else {
        break;
      }
    }
    return true;
  }

  bool Comment() {
    if (!options_.comments) return Fail(at_, "expected a JSON value but got a comment");
    const std::string_view rest = text_.substr(at_);
    if (rest.substr(0, 2) == "//") {
      const std::size_t end = rest.find('\n');
      at_ = end == std::string_view::npos ? text_.size() : at_ + end + 1;
      return true;
    }
    const std::size_t end = rest.substr(0, 2) == "/*" ? rest.find("*/", 2) : std::string_view::npos;
    if (end == std::string_view::npos) return Fail(at_, "expected a comment that ends with '*/'");
    at_ += end + 2;
    return true;
  }

  bool Read(Value& value, int depth) {
    if (at_ >= text_.size()) return Fail(at_, "expected a JSON value but got the end of the text");
    const std::size_t start = at_;
    const bool read = ReadAny(value, depth);
    value.set_offset(static_cast<std::uint32_t>(start));
    return read;
  }

  bool ReadAny(Value& value, int depth) {
    switch (text_[at_]) {
      case '{':
        return ReadObject(value, depth);
      case '[':
        return ReadArray(value, depth);
      case '"':
        return ReadString(value.BecomeString());
      case 't':
        return Word("true", value, Value(true));
      case 'f':
        return Word("false", value, Value(false));
      case 'n':
        return Word("null", value, Value());
      default:
        return ReadNumber(value);
    }
  }

  bool Word(std::string_view word, Value& value, Value meaning) {
    if (text_.substr(at_, word.size()) != word)
      return Fail(at_, "expected a JSON value but got " + Shown());
    at_ += word.size();
    value = std::move(meaning);
    return true;
  }

  void Digits() {
    while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
  }

  bool ReadNumber(Value& value) {
    const std::size_t start = at_;
    const auto here = [&](char c) { return at_ < text_.size() && text_[at_] == c; };
    if (here('-')) ++at_;
    const std::size_t whole = at_;
    Digits();
    if (at_ == whole) {
      at_ = start;
      const bool quote = here('\'');
      return Fail(at_, "expected a JSON value but got " + Shown(),
                  quote ? "strings take double quotes" : "");
    }
    if (text_[whole] == '0' && at_ > whole + 1)
      return Fail(start, "expected a number without leading zeros");
    if (here('.')) {
      const std::size_t fraction = ++at_;
      Digits();
      if (at_ == fraction) return Fail(at_, "expected digits after the decimal point");
    }
    if (here('e') || here('E')) {
      ++at_;
      if (here('+') || here('-')) ++at_;
      const std::size_t exponent = at_;
      Digits();
      if (at_ == exponent) return Fail(at_, "expected digits in the exponent");
    }
    value = Value(Number{std::string(text_.substr(start, at_ - start))});
    return true;
  }

  bool ReadString(std::string& string) {
    const std::size_t start = at_++;
    bool ascii = true;
    for (;;) {
      const std::size_t run = at_;
      at_ = EndOfRun(text_, run, ascii);
      string.append(text_, run, at_ - run);
      if (at_ >= text_.size()) return Fail(start, "expected a string that ends with '\"'");
      if (text_[at_] == '"') break;
      if (text_[at_] != '\\')
        return Fail(at_,
                    fmt::format("expected {} in a string to be written as an escape", Shown()));
      if (!ReadEscape(string)) return false;
    }
    ++at_;
    if (!ascii && !IsUtf8(string)) {
      return Fail(start, "expected UTF-8 text but the string has other bytes",
                  "save the file as UTF-8", at_ - start);
    }
    return true;
  }

  bool ReadEscape(std::string& string) {
    const std::size_t start = at_++;
    if (at_ >= text_.size()) return Fail(start, "expected a string that ends with '\"'");
    constexpr std::string_view kEscapes = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t which = kEscapes.find(text_[at_]); which != std::string_view::npos) {
      string += kMeanings[which];
      ++at_;
      return true;
    }
    const EscapedCodePoint read = ReadEscapedCodePoint(text_, start);
    if (!read.problem.empty()) return Fail(read.offset, std::string(read.problem));
    AppendCodePoint(string, read.point);
    at_ = read.offset;
    return true;
  }

  // After a member or item: false ends the list or is an error (then problem_ is set).
  enum class Next { kMore, kEnd, kError };
  Next AfterItem(char close, std::string_view list) {
    if (!Blanks()) return Next::kError;
    if (at_ < text_.size() && text_[at_] == close) {
      ++at_;
      return Next::kEnd;
    }
    if (at_ >= text_.size() || text_[at_] != ',') {
      Fail(at_, fmt::format("expected ',' or '{}' in {} but got {}", close, list, Shown()));
      return Next::kError;
    }
    const std::size_t comma = at_++;
    if (!Blanks()) return Next::kError;
    if (at_ >= text_.size() || text_[at_] != close) return Next::kMore;
    if (!options_.trailing_commas) {
      Fail(comma, fmt::format("expected another item after ',' but got '{}'", close),
           "remove the comma");
      return Next::kError;
    }
    trailing_commas_.push_back(comma);
    ++at_;
    return Next::kEnd;
  }

  bool Open(char close, int depth, bool& empty) {
    if (depth >= options_.max_depth)
      return Fail(at_, fmt::format("expected at most {} nested levels", options_.max_depth));
    ++at_;
    if (!Blanks()) return false;
    empty = at_ < text_.size() && text_[at_] == close;
    if (empty) ++at_;
    return true;
  }

  bool ReadArray(Value& value, int depth) {
    bool empty = false;
    if (!Open(']', depth, empty)) return false;
    Array& items = value.BecomeArray();
    for (Next next = empty ? Next::kEnd : Next::kMore; next != Next::kEnd;
         next = AfterItem(']', "an array")) {
      if (next == Next::kError) return false;
      items.emplace_back();
      if (!Read(items.back(), depth + 1)) return false;
    }
    return true;
  }

  bool ReadMember(Object& object, int depth) {
    const std::size_t start = at_;
    if (at_ >= text_.size() || text_[at_] != '"')
      return Fail(at_, "expected a key in double quotes but got " + Shown());
    std::string key;
    if (!ReadString(key)) return false;
    Value* const value = object.Add(std::move(key), static_cast<std::uint32_t>(start));
    if (value == nullptr) return FailTwice(start);
    if (!Blanks()) return false;
    if (at_ >= text_.size() || text_[at_] != ':') return FailColon(start);
    ++at_;
    return Blanks() && Read(*value, depth + 1);
  }

  std::string KeyAt(std::size_t start) {
    std::string key;
    at_ = start;
    ReadString(key);
    return key;
  }

  bool FailTwice(std::size_t start) {
    const std::string key = KeyAt(start);
    return Fail(start, fmt::format("key '{}' stands twice in this object", key),
                "remove one of them", at_ - start);
  }

  bool FailColon(std::size_t start) {
    const std::size_t at = at_;
    const std::string key = KeyAt(start);
    at_ = at;
    return Fail(at, fmt::format("expected ':' after key '{}' but got {}", key, Shown()));
  }

  bool ReadObject(Value& value, int depth) {
    bool empty = false;
    if (!Open('}', depth, empty)) return false;
    Object& object = value.BecomeObject();
    for (Next next = empty ? Next::kEnd : Next::kMore; next != Next::kEnd;
         next = AfterItem('}', "an object")) {
      if (next == Next::kError || !ReadMember(object, depth)) return false;
    }
    return true;
  }

  std::string_view text_;
  ReadOptions options_;
  std::size_t at_ = 0;
  Problem problem_;
  std::vector<std::size_t> trailing_commas_;
};

Finding MakeFinding(std::string_view text, std::string_view file, Severity severity,
                    const Reader::Problem& problem) {
  const auto offset = static_cast<std::uint32_t>(problem.offset);
  return {.severity = severity,
          .code = "TL-J001",
          .message = problem.message,
          .hint = problem.hint,
          .place = Locate(text, offset, file, static_cast<std::uint32_t>(problem.length)),
          .source_line = {std::string(LineAt(text, offset))}};
}

}  // namespace

ReadOutcome Read(std::string_view text, std::string_view file, const ReadOptions& options) {
  Reader reader(text, options);
  ReadOutcome outcome{.value = reader.Document(), .findings = {}};
  for (const std::size_t comma : reader.trailing_commas()) {
    outcome.findings.push_back(
        MakeFinding(text, file, Severity::kWarning,
                    {.message = "a comma before a closing bracket is not JSON",
                     .hint = "remove the comma",
                     .offset = comma}));
    outcome.findings.back().code = "TL-J002";
  }
  if (!outcome.value)
    outcome.findings.push_back(MakeFinding(text, file, Severity::kError, reader.problem()));
  return outcome;
}

Result<Value> Parse(std::string_view text) {
  Reader reader(text, {});
  std::optional<Value> value = reader.Document();
  if (value) return std::move(*value);
  const Place place = Locate(text, static_cast<std::uint32_t>(reader.problem().offset), "");
  return Error(ErrorKind::kInvalid, "{}, at line {} column {}", reader.problem().message,
               place.line, place.column);
}

}  // namespace trunkline::json
