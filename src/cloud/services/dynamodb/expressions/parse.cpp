#include "cloud/services/dynamodb/expressions/parse.h"

#include <array>

#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/check.h"
#include "cloud/services/dynamodb/expressions/parser.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kLongest = 4096;  // documented

struct Section {
  std::string_view word;
  Action::Kind kind;
};
constexpr std::array<Section, 4> kSections = {{{"SET", Action::Kind::kSet},
                                               {"REMOVE", Action::Kind::kRemove},
                                               {"ADD", Action::Kind::kAdd},
                                               {"DELETE", Action::Kind::kDelete}}};

Answer<void> CheckText(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return Invalid("The expression can not be empty;");
  if (text.size() <= kLongest) return {};
  return Invalid(fmt::format(
      "Expression size has exceeded the maximum allowed size; expression size: {}", text.size()));
}

Answer<void> CheckParentheses(const Parser& parser) {
  if (!parser.redundant_parentheses()) return {};
  return Invalid("The expression has redundant parentheses;");
}

// value [+ value]: what an attribute is set to.
Answer<Node> ReadSum(Parser& parser) {
  TL_TRY(Node first, parser.ReadOperand());
  for (const std::string_view sign : {"+", "-"}) {
    if (!parser.TakeSymbol(sign)) continue;
    TL_TRY(Node second, parser.ReadOperand());
    Node sum{.kind = Node::Kind::kSum, .name = std::string(sign)};
    sum.children.push_back(std::move(first));
    sum.children.push_back(std::move(second));
    return sum;
  }
  return first;
}

Answer<Action> ReadAction(Parser& parser, Action::Kind kind) {
  Action action{.kind = kind, .path = {}, .operand = {}};
  TL_TRY(action.path, parser.ReadPath());
  if (kind == Action::Kind::kRemove) return action;
  if (kind == Action::Kind::kSet) {
    if (!parser.TakeSymbol("=")) return parser.Wrong();
    TL_TRY(action.operand, ReadSum(parser));
    return action;
  }
  if (parser.Now().kind != Token::Kind::kValuePlaceholder) return parser.Wrong();
  TL_TRY(action.operand, parser.ReadOperand());
  return action;
}

const Section* TakeSection(Parser& parser) {
  for (const Section& section : kSections)
    if (parser.TakeWord(section.word)) return &section;
  return nullptr;
}

Answer<Update> ReadUpdate(Parser& parser) {
  Update update;
  std::array<bool, 4> seen{};
  do {
    const Section* section = TakeSection(parser);
    if (!section) return parser.Wrong();
    bool& again = seen.at(static_cast<std::size_t>(section->kind));
    if (again) {
      return Invalid(fmt::format(
          "The \"{}\" section can only be used once in an update expression;", section->word));
    }
    again = true;
    do {
      TL_TRY(Action action, ReadAction(parser, section->kind));
      update.push_back(std::move(action));
    } while (parser.TakeSymbol(","));
  } while (!parser.AtEnd());
  return update;
}

Answer<Node> ConditionOf(std::string_view text, Placeholders& placeholders) {
  TL_DO(CheckText(text));
  Parser parser(text);
  TL_TRY(Node node, parser.ReadCondition());
  TL_DO(CheckParentheses(parser));
  TL_DO(CheckCondition(node, placeholders));
  return node;
}

Answer<Update> UpdateOf(std::string_view text, Placeholders& placeholders) {
  TL_DO(CheckText(text));
  Parser parser(text);
  TL_TRY(Update update, ReadUpdate(parser));
  TL_DO(CheckParentheses(parser));
  TL_DO(CheckUpdate(update, placeholders));
  return update;
}

Answer<std::vector<Path>> ProjectionOf(std::string_view text, Placeholders& placeholders) {
  TL_DO(CheckText(text));
  Parser parser(text);
  std::vector<Path> paths;
  do {
    TL_TRY(Path path, parser.ReadPath());
    paths.push_back(std::move(path));
  } while (parser.TakeSymbol(","));
  if (!parser.AtEnd()) return parser.Wrong();
  TL_DO(CheckProjection(paths, placeholders));
  return paths;
}

template <class T>
Answer<T> Named(std::string_view parameter, Answer<T> answer) {
  if (!answer)
    answer.error().message = fmt::format("Invalid {}: {}", parameter, answer.error().message);
  return answer;
}

}  // namespace

Answer<Node> ParseCondition(std::string_view parameter, std::string_view text,
                            Placeholders& placeholders) {
  return Named(parameter, ConditionOf(text, placeholders));
}

Answer<Update> ParseUpdate(std::string_view text, Placeholders& placeholders) {
  return Named("UpdateExpression", UpdateOf(text, placeholders));
}

Answer<std::vector<Path>> ParseProjection(std::string_view text, Placeholders& placeholders) {
  return Named("ProjectionExpression", ProjectionOf(text, placeholders));
}

}  // namespace trunkline::cloud::dynamodb
