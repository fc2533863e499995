#include <gtest/gtest.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

TEST(StepVariables, AreBoundByFocusIndexAndParent) {
  constexpr Row kRows[] = {
      {R"(center.queues.agents.{"n":name,"o":%.id})",
       R"([{"n":"Ann","o":"sales"},{"n":"Bob","o":"sales"},{"n":"Ann","o":"care"},{"n":"Cid","o":"care"}])"},
      {R"(center.queues.agents.{"n":name,"a":%.%.name})",
       R"([{"n":"Ann","a":"Acme"},{"n":"Bob","a":"Acme"},{"n":"Ann","a":"Acme"},{"n":"Cid","a":"Acme"}])"},
      {"center.queues.agents.%.id", R"(["sales","sales","care","care"])"},
      {"center.queues.agents.%.%.name", R"(["Acme","Acme","Acme","Acme"])"},
      {R"(center.queues@$o.agents.{"id":$o.id,"n":name})", "undefined"},
      {R"(center.queues@$o.agents@$p.{"id":$o.id,"n":$p.name})", "undefined"},
      {"center.queues#$i.id", R"(["sales","care"])"},
      {R"(center.queues#$i.{"i":$i,"id":id})", R"([{"i":0,"id":"sales"},{"i":1,"id":"care"}])"},
      {R"(center.queues#$i.agents#$j.{"i":$i,"j":$j})",
       R"([{"i":0,"j":0},{"i":0,"j":1},{"i":1,"j":0},{"i":1,"j":1}])"},
      {"nums#$i[$i=1]", "1"},
      {R"(nums#$i.{"i":$i,"v":$})", R"([{"i":0,"v":3},{"i":1,"v":1},{"i":2,"v":2}])"},
      {R"(center.queues.agents[%.id="care"].name)", R"(["Ann","Cid"])"},
      {"center.queues.agents^(%.id,>rate).name", R"(["Cid","Ann","Ann","Bob"])"},
      {R"(center.queues.agents[rate>30]#$i.{"i":$i,"n":name})",
       R"([{"i":0,"n":"Ann"},{"i":1,"n":"Ann"},{"i":2,"n":"Cid"}])"},
      {R"(center.queues.agents#$i[rate>30].{"i":$i,"n":name})",
       R"([{"i":0,"n":"Ann"},{"i":0,"n":"Ann"},{"i":1,"n":"Cid"}])"},
      {"%", "S0217: The object representing the 'parent' cannot be derived from this expression"},
      {"%.x", "S0217: The object representing the 'parent' cannot be derived from this expression"},
      {"center.queues.(%.name)", R"(["Acme","Acme"])"},
      {"center.queues.agents.(rate*%.agents[0].calls)", "[68.9,43.34,137.8,431.96]"},
      {"center.queues@$o{$o.id:$count($o.agents)}", R"({"sales":2,"care":2})"},
      {"center.queues@$o.agents@$p{$o.id:$p.name}", "{}"},
      {"center.queues#$i{$string($i):id}", R"({"0":"sales","1":"care"})"},
      {"center.queues.agents.site.%.name", R"(["Ann","Bob","Ann","Cid"])"},
      {"center.queues.*.%.id", R"(["sales","sales","sales","care","care","care"])"},
      {"words#$i^($)", R"(["apple","bandana","cherry"])"},
      {R"(words^($)#$i.{"w":$,"i":$i})",
       R"([{"w":"apple","i":0},{"w":"bandana","i":1},{"w":"cherry","i":2}])"},
      {R"(words#$i^(>$).{"w":$,"i":$i})",
       R"([{"w":"cherry","i":2},{"w":"bandana","i":0},{"w":"apple","i":1}])"},
      {"center.queues.agents@$p.center", "undefined"},
      {"center.queues@$o.$o.id", R"(["sales","care"])"},
      {"a.b@$b[$b.c=1].c", "undefined"},
      {R"(center.queues[0].agents#$i@$p.{"i":$i,"n":$p.name})",
       R"([{"i":0,"n":"Ann"},{"i":1,"n":"Bob"}])"},
      {"center.queues@$o[0].id", "undefined"},
      {"[center.queues].%",
       "S0217: The object representing the 'parent' cannot be derived from this expression"},
      {"$x.%",
       "S0217: The object representing the 'parent' cannot be derived from this expression"},
      {"center.queues.agents[0].%[0].id", R"("sales")"},
  };
  ExpectAnswers(kRows);
}

TEST(Signatures, DecideWhatAFunctionTakes) {
  constexpr Row kRows[] = {
      {"function($a)<n:n>{$a}(1)", "1"},
      {R"(function($a)<n:n>{$a}("x"))",
       "T0410: Argument 1 of function undefined does not match function signature"},
      {"function($a,$b)<n-s?:s>{$a&$b}(1)", R"("1")"},
      {"5.(function($a)<n-:n>{$a}())",
       "S0213: The literal value 5 cannot be used as a step within a path expression"},
      {R"("x".(function($a)<n-:n>{$a}()))", "undefined"},
      {"function($a)<a:a>{$a}(1)", "[1]"},
      {R"(function($a)<a<n>:a>{$a}("x"))",
       R"(T0412: Argument 1 of function undefined must be an array of "numbers")"},
      {R"(function($a)<a<s>:a>{$a}(["x",1]))",
       R"(T0412: Argument 1 of function undefined must be an array of "strings")"},
      {R"(function($a,$b)<s+:s>{$a}("x","y"))", R"("x")"},
      {"function($a,$b)<s?n:s>{$b}(5)", "undefined"},
      {"function($a)<(ns):x>{$a}(true)",
       "T0410: Argument 1 of function undefined does not match function signature"},
      {"function($a)<j:x>{$a}($sum)",
       "T0410: Argument 1 of function undefined does not match function signature"},
      {"function($f)<f:x>{$f(4)}($sqrt)", "2"},
      {"function($f)<f<n:n>:x>{$f(4)}($sqrt)", "2"},
      {"function($a)<o:x>{$a}([])",
       "T0410: Argument 1 of function undefined does not match function signature"},
      {"function($a)<l:x>{$a}(null)", "null"},
      {"function($a)<b:x>{$a}(1)",
       "T0410: Argument 1 of function undefined does not match function signature"},
      {"function($a,$b)<nn:n>{$a}(1,2,3)",
       "T0410: Argument 3 of function undefined does not match function signature"},
      {R"(function($a)<x?:x>{"z"}())", R"("z")"},
      {R"(function($a,$b,$c)<s-n?b?:x>{[$a,$b,$c]}("q",true))", R"(["q",true])"},
  };
  ExpectAnswers(kRows);
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
