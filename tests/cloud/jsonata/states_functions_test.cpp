#include <gmock/gmock.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

using ::testing::MatchesRegex;

TEST(StatesFunctions, PartitionCutsIntoPartsOfASize) {
  constexpr Row kRows[] = {
      {"$partition([1,2,3,4,5],2)", "[[1,2],[3,4],[5]]"},
      {"$partition([1,2,3],2.9)", "[[1,2],[3]]"},
      {"$partition([1,2,3],5)", "[[1,2,3]]"},
      {"$partition([1,2,3])", "[[1,2,3]]"},
      {"$partition([],2)", "undefined"},
      {"$partition([1,2],0)", "undefined"},
      {"$partition(missing,2)", "undefined"},
      {"$partition([1,2],-1)", "D3137: Second argument must be zero or greater"},
      {"$partition(null,2)",
       R"(T0412: Argument 1 of function "partition" must be an array of undefined)"},
      {R"($partition([1],"a"))",
       R"(T0410: Argument 2 of function "partition" does not match function signature)"},
  };
  ExpectAnswers(kRows);
}

TEST(StatesFunctions, RangeCountsInSteps) {
  constexpr Row kRows[] = {
      {"$range(0,10,2)", "[0,2,4,6,8,10]"},
      {"$range(0,5,2)", "[0,2,4]"},
      {"$range(10,0,-5)", "[10,5,0]"},
      {"$range(-1.7,2,1)", "[-1,0,1,2]"},
      {"$range(3,3,1)", "3"},
      {"$range(5,1,1)", "undefined"},
      {"$range(1,5,0)", "undefined"},
      {"$range(1,5)", "undefined"},
      {"$range(1)", R"(T0410: Argument 2 of function "range" does not match function signature)"},
      {"$range(missing,5,1)",
       R"(T0410: Argument 1 of function "range" does not match function signature)"},
  };
  ExpectAnswers(kRows);
}

TEST(StatesFunctions, HashKnowsFiveAlgorithms) {
  constexpr Row kRows[] = {
      {"$hash('Hello','MD5')", R"("8b1a9953c4611296a827abf8c47804d7")"},
      {"$hash('input','SHA-1')", R"("140f86aae51ab9e1cda9b4254fe98a74eb54c1a1")"},
      {"$hash('Hello','SHA-256')",
       R"("185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969")"},
      {"$length($hash('Hello','SHA-384'))", "96"},
      {"$substring($hash('','SHA-384'),0,8)", R"("38b060a7")"},
      {"$substring($hash('','SHA-512'),0,8)", R"("cf83e135")"},
      {"$hash('Hello')", "undefined"},
      {"$hash('Hello','md5')",
       "D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"},
      {"$hash(5,'MD5')",
       R"(T0410: Argument 1 of function "hash" does not match function signature)"},
      {"$hash()", R"(T0410: Argument 1 of function "hash" does not match function signature)"},
  };
  ExpectAnswers(kRows);
}

TEST(StatesFunctions, RandomWithASeedIsTheSameEverywhere) {
  EXPECT_EQ(Answer("$random(42)"), "0.7275636800328681");
  EXPECT_EQ(Answer("$random(42.9)"), "0.7275636800328681");
  EXPECT_EQ(Answer("$random(-1) = $random(1)"), "false");
  EXPECT_EQ(Answer("$random('a')"),
            R"(T0410: Argument 1 of function "random" does not match function signature)");
}

TEST(StatesFunctions, RandomWithoutASeedIsBelowOne) {
  EXPECT_EQ(Answer("$count([1..100].($random())[$ >= 0 and $ < 1])"), "100");
  EXPECT_EQ(Answer("$random() = $random()"), "false");
}

TEST(StatesFunctions, UuidIsOfVersionFour) {
  EXPECT_THAT(Answer("$uuid()"),
              MatchesRegex("\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]+\""));
  EXPECT_EQ(Answer("$uuid() = $uuid()"), "false");
  EXPECT_EQ(Answer("$uuid(1)"),
            R"(T0410: Argument 1 of function "uuid" does not match function signature)");
}

TEST(StatesFunctions, ParseReadsJsonStrictly) {
  constexpr Row kRows[] = {
      {R"($parse('{"a":[1.50,null]}').a)", "[1.50,null]"},
      {"$parse('null')", "null"},
      {"$exists($parse('null'))", "true"},
      {"$parse()", "undefined"},
      {"$parse(missing)", "undefined"},
      {"$parse('')", "D3137: Invalid JSON"},
      {"$parse('1 2')", "D3137: Invalid JSON"},
      {R"($parse('{"a":1,"a":2}'))", "D3137: Invalid JSON"},
      {"$parse(null)",
       R"(T0410: Argument 1 of function "parse" does not match function signature)"},
      {"$map(['1','[2]'],$parse)", "[1,[2]]"},
  };
  ExpectAnswers(kRows);
}

TEST(StatesFunctions, EvalIsNone) {
  EXPECT_EQ(Answer("$eval('1+1')"), "T1006: Attempted to invoke a non-function");
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
