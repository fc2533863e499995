#include "flow/validate/texts.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/catalogue.h"
#include "flow/roots.h"
#include "flow/symbols.h"

namespace trunkline::flow {
namespace {

std::optional<std::string> NearestOf(std::string_view word,
                                     std::span<const std::string_view> words) {
  return Nearest(word, std::vector<std::string>(words.begin(), words.end()));
}

}  // namespace

std::optional<double> ToNumber(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string QuotedNames(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words)
    text += fmt::format("{}'{}'", text.empty() ? "" : ", ", word);
  return text;
}

std::string TextCheck::InAction(std::string_view message) const {
  return fmt::format("action '{}' ({}): {}", action_.id, kind_.name, message);
}

Report::Entry TextCheck::Value(const std::string& message, std::string hint, std::string_view path,
                               std::uint32_t offset, std::string_view code) const {
  return {
      .code = code,
      .message = InAction(message),
      .hint = std::move(hint),
      .problem = fmt::format("Invalid Action property value. Path: {}", WirePath(action_, path)),
      .offset = offset};
}

void TextCheck::Empty(const std::string& path, std::uint32_t offset) {
  Report::Entry entry = Value(fmt::format("'{}' is empty, which the service refuses", path),
                              "leave it out", path, offset, "TL-F109");
  entry.problem = fmt::format("Invalid Action property value. Path: {}.Parameter", action_.index);
  report_.Error(std::move(entry));
}

void TextCheck::CheckText(const std::string& text, const Parameter& row, const std::string& path,
                          std::uint32_t offset) {
  if (text.empty()) return Empty(path, offset);
  if (MayHoldSymbols(text) && std::ranges::any_of(ScanSymbols(text), [](const SymbolPiece& piece) {
        return piece.is_symbol;
      }))
    return;
  const std::optional<Path> whole = WholePath(text);
  if (whole) return CheckWholePath(*whole, row, path, offset);
  if (row.value == ValueKind::kPath) return NotOnePath(text, path, offset);
  if (HasReference(text)) {
    if (row.value == ValueKind::kDynamic) return;
    const std::string_view expected = row.value == ValueKind::kStatic
                                          ? "text without references"
                                          : "text, or one reference and nothing else,";
    report_.Error(Value(fmt::format("expected '{}' to be {} but got '{}'", path, expected, text),
                        "", path, offset));
    return;
  }
  CheckStaticText(text, row, path, offset);
}

// Published flows have "$.Attributes.$.StoredCustomerInput", so what looks like a reference
// passes the live service.
void TextCheck::NotOnePath(const std::string& text, const std::string& path, std::uint32_t offset) {
  Report::Entry entry =
      Value(fmt::format("expected '{}' to be one reference like '$.Attributes.name' but got '{}'",
                        path, text),
            "", path, offset);
  if (text.starts_with("$.")) {
    report_.StrictError(std::move(entry));
  } else {
    report_.Error(std::move(entry));
  }
}

void TextCheck::CheckWholePath(const Path& whole, const Parameter& row, const std::string& path,
                               std::uint32_t offset) {
  if (row.value == ValueKind::kStatic) {
    report_.Error(Value(fmt::format("'{}' takes no reference but got '{}'", path, ToText(whole)),
                        "", path, offset));
  } else if (std::optional<ReferenceProblem> problem = JudgeReference(whole)) {
    report_.Error(Value(std::move(problem->message), std::move(problem->hint), path, offset));
  }
}

void TextCheck::CheckStaticText(const std::string& text, const Parameter& row,
                                const std::string& path, std::uint32_t offset) {
  switch (row.type) {
    case ValueType::kInteger:
      return CheckInteger(text, row, path, offset);
    case ValueType::kNumber:
      return CheckNumber(text, row, path, offset);
    case ValueType::kBoolean:
      return CheckBoolean(text, path, offset);
    case ValueType::kWord:
      return CheckWord(text, row.words, path, offset);
    default:
      break;
  }
  const std::size_t bad =
      row.characters.empty() ? std::string::npos : text.find_first_not_of(row.characters);
  if (bad != std::string::npos) {
    report_.Error(Value(fmt::format("expected '{}' to be made of {} but got '{}'", path,
                                    CharactersInWords(row.characters), text),
                        "", path, offset));
  } else if (row.type == ValueType::kText) {
    CheckLength(text, row, path, offset);
  }
}

void TextCheck::CheckLength(const std::string& text, const Parameter& row, const std::string& path,
                            std::uint32_t offset) {
  const auto size = static_cast<std::int64_t>(text.size());
  if (size >= row.minimum && size <= row.maximum) return;
  const std::string wanted = row.minimum == row.maximum ? fmt::format("{}", row.maximum)
                             : size < row.minimum       ? fmt::format("at least {}", row.minimum)
                                                        : fmt::format("at most {}", row.maximum);
  report_.Error(Value(
      fmt::format("expected '{}' to have {} characters but it has {}", path, wanted, text.size()),
      "", path, offset));
}

void TextCheck::CheckNumber(const std::string& text, const Parameter& row, const std::string& path,
                            std::uint32_t offset) {
  const std::optional<double> number = ToNumber(text);
  if (number && *number >= static_cast<double>(row.minimum) &&
      *number <= static_cast<double>(row.maximum))
    return;
  report_.Error(Value(fmt::format("expected '{}' to be a number from {} to {} but got '{}'", path,
                                  row.minimum, row.maximum, text),
                      "", path, offset));
}

void TextCheck::CheckInteger(const std::string& text, const Parameter& row, const std::string& path,
                             std::uint32_t offset) {
  const std::optional<std::int64_t> number = ToInt(text);
  if (number && *number >= row.minimum && *number <= row.maximum) return;
  constexpr auto kLimits = std::numeric_limits<std::int64_t>();
  std::string range;
  if (row.minimum != kLimits.min() && row.maximum != kLimits.max()) {
    range = fmt::format(" from {} to {}", row.minimum, row.maximum);
  } else if (row.minimum != kLimits.min()) {
    range = fmt::format(" from {} on", row.minimum);
  }
  report_.Error(
      Value(fmt::format("expected '{}' to be a whole number{} but got '{}'", path, range, text), "",
            path, offset));
}

void TextCheck::CheckBoolean(const std::string& text, const std::string& path,
                             std::uint32_t offset) {
  if (EqualsIgnoreCase(text, "true") || EqualsIgnoreCase(text, "false")) return;
  report_.Error(Value(fmt::format("expected '{}' to be 'True' or 'False' but got '{}'", path, text),
                      "", path, offset));
}

void TextCheck::CheckWord(const std::string& text, std::span<const std::string_view> words,
                          const std::string& path, std::uint32_t offset) {
  if (words.empty() || std::ranges::find(words, text) != words.end()) return;
  const auto similar = std::ranges::find_if(
      words, [&](std::string_view word) { return EqualsIgnoreCase(word, text); });
  const std::optional<std::string> nearest = NearestOf(text, words);
  Report::Entry entry = Value(
      fmt::format("expected '{}' to be one of {} but got '{}'", path, QuotedNames(words), text),
      nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string(), path, offset);
  if (similar != words.end()) {
    report_.StrictError(std::move(entry));  // one real export spells ResponseType 'Json'
  } else {
    report_.Error(std::move(entry));
  }
}

}  // namespace trunkline::flow
