#include "sim/testing/match.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include "base/text.h"
#include "flow/symbols.h"
#include "sim/speech.h"
#include "sim/words.h"

namespace trunkline::sim {
namespace {

std::vector<std::string> FoldedWords(std::string_view text) {
  std::vector<std::string> words;
  const std::string folded = Folded(text);
  for (const std::string_view word : Split(folded, ' ')) {
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

std::size_t CommonRun(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const std::string& word : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = word == b[j] ? diagonal + 1 : std::max(row[j + 1], row[j]);
      diagonal = above;
    }
  }
  return row.back();
}

std::optional<double> ToNumber(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

bool HoldsNumber(std::string_view op, double actual, double operand) {
  if (op == "NumberGreaterThan") return actual > operand;
  if (op == "NumberGreaterOrEqualTo") return actual >= operand;
  if (op == "NumberLessThan") return actual < operand;
  return actual <= operand;  // NumberLessOrEqualTo
}

// How far a reference goes that begins at `begin`: names with dots, and keys in brackets.
std::size_t EndOfReference(std::string_view text, std::size_t begin) {
  std::size_t at = begin + 2;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '[') {
      const std::size_t close = text.find(']', at);
      if (close == std::string_view::npos) break;
      at = close + 1;
    } else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' ||
               c == '-') {
      ++at;
    } else {
      break;
    }
  }
  while (at > begin + 2 && (text[at - 1] == '.' || text[at - 1] == '-')) --at;
  return at;
}

template <class Resource>
std::optional<std::string> ArnOf(const std::vector<Resource>& all, const std::string& wanted) {
  for (const Resource& one : all) {
    if (one.arn == wanted || one.name == wanted) return one.arn;
    if constexpr (requires { one.id; }) {
      if (one.id == wanted) return one.arn;
    }
  }
  return std::nullopt;
}

}  // namespace

double Similarity(std::string_view heard, std::string_view expected) {
  const std::vector<std::string> a = FoldedWords(heard);
  const std::vector<std::string> b = FoldedWords(expected);
  if (a.empty() || b.empty()) return 0;
  return 2.0 * static_cast<double>(CommonRun(a, b)) / static_cast<double>(a.size() + b.size());
}

bool Includes(std::string_view heard, std::string_view expected) {
  return Folded(heard).find(Folded(expected)) != std::string::npos;
}

bool Fits(const TestEvent& event, const Say& heard, const World& world, const ReadReference& read) {
  if (!event.media_uri.empty()) return heard.media_uri == event.media_uri;
  if (!event.prompt.empty()) {
    const Prompt* prompt = world.FindPrompt(WithoutSymbol(event.prompt));
    return !heard.prompt.empty() &&
           heard.prompt == (prompt == nullptr ? event.prompt : prompt->name);
  }
  const std::string expected =
      event.ssml.empty() ? Expand(event.text, read) : PlainText(Expand(event.ssml, read));
  if (heard.text.empty() || Folded(expected).empty()) return false;
  if (event.matching == Matching::kInclusion) return Includes(heard.text, expected);
  return Similarity(heard.text, expected) >= kSimilar;
}

std::string WithoutSymbol(std::string_view reference) {
  const std::vector<flow::SymbolPiece> pieces = flow::ScanSymbols(reference);
  if (pieces.size() == 1 && pieces.front().is_symbol) return pieces.front().name;
  return std::string(reference);
}

std::optional<std::string> FindResource(const World& world, std::string_view action_type,
                                        std::string_view wanted) {
  const std::string name = WithoutSymbol(wanted);
  if (action_type.ends_with("ToQueue")) return ArnOf(world.queues, name);
  if (action_type == "CheckHoursOfOperation") return ArnOf(world.hours, name);
  auto found = ArnOf(action_type == "InvokeLambdaFunction" ? world.functions : world.bots, name);
  if (!found && name.starts_with("arn:")) found = name;
  return found;
}

bool IsResource(const World& world, std::string_view action_type, std::string_view wanted,
                std::string_view actual) {
  if (actual.empty()) return false;
  if (wanted == actual) return true;
  const auto resource = FindResource(world, action_type, wanted);
  return resource && (*resource == actual || resource == FindResource(world, action_type, actual));
}

std::string ResourceName(const World& world, std::string_view action_type,
                         std::string_view reference) {
  const std::string name = WithoutSymbol(reference);
  if (action_type == "InvokeLambdaFunction") return world.FunctionName(name);
  if (action_type == "ConnectParticipantWithLexBot") return world.BotName(name);
  if (action_type == "CheckHoursOfOperation") {
    const HoursOfOperation* hours = world.FindHours(name);
    return hours == nullptr ? name : hours->name;
  }
  const Queue* queue = world.FindQueue(name);
  return queue == nullptr ? name : queue->name;
}

std::string Expand(std::string_view text, const ReadReference& read) {
  std::string expanded;
  std::size_t from = 0;
  for (std::size_t at = text.find("$."); at != std::string_view::npos; at = text.find("$.", from)) {
    const std::size_t end = EndOfReference(text, at);
    expanded += text.substr(from, at - from);
    expanded += end == at + 2 ? std::string("$.")
                              : read(std::string(text.substr(at, end - at))).value_or("");
    from = end;
  }
  return expanded.append(text.substr(from));
}

bool Holds(const Assertion& assertion, const std::optional<std::string>& actual) {
  if (!actual) return false;
  const std::string& operand = assertion.operand;
  if (assertion.op == "Exists") return true;
  if (assertion.op == "Equals") return *actual == operand;
  if (assertion.op == "TextStartsWith") return actual->starts_with(operand);
  if (assertion.op == "TextEndsWith") return actual->ends_with(operand);
  if (assertion.op == "TextContains") return actual->find(operand) != std::string::npos;
  const auto left = ToNumber(*actual);
  const auto right = ToNumber(operand);
  return left && right && HoldsNumber(assertion.op, *left, *right);
}

}  // namespace trunkline::sim
