#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/jsonata.h"
#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string With(std::string_view expression, std::string_view name, std::string_view value) {
  Bindings bindings;
  bindings.variables.emplace(name, json::Parse(value).value());
  SeededRandom random(1);
  const auto result = Evaluate(Parse(expression).value(), json::Value(), bindings,
                               {.random = random, .now = TimePoint()});
  if (!result) return result.error().message();
  return result.value() ? json::Write(*result.value()) : "undefined";
}

TEST(Evaluation, NumbersThatOnlyPassThroughKeepTheirSpelling) {
  constexpr std::string_view kInput = R"({"a": 1.50, "big": 12345678901234567890, "e": 1E2})";

  EXPECT_EQ(Answer("a", kInput), "1.50");
  EXPECT_EQ(Answer("[a, big]", kInput), "[1.50,12345678901234567890]");
  EXPECT_EQ(Answer("$sort([big, a])", kInput), "[1.50,12345678901234567890]");
  EXPECT_EQ(Answer("{'x': e}", kInput), R"({"x":1E2})");
  EXPECT_EQ(Answer("$ ~> |$|{'n': 1}|", R"({"a": 2.0})"), R"({"a":2.0,"n":1})");
}

TEST(Evaluation, ComputedNumbersAreWrittenAsInJavaScript) {
  EXPECT_EQ(Answer("a + 0", R"({"a": 1.50})"), "1.5");
  EXPECT_EQ(Answer("1e20 + 1"), "100000000000000000000");
  EXPECT_EQ(Answer("1e21 + 1"), "1e+21");
  EXPECT_EQ(Answer("0.1 / 1e6"), "1e-7");
  EXPECT_EQ(Answer("0.1 + 0.2"), "0.30000000000000004");
  EXPECT_EQ(Answer("$string(0.1 + 0.2)"), "\"0.3\"");
}

TEST(Evaluation, KeysKeepTheirOrder) {
  EXPECT_EQ(Answer("{'z': 1, 'a': 2, '10': 3, '9': 4}"), R"({"z":1,"a":2,"10":3,"9":4})");
  EXPECT_EQ(Answer("$merge([{'b': 1, 'a': 2}, {'b': 3}])"), R"({"b":3,"a":2})");
}

TEST(Evaluation, NullIsAValueAndUndefinedIsNone) {
  EXPECT_EQ(Answer("nul"), "null");
  EXPECT_EQ(Answer("missing"), "undefined");
  EXPECT_EQ(Answer("{'n': nul, 'm': missing}"), R"({"n":null})");
}

TEST(Evaluation, FunctionsDoNotLeaveTheExpression) {
  EXPECT_EQ(Answer("$sum"), "undefined");
  EXPECT_EQ(Answer("{'f': $sum, 'a': 1}"), R"({"a":1})");
}

TEST(Evaluation, LoneSurrogatesAreReplaced) {
  EXPECT_EQ(Answer(R"("a\ud800b")"), "\"a\uFFFDb\"");
}

TEST(Evaluation, VariablesAreSeenByName) {
  EXPECT_EQ(With("$states.input.n + 1", "states", R"({"input": {"n": 4}})"), "5");
  EXPECT_EQ(With("$list[1]", "list", "[1, 2.50]"), "2.50");
  EXPECT_EQ(With("$n ~> $string", "n", "7"), "\"7\"");
}

TEST(Evaluation, VariablesOfTheExpressionHideThoseFromOutside) {
  EXPECT_EQ(With("($x := 2; $x)", "x", "1"), "2");
  EXPECT_EQ(With("$sum", "sum", "1"), "1");
}

TEST(Evaluation, AnExpressionIsEvaluatedAgainAndAgain) {
  const Expression parsed = Parse("($n := $n + 1; $n)").value();
  const Expression copy = parsed;
  SeededRandom random(1);
  const Bindings bindings{.variables = {{"n", 1}}};

  for (const Expression* expression : {&parsed, &copy, &parsed}) {
    const auto result =
        Evaluate(*expression, json::Value(), bindings, {.random = random, .now = TimePoint()});
    EXPECT_EQ(result.value(), json::Value(2));
  }
}

TEST(Evaluation, ErrorsTellCodeTextAndPlace) {
  SeededRandom random(1);
  const Error error = Evaluate(Parse("'é' & (1 + 'a')").value(), json::Value(), {},
                               {.random = random, .now = TimePoint()})
                          .error();

  EXPECT_EQ(error.code(), "T2002");
  EXPECT_EQ(error.message(), "The right side of the \"+\" operator must evaluate to a number");
  EXPECT_THAT(error.steps(), ElementsAre("at position 10"));
}

TEST(Evaluation, LongValuesAreCutInMessages) {
  const std::string answer = Answer("[1..5000] < 1");

  EXPECT_THAT(answer, HasSubstr("T2010"));
  EXPECT_LT(Answer("{'x': [1..5000]} ~> $number").size(), 9'000U);
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
