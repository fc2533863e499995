#include <gtest/gtest.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

TEST(Paths, SelectWhatTheyName) {
  constexpr Row kRows[] = {
      {"center.name", R"("Acme")"},
      {"center.queues.agents.rate", "[34.45,21.67,34.45,107.99]"},
      {"center.queues[0].agents[1].name", R"("Bob")"},
      {"center.queues[-1].id", R"("care")"},
      {"a.b.c", "[1,2,3,4]"},
      {"a.b.c[0]", "[1,2,3]"},
      {"(a.b.c)[0]", "1"},
      {"a.b[c=2]", R"({"c":2})"},
      {"a.b[d=null]", R"({"d":null})"},
      {"n", "[[1,2],[3]]"},
      {"n[0]", "[1,2]"},
      {"n[0][1]", "2"},
      {"n[0][0]", "1"},
      {"s", R"("Queue World")"},
      {"e", "[]"},
      {"o", "{}"},
      {"one", R"([{"x":5}])"},
      {"one.x", "5"},
      {"one[0].x", "5"},
      {"one.x[]", "[5]"},
      {"one[].x", "[5]"},
      {"nul", "null"},
      {"t", "true"},
      {"$$.s", R"("Queue World")"},
      {"missing", "undefined"},
      {"missing.x", "undefined"},
      {"missing[0]", "undefined"},
      {"s[0]", R"("Queue World")"},
      {"s[1]", "undefined"},
      {"nums[0]", "3"},
      {"nums[-1]", "2"},
      {"nums[5]", "undefined"},
      {"nums[1.9]", "1"},
      {"nums[[0,2]]", "[3,2]"},
      {"nums[[0..1]]", "[3,1]"},
      {"nums[$>1]", "[3,2]"},
      {"nums[$<0]", "undefined"},
      {R"(words[$ = "apple"])", R"("apple")"},
      {R"(phones[type="office"].number)", R"(["2","3"])"},
      {R"(phones[type="office"][0].number)", R"("2")"},
      {R"((phones[type="office"])[0].number)", R"("2")"},
      {R"(phones[type="home"].number[])", R"(["1"])"},
      {"a.*", R"([{"c":1},{"c":2},{"c":[3,4]},{"d":null}])"},
      {"a.b.*", "[1,2,3,4,null]"},
      {"a.**",
       R"([{"b":[{"c":1},{"c":2},{"c":[3,4]},{"d":null}]},{"c":1},1,{"c":2},2,{"c":[3,4]},3,4,{"d":null},null])"},
      {"**.rate", "[34.45,21.67,34.45,107.99]"},
      {"**.c", "[1,2,3,4]"},
      {"center.queues.*[0]", R"(["sales","care"])"},
      {"mixed", R"([1,"a",null,true,{"k":1}])"},
      {"mixed.k", "1"},
      {"mixed[4].k", "1"},
      {"$.s", R"("Queue World")"},
      {"`s`", R"("Queue World")"},
      {R"(center."name")", R"("Acme")"},
      {R"("s")", R"("s")"},
      {"center.queues.agents.site.city", R"(["Rome","Oslo","Rome","Bern"])"},
      {"center.queues.agents[rate>30].name", R"(["Ann","Ann","Cid"])"},
      {"center.queues.(agents.rate)", "[34.45,21.67,34.45,107.99]"},
      {"center.queues.[agents.rate]", "[[34.45,21.67],[34.45,107.99]]"},
      {R"(center.queues.{"id":id})", R"([{"id":"sales"},{"id":"care"}])"},
      {"center.queues{id:$sum(agents.(rate*calls))}",
       R"({"sales":90.57000000000001,"care":245.79000000000002})"},
      {"center.queues.agents{name:rate}", R"({"Ann":[34.45,34.45],"Bob":21.67,"Cid":107.99})"},
      {"center.queues.agents{name:$sum(rate)}", R"({"Ann":68.9,"Bob":21.67,"Cid":107.99})"},
      {R"(center.queues.agents{name:{"p":rate,"q":calls}})",
       R"({"Ann":{"p":[34.45,34.45],"q":[2,4]},"Bob":{"p":21.67,"q":1},"Cid":{"p":107.99,"q":1}})"},
      {R"({"a":1,"b":[1,2],"c":{"d":missing}})", R"({"a":1,"b":[1,2],"c":{}})"},
      {"[1,2,missing,3]", "[1,2,3]"},
      {"[1..5]", "[1,2,3,4,5]"},
      {"[1..3,7..9]", "[1,2,3,7,8,9]"},
      {"[5..1]", "[]"},
      {"[missing..3]", "[]"},
      {R"([0..2].{"i":$})", R"([{"i":0},{"i":1},{"i":2}])"},
      {"[[1,2],[3]]", "[[1,2],[3]]"},
      {"[n]", "[[1,2],[3]]"},
      {"[n,[n]]", "[[1,2],[3],[[1,2],[3]]]"},
      {"[]", "[]"},
      {"{}", "{}"},
      {"[1..3].($*2)", "[2,4,6]"},
      {"nums.($*2)", "[6,2,4]"},
      {"nums.$string()", R"(["3","1","2"])"},
      {"words.$uppercase()", R"(["BANDANA","APPLE","CHERRY"])"},
      {"words.$length($)", "[7,5,6]"},
      {"$sum(nums)", "6"},
      {"center.queues.agents^(rate).name", R"(["Bob","Ann","Ann","Cid"])"},
      {"center.queues.agents^(>rate).name", R"(["Cid","Ann","Ann","Bob"])"},
      {"center.queues.agents^(name,>calls).calls", "[4,2,1,1]"},
      {"nums^($)", "[1,2,3]"},
      {"nums^(>$)", "[3,2,1]"},
      {"words^($)", R"(["apple","bandana","cherry"])"},
      {"mixed^($)", R"(T2007: Type mismatch when comparing values 1 and "a" in order-by clause)"},
      {"center.queues.agents^(site.score,<name)[0].name", R"("Bob")"},
  };
  ExpectAnswers(kRows);
}

