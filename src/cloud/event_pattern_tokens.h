// The tokens of a pattern's text, read one by one, with the place where reading stands.
//
// The services tell what is wrong with a pattern, and where: a line and a column that depend on how
// far their reader had looked ahead (seen in recordings of the service). Behind the name of a
// member the beginning of its value has been looked at; a text is read only when it is asked for.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud {

enum class PatternToken {
  kObject,
  kEndObject,
  kArray,
  kEndArray,
  kName,
  kText,
  kNumber,
  kTrue,
  kFalse,
  kNull,
  kFault,  // not JSON: the reader's fault() says why
};

class PatternTokens {
 public:
  explicit PatternTokens(std::string_view source) : source_(source) {}

  PatternToken Next();
  // Of the last token: a name, a text (now read to its end), a number as it is written, the sign of
  // any other.
  const std::string& Text();
  json::Value Value();  // of a text, number, flag or null
  // "\n at [Source: (String)"{...}"; line: 1, column: 12]".
  std::string Place() const;
  std::string HiddenPlace() const;  // as newer readers tell it, without the text
  const std::string& fault() const { return fault_; }

 private:
  PatternToken Fault(std::string text, std::size_t at);
  PatternToken ReadValue();
  PatternToken ReadWord();
  PatternToken ReadName();
  PatternToken End();  // of the text, too early
  bool FinishText();
  std::string LineAndColumn() const;
  void SkipBlanks();
  bool AtEnd() const { return at_ >= source_.size(); }

  std::string_view source_;
  std::size_t at_ = 0;
  std::string nesting_;  // '{' and '['
  bool first_ = true;    // nothing stands before the next member or element
  bool open_text_ = false;
  bool looked_ahead_ = false;  // `next_` is the value behind a name
  PatternToken last_ = PatternToken::kNull;
  PatternToken next_ = PatternToken::kNull;
  std::string text_;
  std::string name_;
  std::string fault_;
};

// Empty: JSON. Else what is wrong with it, and where.
std::string FindJsonFault(std::string_view text);

}  // namespace trunkline::cloud
