// Tables of expressions and what they give.
//
// The answers were checked against JSONata 2.0.6 itself, but for what Step Functions does
// otherwise.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace trunkline::cloud::jsonata::tests {

struct Row {
  std::string_view expression;
  // JSON, "undefined", or an error as "T2001: its text".
  std::string_view answer;
};

// The document the tables are about: a contact center, and some odds and ends.
extern const std::string_view kCenter;

std::string Answer(std::string_view expression, std::string_view input = kCenter);
void ExpectAnswers(std::span<const Row> rows, std::string_view input = kCenter);

}  // namespace trunkline::cloud::jsonata::tests
