#include <gtest/gtest.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

TEST(CollectionFunctions, Append) {
  constexpr Row kRows[] = {
      {"$append([1],[2])", "[1,2]"},
      {"$append(1,2)", "[1,2]"},
      {"$append(missing,1)", "1"},
      {"$append(1,missing)", "1"},
      {"$append([],[])", "[]"},
      {"$append(missing,missing)", "undefined"},
      {"$append(1)", R"(T0410: Argument 2 of function "append" does not match function signature)"},
      {"$append([[1]],[2])", "[[1],2]"},
      {R"($append("a",["b"]))", R"(["a","b"])"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, Sort) {
  constexpr Row kRows[] = {
      {"$sort([3,1,2])", "[1,2,3]"},
      {R"($sort(["b","a"]))", R"(["a","b"])"},
      {"$sort([true])", "[true]"},
      {"$sort([3,1,2],function($a,$b){$a<$b})", "[3,2,1]"},
      {"$sort([])", "[]"},
      {"$sort(5)", "[5]"},
      {"$sort(missing)", "undefined"},
      {R"($sort([{"a":1},{"a":0}],function($l,$r){$l.a>$r.a}))", R"([{"a":0},{"a":1}])"},
      {"$sort(words)", R"(["apple","bandana","cherry"])"},
      {R"($sort(["é","f","e","😀","\uffff"]))", R"(["e","f","é","😀","￿"])"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, ReverseZipAndTellApart) {
  constexpr Row kRows[] = {
      {"$reverse([1,2,3])", "[3,2,1]"},
      {"$reverse([])", "[]"},
      {"$reverse(5)", "[5]"},
      {"$reverse(missing)", "undefined"},
      {R"($distinct([1,2,1,"1","a","a"]))", R"([1,2,"1","a"])"},
      {R"($distinct([{"a":1},{"a":1}]))", R"([{"a":1}])"},
      {"$distinct(5)", "5"},
      {"$distinct(missing)", "undefined"},
      {"$distinct([[1],[1]])", "[[1]]"},
      {"$distinct([null,null,true,true])", "[null,true]"},
      {"$zip([1,2],[3,4])", "[[1,3],[2,4]]"},
      {"$zip([1,2],[3])", "[[1,3]]"},
      {"$zip([1,2],5)", "[[1,5]]"},
      {"$zip(1,2)", "[[1,2]]"},
      {"$zip([1,2])", "[[1],[2]]"},
      {"$zip()", R"(T0410: Argument 1 of function "zip" does not match function signature)"},
      {"$zip([1],missing)", "[]"},
      {"$shuffle([1])", "[1]"},
      {"$shuffle(missing)", "undefined"},
      {"$count($shuffle([1..10]))", "10"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, Map) {
  constexpr Row kRows[] = {
      {"$map([1,2],function($x){$x*2})", "[2,4]"},
      {"$map([1,2],function($x,$i){$x*$i})", "[0,2]"},
      {"$map([1,2],function($x,$i,$a){$count($a)})", "[2,2]"},
      {"$map(5,$string)", R"("5")"},
      {"$map([],$string)", "undefined"},
      {"$map(missing,$string)", "undefined"},
      {"$map([1,2],5)", R"(T0410: Argument 2 of function "map" does not match function signature)"},
      {"$map([1],function(){7})", "7"},
      {R"($map(["a","b"],$uppercase))", R"(["A","B"])"},
      {"$map([1,4],$sqrt)", "[1,2]"},
      {"$map([1,2,3],function($x){$x=2?missing:$x})", "[1,3]"},
      {"$map([1],function($x){[$x]})", "[1]"},
      {"$map([1,2],function($x){[$x]})", "[[1],[2]]"},
      {R"($map(["1","2"],$number))", "[1,2]"},
      {"$map([1..3],$power(?,2))", "[1,4,9]"},
      {R"($map(["ab","cd"],$substring(?,0,1)))", R"(["a","c"])"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, Filter) {
  constexpr Row kRows[] = {
      {"$filter([1,2,3],function($x){$x>1})", "[2,3]"},
      {"$filter([1,2],function($x){$x>1})", "2"},
      {"$filter(missing,$boolean)", "undefined"},
      {"$filter([1,2,3],function($x,$i){$i>0})", "[2,3]"},
      {R"($filter(["a","bb"],/b/))", R"("bb")"},
      {R"($filter(["ab","ba","b"],/b/))", R"("ab")"},
      {"$filter([],$boolean)", "undefined"},
      {"$filter([0,1],$boolean)", "1"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, FindTheSingleOne) {
  constexpr Row kRows[] = {
      {"$single([1,2,3],function($x){$x=2})", "2"},
      {"$single([1,2,3],function($x){$x>1})",
       "D3138: The $single() function expected exactly 1 matching result.  Instead it matched "
       "more."},
      {"$single([1],function($x){$x>1})",
       "D3139: The $single() function expected exactly 1 matching result.  Instead it matched 0."},
      {"$single([1])", "1"},
      {"$single([1,2])",
       "D3138: The $single() function expected exactly 1 matching result.  Instead it matched "
       "more."},
      {"$single([])",
       "D3139: The $single() function expected exactly 1 matching result.  Instead it matched 0."},
      {"$single(missing,$boolean)", "undefined"},
      {"$single(5)", "5"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, Reduce) {
  constexpr Row kRows[] = {
      {"$reduce([1,2,3],function($a,$b){$a+$b})", "6"},
      {"$reduce([1,2,3],function($a,$b){$a+$b},10)", "16"},
      {"$reduce([],function($a,$b){$a+$b})", "undefined"},
      {"$reduce([],function($a,$b){$a+$b},5)", "5"},
      {"$reduce([1],function($a,$b){$a+$b})", "1"},
      {"$reduce([1,2],function($a){$a})",
       "D3050: The second argument of reduce function must be a function with at least two "
       "arguments"},
      {"$reduce([1,2],$append)", "[1,2]"},
      {"$reduce(missing,$append)", "undefined"},
      {"$reduce([1,2,3],function($a,$b,$i){$a*10+$i})", "112"},
      {"$reduce([1,2,3],function($a,$b,$i,$l){$a+$count($l)})", "7"},
      {"$reduce(5,function($a,$b){$a+$b})", "5"},
      {"$reduce([1,2],5)",
       R"(T0410: Argument 2 of function "reduce" does not match function signature)"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, SiftMembers) {
  constexpr Row kRows[] = {
      {R"($sift({"a":1,"b":2},function($v){$v>1}))", R"({"b":2})"},
      {R"($sift({"a":1},function($v,$k){$k="a"}))", R"({"a":1})"},
      {R"($sift({"a":1},function($v){false}))", "undefined"},
      {"$sift(missing,$boolean)", "undefined"},
      {"$sift(5,$boolean)",
       R"(T0410: Argument 1 of function "sift" does not match function signature)"},
      {"o.$sift(function($v){true})", "undefined"},
      {"a.$sift(function($v,$k,$o){$count($keys($o))>0})",
       R"({"b":[{"c":1},{"c":2},{"c":[3,4]},{"d":null}]})"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, VisitEachMember) {
  constexpr Row kRows[] = {
      {R"($each({"a":1,"b":2},function($v,$k){$k&$v}))", R"(["a1","b2"])"},
      {"$each({},function($v){$v})", "undefined"},
      {"$each(missing,function($v){$v})", "undefined"},
      {R"($each({"a":1},function($v){missing}))", "undefined"},
      {"$each(5,$string)",
       R"(T0410: Argument 1 of function "each" does not match function signature)"},
      {R"($each({"a":1},function($v,$k,$o){$o}))", R"({"a":1})"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, ListLookUpSpreadAndMerge) {
  constexpr Row kRows[] = {
      {R"($keys({"a":1,"b":2}))", R"(["a","b"])"},
      {R"($keys({"a":1}))", R"("a")"},
      {"$keys({})", "undefined"},
      {R"($keys([{"a":1},{"b":2},{"a":3}]))", R"(["a","b"])"},
      {"$keys(5)", "undefined"},
      {"$keys(missing)", "undefined"},
      {"$keys(null)", "undefined"},
      {"$keys()",
       R"(["center","a","n","s","e","o","one","nul","t","words","nums","mixed","phones"])"},
      {R"($lookup({"a":1},"a"))", "1"},
      {R"($lookup({"a":1},"b"))", "undefined"},
      {R"($lookup([{"a":1},{"a":[2,3]}],"a"))", "[1,2,3]"},
      {R"($lookup(5,"a"))", "undefined"},
      {R"($lookup(missing,"a"))", "undefined"},
      {R"($lookup({"a":1},5))",
       R"(T0410: Argument 2 of function "lookup" does not match function signature)"},
      {R"($lookup({"a b":1},"a b"))", "1"},
      {R"($spread({"a":1,"b":2}))", R"([{"a":1},{"b":2}])"},
      {R"($spread([{"a":1},{"b":2}]))", R"([{"a":1},{"b":2}])"},
      {"$spread(5)", "5"},
      {R"($spread("a"))", R"("a")"},
      {"$spread(missing)", "undefined"},
      {"$spread({})", "undefined"},
      {"$spread([])", "undefined"},
      {R"($spread([1,{"a":2}]))", R"([1,{"a":2}])"},
      {R"($merge([{"a":1},{"b":2},{"a":3}]))", R"({"a":3,"b":2})"},
      {R"($merge({"a":1}))", R"({"a":1})"},
      {"$merge([])", "{}"},
      {"$merge(missing)", "undefined"},
      {"$merge([1])", R"(T0412: Argument 1 of function "merge" must be an array of "objects")"},
      {"$merge(5)", R"(T0412: Argument 1 of function "merge" must be an array of "objects")"},
      {"$merge(null)", R"(T0412: Argument 1 of function "merge" must be an array of "objects")"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, TellTypesAndRaiseErrors) {
  constexpr Row kRows[] = {
      {"$type(1)", R"("number")"},
      {R"($type("a"))", R"("string")"},
      {"$type(null)", R"("null")"},
      {"$type(true)", R"("boolean")"},
      {"$type([])", R"("array")"},
      {"$type({})", R"("object")"},
      {"$type($sum)", R"("function")"},
      {"$type(function($x){$x})", R"("function")"},
      {"$type(missing)", "undefined"},
      {"$type()", R"(T0410: Argument 1 of function "type" does not match function signature)"},
      {"$type(/a/)", R"("function")"},
      {"$error()", "D3137: $error() function evaluated"},
      {R"($error("boom"))", "D3137: boom"},
      {R"($error(""))", "D3137: $error() function evaluated"},
      {"$error(5)", R"(T0410: Argument 1 of function "error" does not match function signature)"},
      {"$assert(true)", "undefined"},
      {"$assert(false)", "D3141: $assert() statement failed"},
      {R"($assert(false,"no"))", "D3141: no"},
      {"$assert(1)", R"(T0410: Argument 1 of function "assert" does not match function signature)"},
      {"$assert(missing)", "D3141: $assert() statement failed"},
      {R"($assert(false,""))", "D3141: $assert() statement failed"},
      {"$error(missing)", "D3137: $error() function evaluated"},
      {R"($clone({"a":1}))", R"({"a":1})"},
      {"$clone([1])", "[1]"},
      {"$clone(5)", R"(T0410: Argument 1 of function "clone" does not match function signature)"},
      {"$clone(missing)", "undefined"},
  };
  ExpectAnswers(kRows);
}

TEST(CollectionFunctions, CastToBooleans) {
  constexpr Row kRows[] = {
      {"$boolean(0)", "false"},
      {"$boolean(1)", "true"},
      {R"($boolean(""))", "false"},
      {R"($boolean("a"))", "true"},
      {"$boolean([])", "false"},
      {"$boolean([0])", "false"},
      {"$boolean([0,1])", "true"},
      {"$boolean({})", "false"},
      {R"($boolean({"a":1}))", "true"},
      {"$boolean(null)", "false"},
      {"$boolean($sum)", "false"},
      {"$boolean(missing)", "undefined"},
      {"$boolean()", "true"},
      {"$not(true)", "false"},
      {"$not(missing)", "undefined"},
      {"$not(0)", "true"},
      {"$not([])", "true"},
      {"$exists(1)", "true"},
      {"$exists(missing)", "false"},
      {"$exists(null)", "true"},
      {"$exists()", R"(T0410: Argument 1 of function "exists" does not match function signature)"},
      {"$exists(1,2)",
       R"(T0410: Argument 2 of function "exists" does not match function signature)"},
      {"$not()", "false"},
      {"nums.$boolean()", "[true,true,true]"},
  };
  ExpectAnswers(kRows);
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