TEST(Paths, TakeAnArrayAsOneContext) {
  constexpr Row kRows[] = {
      {"$", R"([1,[2,3],{"a":4},[{"a":5},{"a":[6,7]}]])"},
      {"$[0]", "1"},
      {"a", "[4,5,6,7]"},
      {"$.a", "[4,5,6,7]"},
      {"*", R"([1,2,3,{"a":4},{"a":5},{"a":[6,7]}])"},
      {"**", R"([1,2,3,{"a":4},4,{"a":5},5,{"a":[6,7]},6,7])"},
      {"$[1]", "[2,3]"},
      {"$[2].a", "4"},
      {"$[a=4]", R"({"a":4})"},
      {"[$]", R"([1,[2,3],{"a":4},[{"a":5},{"a":[6,7]}]])"},
      {"$count($)", "4"},
      {"$map($,function($x){$x})", R"([1,[2,3],{"a":4},[{"a":5},{"a":[6,7]}]])"},
      {"$string()", R"("[1,[2,3],{\"a\":4},[{\"a\":5},{\"a\":[6,7]}]]")"},
      {"$.*", R"([2,3,4,{"a":5},{"a":[6,7]}])"},
      {"$$[0]", "1"},
      {R"({"x":a})", R"({"x":[4,5,6,7]})"},
      {"$^(a)",
       "T2008: The expressions within an order-by clause must evaluate to numeric or string "
       "values"},
      {"$sum($[0])", "1"},
      {"a[0]", "4"},
      {"a[]", "[4,5,6,7]"},
      {"$[]", R"([1,[2,3],{"a":4},[{"a":5},{"a":[6,7]}]])"},
      {"$.a[1]", "6"},
      {"(a)[0]", "4"},
  };
  ExpectAnswers(kRows, R"([1, [2, 3], {"a": 4}, [{"a": 5}, {"a": [6, 7]}]])");
}

TEST(Paths, TakeWhateverTheInputIsNull) {
  constexpr Row kRows[] = {
      {"$", "null"},
      {"a", "undefined"},
      {"$[0]", "null"},
      {"[$]", "[null]"},
      {R"({"a":1})", R"({"a":1})"},
      {"*", "undefined"},
      {R"($.{"a":$})", R"({"a":null})"},
      {"$count($)", "1"},
      {"$exists($)", "true"},
  };
  ExpectAnswers(kRows, "null");
}

TEST(Paths, TakeWhateverTheInputIsEmpty) {
  constexpr Row kRows[] = {
      {"$", "[]"},
      {"a", "undefined"},
      {"$[0]", "undefined"},
      {"[$]", "[]"},
      {R"({"a":1})", R"({"a":1})"},
      {"*", "undefined"},
      {R"($.{"a":$})", "undefined"},
      {"$count($)", "0"},
      {"$exists($)", "true"},
  };
  ExpectAnswers(kRows, "[]");
}

TEST(Paths, TakeWhateverTheInputIsNested) {
  constexpr Row kRows[] = {
      {"$", "[[1]]"},
      {"a", "undefined"},
      {"$[0]", "[1]"},
      {"[$]", "[[1]]"},
      {R"({"a":1})", R"({"a":1})"},
      {"*", "[1]"},
      {R"($.{"a":$})", R"({"a":1})"},
      {"$count($)", "1"},
      {"$exists($)", "true"},
  };
  ExpectAnswers(kRows, "[[1]]");
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
