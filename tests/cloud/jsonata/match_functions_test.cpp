#include <gtest/gtest.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

TEST(MatchFunctions, FindTextsAndPatterns) {
  constexpr Row kRows[] = {
      {R"($contains("queue","ell"))", "false"},
      {R"($contains("queue","z"))", "false"},
      {R"($contains("queue",/l+/))", "false"},
      {R"($contains("queue",/z/))", "false"},
      {R"($contains("Queue",/queue/i))", "true"},
      {R"($contains(missing,"a"))", "undefined"},
      {R"($contains("a"))",
       R"(T0411: Context value is not a compatible type with argument 1 of function "contains")"},
      {R"($contains("a",1))",
       R"(T0410: Argument 2 of function "contains" does not match function signature)"},
      {R"(s.$contains("World"))", "true"},
  };
  ExpectAnswers(kRows);
}

TEST(MatchFunctions, Split) {
  constexpr Row kRows[] = {
      {R"($split("a,b,c",","))", R"(["a","b","c"])"},
      {R"($split("a,b,c",",",2))", R"(["a","b"])"},
      {R"($split("a,b,c",",",0))", "[]"},
      {R"($split("a,b,c",",",-1))",
       "D3020: Third argument of split function must evaluate to a positive number"},
      {R"($split("abc",""))", R"(["a","b","c"])"},
      {R"($split("",""))", "[]"},
      {R"($split("",","))", R"([""])"},
      {R"($split("a1b22c",/\d+/))", R"(["a","b","c"])"},
      {R"($split("a1b22c",/\d/))", R"(["a","b","","c"])"},
      {R"($split("a1b22c",/\d+/,1))", R"(["a"])"},
      {R"($split("abc",/x/))", R"(["abc"])"},
      {R"($split(missing,","))", "undefined"},
      {R"($split("a"))",
       R"(T0411: Context value is not a compatible type with argument 1 of function "split")"},
      {R"($split("a",1))",
       R"(T0411: Context value is not a compatible type with argument 1 of function "split")"},
      {R"($split("a, b",/,\s*/))", R"(["a","b"])"},
      {R"(s.$split(" "))", R"(["Queue","World"])"},
      {R"($split("a,b",",",1.5))", R"(["a"])"},
      {R"($split("a,b",",","x"))",
       R"(T0410: Argument 3 of function "split" does not match function signature)"},
  };
  ExpectAnswers(kRows);
}

TEST(MatchFunctions, ListMatches) {
  constexpr Row kRows[] = {
      {R"($match("ababbabbcc",/ab/))",
       R"([{"match":"ab","index":0,"groups":[]},{"match":"ab","index":2,"groups":[]},{"match":"ab","index":5,"groups":[]}])"},
      {R"($match("ababbabbcc",/a(b+)/,1))", R"({"match":"ab","index":0,"groups":["b"]})"},
      {R"($match("abc",/x/))", "undefined"},
      {R"($match("abc",/x/,-1))",
       "D3040: Third argument of match function must evaluate to a positive number"},
      {R"($match("abc",/b/,0))", "undefined"},
      {"$match(missing,/a/)", "undefined"},
      {R"($match("a","a"))",
       R"(T0410: Argument 2 of function "match" does not match function signature)"},
      {R"($match("abc",/(x)?b/))", R"({"match":"b","index":1,"groups":[null]})"},
      {R"($match("abc",/x*/))", "D1004: Regular expression matches zero length string"},
      {R"($match("a😀b",/b/))", R"({"match":"b","index":3,"groups":[]})"},
      {R"($match("foo bar",/\b\w/))",
       R"([{"match":"f","index":0,"groups":[]},{"match":"b","index":4,"groups":[]}])"},
      {R"($match("2020-01-02",/(\d+)-(\d+)-(\d+)/))",
       R"({"match":"2020-01-02","index":0,"groups":["2020","01","02"]})"},
  };
  ExpectAnswers(kRows);
}

TEST(MatchFunctions, Replace) {
  constexpr Row kRows[] = {
      {R"($replace("queue","l","L"))", R"("queue")"},
      {R"($replace("queue","l","L",1))", R"("queue")"},
      {R"($replace("queue","","x"))",
       "D3010: Second argument of replace function cannot be an empty string"},
      {R"($replace("queue","l","L",-1))",
       "D3011: Fourth argument of replace function must evaluate to a positive number"},
      {R"($replace("queue","l","L",0))", R"("queue")"},
      {R"($replace("queue",/l/,"L"))", R"("queue")"},
      {R"($replace("queue",/(l)/,"[$1]"))", R"("queue")"},
      {R"($replace("queue",/l/,"$0$0"))", R"("queue")"},
      {R"($replace("queue",/l/,"$$"))", R"("queue")"},
      {R"($replace("queue",/l/,"$1"))", R"("queue")"},
      {R"($replace("queue",/(h)(e)/,"$2$1"))", R"("queue")"},
      {R"($replace("queue",/(h)/,"$12"))", R"("queue")"},
      {R"($replace("queue",/l/,"$x"))", R"("queue")"},
      {R"($replace("queue",/l/,"a$"))", R"("queue")"},
      {R"($replace("queue",/l/,function($m){$uppercase($m.match)}))", R"("queue")"},
      {R"($replace("queue",/l/,function($m){5}))", R"("queue")"},
      {R"($replace("abc",/x*/,"-"))", "D1004: Regular expression matches zero length string"},
      {R"($replace(missing,"a","b"))", "undefined"},
      {R"($replace("a","b"))",
       R"(T0411: Context value is not a compatible type with argument 1 of function "replace")"},
      {R"($replace("queue",/l/g,"x"))", R"~(S0202: Expected ")", got "g")~"},
      {R"($replace("John Smith",/(\w+)\s(\w+)/,"$2, $1"))", R"("Smith, John")"},
      {R"($replace("265USD",/([0-9]+)USD/,"$$$1"))", R"("$265")"},
      {R"($replace("abcdefghijklm",/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)/,"$8$5$12$12$18$123"))",
       R"("hella8l3")"},
      {R"($replace("a.b.c",".","-"))", R"("a-b-c")"},
      {R"($replace("abc","b",5))",
       R"(T0411: Context value is not a compatible type with argument 1 of function "replace")"},
      {R"($replace("x",/x/,"$01"))", R"("x1")"},
  };
  ExpectAnswers(kRows);
}

