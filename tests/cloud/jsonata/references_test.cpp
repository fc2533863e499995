#include "cloud/services/stepfunctions/jsonata/references.h"

#include <gmock/gmock.h>

namespace trunkline::cloud::jsonata::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

References Of(std::string_view expression) {
  return ReferencesOf(Parse(expression).value());
}

TEST(JsonataReferences, BareNamesAtTheTopAreFound) {
  EXPECT_THAT(Of("phone").top_level, ElementsAre("phone"));
  EXPECT_THAT(Of("$states.input.a + (b.c & $uppercase(d))").top_level, ElementsAre("b", "d"));
  EXPECT_THAT(Of("{'x': y, z: 1}").top_level, ElementsAre("y", "z"));
  EXPECT_THAT(Of("[$, *, **, $]").top_level, ElementsAre("$", "*", "**"));
  EXPECT_THAT(Of("function($x){ name }").top_level, ElementsAre("name"));
}

TEST(JsonataReferences, NamesInsideOfSomethingSelectedAreNot) {
  EXPECT_THAT(Of("$states.input.items[price > 3].{'id': id}").top_level, IsEmpty());
  EXPECT_THAT(Of("$states.input.items^(price){id: $}").top_level, IsEmpty());
  EXPECT_THAT(Of("$states.input ~> |a|{'b': c}|").top_level, IsEmpty());
  EXPECT_THAT(Of("$x[a = 1]").top_level, IsEmpty());
}

TEST(JsonataReferences, VariablesAndMembersOfStatesAreFound) {
  const References references = Of("$n + $states.input.x + $$ + $states.errorOutput.Error");

  EXPECT_THAT(references.variables, ElementsAre("n", "states", "$"));
  EXPECT_THAT(references.states, ElementsAre("input", "errorOutput"));
}

TEST(JsonataReferences, VariablesOfItsOwnAreToldApart) {
  EXPECT_THAT(Of("($t := $n; $map($states.input@$o#$i, function($v) { $v + $t }))").bound,
              ElementsAre("t", "o", "i", "v"));
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
