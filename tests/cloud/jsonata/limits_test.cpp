#include "cloud/services/stepfunctions/jsonata/limits.h"

#include <gmock/gmock.h>

#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

using ::testing::StartsWith;

constexpr std::string_view kTimeout = "Expression evaluation timeout: Check for infinite loop";
constexpr std::string_view kStack =
    "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as "
    "tail-recursive.";
constexpr std::string_view kMemory =
    "Expression evaluation memory limit exceeded: Check for excessive memory usage";

std::string Repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// With fewer steps than an evaluation really has.
std::string AnswerIn(std::uint64_t steps, std::string_view expression) {
  const Expression parsed = Parse(expression).value();
  const json::Value input;
  const Bindings bindings;
  SeededRandom random(1);
  Evaluator evaluator(input, bindings, {.random = random, .now = TimePoint()}, steps);
  const Outcome<Value> result = evaluator.Run(parsed.root());
  return result ? "done" : result.error().ToError(expression).message();
}

TEST(JsonataLimits, AnEndlessTailCallTimesOut) {
  EXPECT_EQ(AnswerIn(100'000, "($f := function($x){$f($x)}; $f(1))"), kTimeout);
}

TEST(JsonataLimits, ManyItemsOfManyItemsTimeOut) {
  EXPECT_EQ(AnswerIn(100'000, "[1..1000].[1..1000]"), kTimeout);
  EXPECT_EQ(AnswerIn(100'000, "$map([1..1000], function($x){$map([1..1000], $string)})"), kTimeout);
  EXPECT_EQ(AnswerIn(100'000, "$distinct([1..1000].{'a': $})"), kTimeout);
}

TEST(JsonataLimits, AnEndlessRecursionOverflows) {
  EXPECT_EQ(Answer("($f := function($x){1 + $f($x)}; $f(1))"), kStack);
}

TEST(JsonataLimits, EvaluationNestsAHundredTimes) {
  EXPECT_EQ(Answer(Repeated("1+", 99) + "1"), "100");
  EXPECT_EQ(Answer(Repeated("1+", 100) + "1"), kStack);
  EXPECT_EQ(Answer(Repeated("(", 99) + "1" + Repeated(")", 99)), "1");
  EXPECT_EQ(Answer(Repeated("(", 100) + "1" + Repeated(")", 100)), kStack);
}

TEST(JsonataLimits, AFunctionMayCallItselfThirtyOneTimes) {
  constexpr Row kRows[] = {
      {"($f := function($n){ $n = 0 ? 0 : 1 + $f($n-1)}; $f(31))", "31"},
      {"($f := function($n){ $n = 0 ? 0 : 1 + $f($n-1)}; $f(32))", kStack},
      {"($f := function($n, $a){ $n = 0 ? $a : $f($n-1, $a+1)}; $f(10000, 0))", "10000"},
  };
  ExpectAnswers(kRows);
}

TEST(JsonataLimits, NestedTextIsRefusedBeforeItIsTooDeepForUs) {
  EXPECT_EQ(Answer(Repeated("[", 100'000)), kStack);
  EXPECT_EQ(Answer(Repeated("1+", 100'000) + "1"), kStack);
  EXPECT_EQ(Answer(Repeated("a.", 100'000) + "a"), kStack);
  EXPECT_EQ(Answer("'x' ~> /" + Repeated("(", 10'000) + Repeated(")", 10'000) + "/").substr(0, 26),
            "Invalid regular expression");
}

TEST(JsonataLimits, SequencesAndTextsHaveASize) {
  constexpr Row kRows[] = {
      {"$count([1..873782])", "873782"},
      {"$count([1..873783])", kMemory},
      {"$range(0, 1e9, 1)", kMemory},
      {"$pad('x', 10000000)", kMemory},
      {"($f := function($s, $n){ $n = 0 ? $s : $f($s & $s, $n-1)}; $length($f('x', 22)))",
       "4194304"},
      {"($f := function($s, $n){ $n = 0 ? $s : $f($s & $s, $n-1)}; $length($f('x', 23)))", kMemory},
      {"[1..20000000]",
       "D2014: The size of the sequence allocated by the range operator (..) must not exceed 1e6.  "
       "Attempted to allocate 20000000."},
  };
  ExpectAnswers(kRows);
}

TEST(JsonataLimits, ComputedValuesDoNotNestForever) {
  EXPECT_EQ(Answer("($f := function($x, $n){ $n = 0 ? $x : $f({'a': $x}, $n-1)}; $f(1, 5000))"),
            kStack);
  EXPECT_EQ(Answer("($f := function($x, $n){ $n = 0 ? $x : $f($x ~> |$|{'s': $}|, $n-1)};"
                   " $f({'a': 1}, 1000))"),
            kStack);
}

TEST(JsonataLimits, LongChainsOfFunctionsAreTakenApart) {
  constexpr Row kRows[] = {
      {"($f := function($g, $n){ $n = 0 ? $g : $f(function($y){ $g($y) }, $n-1) };"
       " $f($string, 3000)(1))",
       R"("1")"},
      {"($id := function($x){$x}; $f := function($g, $n)"
       "{ $n = 0 ? $g : $f($n = 3000 ? $id(?) : $g(?), $n-1) }; $f(1, 3000)(1))",
       kStack},
      {"($f := function($g, $n){ $n = 0 ? $g : $f($g ~> $string, $n-1) };"
       " $f($string, 3000)(1))",
       kStack},
  };
  ExpectAnswers(kRows);
}

TEST(JsonataLimits, AnExplodingRegularExpressionTimesOut) {
  EXPECT_EQ(AnswerIn(100'000, "$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', /(a+)+b/)"), kTimeout);
  EXPECT_THAT(Answer("$contains('x', /((a{1000}){1000}){1000}/)"),
              StartsWith("Invalid regular expression"));
}

TEST(JsonataLimits, SharedPartsCountAsOftenAsTheyOccur) {
  const std::string twins =
      "($f := function($o, $n){ $n = 0 ? $o : $f({'a': $o, 'b': $o}, $n-1) }; $f({}, 60))";

  EXPECT_EQ(Answer(twins), kMemory);
  EXPECT_EQ(Answer("($big := [1..800000]; [1..1000].$big)"), kMemory);
  EXPECT_EQ(AnswerIn(100'000, twins + " = " + twins), kTimeout);
}

TEST(JsonataLimits, AnUpdateMadeOfTheMatchItselfDoesNotContainItself) {
  EXPECT_EQ(Answer("$ ~> |a|{'self': $}|", R"({"a": {"b": 1}})"),
            R"({"a":{"b":1,"self":{"b":1}}})");
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