TEST(RegularExpressions, MatchAsInJavaScript) {
  constexpr Row kRows[] = {
      {R"(/ab/("xxab"))", R"({"match":"ab","start":2,"end":4,"groups":[]})"},
      {R"(/a(b)?/("a"))", R"({"match":"a","start":0,"end":1,"groups":[null]})"},
      {R"(/a/("bandana").next())", R"({"match":"a","start":4,"end":5,"groups":[]})"},
      {R"(/a/("bandana").next().next().start)", "6"},
      {R"(/A/i("a"))", R"({"match":"a","start":0,"end":1,"groups":[]})"},
      {R"(/^b/m("a
b"))",
       R"({"match":"b","start":2,"end":3,"groups":[]})"},
      {R"($match("aaa",/a{2}/))", R"({"match":"aa","index":0,"groups":[]})"},
      {R"($match("abcabc",/(?<x>b)c/))",
       R"([{"match":"bc","index":1,"groups":["b"]},{"match":"bc","index":4,"groups":["b"]}])"},
      {R"($match("price: 5","/x/"))",
       R"(T0410: Argument 2 of function "match" does not match function signature)"},
      {R"($match("foobar",/foo(?=bar)/))", R"({"match":"foo","index":0,"groups":[]})"},
      {R"($match("foobar",/(?<=foo)bar/))", R"({"match":"bar","index":3,"groups":[]})"},
      {R"($match("foobaz",/foo(?!bar)/))", R"({"match":"foo","index":0,"groups":[]})"},
      {R"($match("abab",/(ab)\1/))", R"({"match":"abab","index":0,"groups":["ab"]})"},
      {R"($match("a.b",/a\.b/))", R"({"match":"a.b","index":0,"groups":[]})"},
      {R"($match("tel: 12-34",/\d+-\d+/))", R"({"match":"12-34","index":5,"groups":[]})"},
      {R"($match("AbC",/[a-z]+/i))", R"({"match":"AbC","index":0,"groups":[]})"},
      {R"($match("x
y",/x.y/))",
       "undefined"},
      {R"($match("a]b",/[\]]/))", R"({"match":"]","index":1,"groups":[]})"},
      {R"($match("a-b",/[a\-]+/))", R"({"match":"a-","index":0,"groups":[]})"},
      {R"($match("aXbX",/.*?X/))",
       R"([{"match":"aX","index":0,"groups":[]},{"match":"bX","index":2,"groups":[]}])"},
      {R"~($match("(a)",/\(a\)/))~", R"~({"match":"(a)","index":0,"groups":[]})~"},
      {R"($match("ab",/(a)|(b)/))",
       R"([{"match":"a","index":0,"groups":["a",null]},{"match":"b","index":1,"groups":[null,"b"]}])"},
      {R"($match("a/b",/a\/b/))", R"({"match":"a/b","index":0,"groups":[]})"},
      {R"($match("éa",/\w/))", R"({"match":"a","index":1,"groups":[]})"},
      {R"($contains("abc",/^b/))", "false"},
      {R"($contains("abc",/c$/))", "true"},
      {R"($match("zzz",/(z)(z)?(y)?/))",
       R"([{"match":"zz","index":0,"groups":["z","z",null]},{"match":"z","index":2,"groups":["z",null,null]}])"},
      {R"($match("aBc",/b/i).match)", R"("B")"},
      {R"($match("key=val; k2=v2",/(\w+)=(\w+)/).groups)", R"(["key","val","k2","v2"])"},
      {R"($split("one  two",/ +/))", R"(["one","two"])"},
      {R"($match("x", /[^]/))", R"({"match":"x","index":0,"groups":[]})"},
      {R"($match("a\u00e9b",/\u00e9/))", R"({"match":"é","index":1,"groups":[]})"},
      {R"($match("tab	here",/\t/))", R"({"match":"\t","index":3,"groups":[]})"},
      {R"($match("aa",/(a*)*/))", R"({"match":"aa","index":0,"groups":["aa"]})"},
      {R"($match("aab",/(a*)*b/))", R"({"match":"aab","index":0,"groups":["aa"]})"},
      {R"($match("ab",/(?:a|ab)(?:c|bcd)?/))", R"({"match":"a","index":0,"groups":[]})"},
      {R"(($m := function($s){5}; $match("a",$m)))",
       R"(T1010: The matcher function argument passed to function "match" does not return the correct object structure)"},
      {R"($replace("abc",function($s){{"match":"b","start":1,"end":2,"groups":[]}},"X",1))",
       R"("aXc")"},
  };
  ExpectAnswers(kRows);
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
