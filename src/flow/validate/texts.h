// A parameter's text against its row: references, numbers, words, lengths.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "flow/reference.h"
#include "flow/validate/report.h"

namespace trunkline::flow {

// The number that the whole text is.
std::optional<double> ToNumber(std::string_view text);

// "'a', 'b'"
std::string QuotedNames(std::span<const std::string_view> words);

class TextCheck {
 public:
  TextCheck(const Action& action, const ActionKind& kind, Report& report)
      : action_(action), kind_(kind), report_(report) {}

  // "action 'a' (Compare): <message>"
  std::string InAction(std::string_view message) const;
  // An entry about a value, for the report.
  Report::Entry Value(const std::string& message, std::string hint, std::string_view path,
                      std::uint32_t offset, std::string_view code = "TL-F108") const;

  void Empty(const std::string& path, std::uint32_t offset);
  void CheckText(const std::string& text, const Parameter& row, const std::string& path,
                 std::uint32_t offset);
  // One of the words, if there are any.
  void CheckWord(const std::string& text, std::span<const std::string_view> words,
                 const std::string& path, std::uint32_t offset);

 private:
  void NotOnePath(const std::string& text, const std::string& path, std::uint32_t offset);
  void CheckWholePath(const Path& whole, const Parameter& row, const std::string& path,
                      std::uint32_t offset);
  void CheckStaticText(const std::string& text, const Parameter& row, const std::string& path,
                       std::uint32_t offset);
  void CheckInteger(const std::string& text, const Parameter& row, const std::string& path,
                    std::uint32_t offset);
  // Of rows with bounds.
  void CheckNumber(const std::string& text, const Parameter& row, const std::string& path,
                   std::uint32_t offset);
  void CheckLength(const std::string& text, const Parameter& row, const std::string& path,
                   std::uint32_t offset);
  void CheckBoolean(const std::string& text, const std::string& path, std::uint32_t offset);

  const Action& action_;
  const ActionKind& kind_;
  Report& report_;
};

}  // namespace trunkline::flow
