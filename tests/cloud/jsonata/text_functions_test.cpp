#include <gtest/gtest.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

TEST(TextFunctions, CastToStrings) {
  constexpr Row kRows[] = {
      {"$string(5)", R"("5")"},
      {"$string(1.5)", R"("1.5")"},
      {R"($string("a"))", R"("a")"},
      {"$string(true)", R"("true")"},
      {"$string(null)", R"("null")"},
      {R"($string([1,"a"]))", R"("[1,\"a\"]")"},
      {R"($string({"a":1}))", R"("{\"a\":1}")"},
      {R"($string({"a":[1,{}],"b":[]},true))",
       R"("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")"},
      {"$string([1,2],true)", R"("[\n  1,\n  2\n]")"},
      {"$string(missing)", "undefined"},
      {"$string($sum)", R"("")"},
      {"$string(1e21)", R"("1e+21")"},
      {"$string(1e20)", R"("100000000000000000000")"},
      {"$string(0.1+0.2)", R"("0.3")"},
      {"$string(1/3)", R"("0.333333333333333")"},
      {"$string(22/7*1000000)", R"("3142857.14285714")"},
      {"$string([0.1+0.2])", R"("[0.3]")"},
      {"$string(1/0)", "D3001: Attempting to invoke string function on Infinity or NaN"},
      {"$string([1/0])", "D1001: Number out of range: null"},
      {"$string(1,2)",
       R"(T0410: Argument 2 of function "string" does not match function signature)"},
      {R"($string({"f":$sum}))", R"("{\"f\":\"\"}")"},
      {R"($string("\u0001\""))", R"("\u0001\"")"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, CountCharacters) {
  constexpr Row kRows[] = {
      {R"($length("abc"))", "3"},
      {R"($length(""))", "0"},
      {R"($length("\ud83d\ude00x"))", "2"},
      {"$length(5)", R"(T0410: Argument 1 of function "length" does not match function signature)"},
      {"$length()",
       R"(T0411: Context value is not a compatible type with argument 1 of function "length")"},
      {"$length(missing)", "undefined"},
      {"s.$length()", "11"},
      {"nums.$length()",
       R"(T0411: Context value is not a compatible type with argument 1 of function "length")"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, CutByCharacters) {
  constexpr Row kRows[] = {
      {R"($substring("queue",1))", R"("ueue")"},
      {R"($substring("queue",1,2))", R"("ue")"},
      {R"($substring("queue",-3))", R"("eue")"},
      {R"($substring("queue",-3,2))", R"("eu")"},
      {R"($substring("queue",-10,2))", R"("qu")"},
      {R"($substring("queue",10))", R"("")"},
      {R"($substring("queue",0,0))", R"("")"},
      {R"($substring("queue",1,-1))", R"("")"},
      {R"($substring("queue",1.7,2.2))", R"("ue")"},
      {"$substring(missing,1)", "undefined"},
      {R"($substring("queue"))",
       R"(T0410: Argument 2 of function "substring" does not match function signature)"},
      {R"($substring("queue","a"))",
       R"(T0410: Argument 2 of function "substring" does not match function signature)"},
      {R"($substring("\ud83d\ude00ab",1,1))", R"("a")"},
      {"s.$substring(1)", R"("ueue World")"},
      {"$substring(5,1)",
       R"(T0411: Context value is not a compatible type with argument 1 of function "substring")"},
      {R"($substring("queue",1,100))", R"("ueue")"},
      {R"($substring("queue",-2,1))", R"("u")"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, CutAtTexts) {
  constexpr Row kRows[] = {
      {R"($substringBefore("queue","l"))", R"("queue")"},
      {R"($substringBefore("queue","z"))", R"("queue")"},
      {R"($substringBefore("queue",""))", R"("")"},
      {R"($substringBefore(missing,"a"))", "undefined"},
      {R"($substringAfter("queue","l"))", R"("queue")"},
      {R"($substringAfter("queue","z"))", R"("queue")"},
      {R"($substringAfter("queue",""))", R"("queue")"},
      {R"(s.$substringBefore(" "))", R"("Queue")"},
      {R"($substringBefore("a",1))",
       R"(T0410: Argument 2 of function "substringBefore" does not match function signature)"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, ChangeCase) {
  constexpr Row kRows[] = {
      {R"($uppercase("abcß"))", R"("ABCSS")"},
      {R"($lowercase("ABCÄ"))", R"("abcä")"},
      {"$uppercase(1)",
       R"(T0410: Argument 1 of function "uppercase" does not match function signature)"},
      {"$uppercase()",
       R"(T0411: Context value is not a compatible type with argument 1 of function "uppercase")"},
      {"$lowercase(missing)", "undefined"},
      {"s.$uppercase()", R"("QUEUE WORLD")"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, TrimBlanks) {
  constexpr Row kRows[] = {
      {R"($trim("  a \n b  "))", R"("a b")"},
      {R"($trim(""))", R"("")"},
      {R"($trim(" "))", R"("")"},
      {"$trim(missing)", "undefined"},
      {"$trim()",
       R"(T0411: Context value is not a compatible type with argument 1 of function "trim")"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, Pad) {
  constexpr Row kRows[] = {
      {R"($pad("a",3))", R"("a  ")"},
      {R"($pad("a",-3))", R"("  a")"},
      {R"($pad("a",3,"#"))", R"("a##")"},
      {R"($pad("a",-5,"xy"))", R"("xyxya")"},
      {R"($pad("abc",2))", R"("abc")"},
      {R"($pad("a",3,""))", R"("a  ")"},
      {"$pad(missing,3)", "undefined"},
      {R"($pad("a"))", R"(T0410: Argument 2 of function "pad" does not match function signature)"},
      {R"($pad("a","b"))",
       R"(T0410: Argument 2 of function "pad" does not match function signature)"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, Join) {
  constexpr Row kRows[] = {
      {R"($join(["a","b"]))", R"("ab")"},
      {R"($join(["a","b"],"-"))", R"("a-b")"},
      {R"($join("a"))", R"("a")"},
      {"$join([])", R"("")"},
      {"$join(missing)", "undefined"},
      {"$join([1])", R"(T0412: Argument 1 of function "join" must be an array of "strings")"},
      {R"($join(["a",1]))",
       R"(T0412: Argument 1 of function "join" must be an array of "strings")"},
      {R"($join(["a"],1))",
       R"(T0410: Argument 2 of function "join" does not match function signature)"},
      {R"(words.$join($,""))", R"(["bandana","apple","cherry"])"},
      {R"($join(words,", "))", R"("bandana, apple, cherry")"},
      {"$join(null)", R"(T0412: Argument 1 of function "join" must be an array of "strings")"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, EncodeAndDecodeBase64) {
  constexpr Row kRows[] = {
      {R"($base64encode("queue"))", R"("cXVldWU=")"},
      {R"($base64decode("aGVsbG8="))", R"("hello")"},
      {R"($base64encode(""))", R"("")"},
      {"$base64encode(missing)", "undefined"},
      {R"($base64decode("aGVsbG8"))", R"("hello")"},
      {"$base64encode(5)",
       R"(T0410: Argument 1 of function "base64encode" does not match function signature)"},
      {R"($base64encode("é"))", R"("6Q==")"},
      {R"($base64decode("6Q=="))", R"("é")"},
  };
  ExpectAnswers(kRows);
}

TEST(TextFunctions, EncodeAndDecodeUrls) {
  constexpr Row kRows[] = {
      {R"($encodeUrlComponent("a b?&=/é"))", R"("a%20b%3F%26%3D%2F%C3%A9")"},
      {R"($encodeUrl("http://x/a b?q=é#f"))", R"("http://x/a%20b?q=%C3%A9#f")"},
      {R"($decodeUrlComponent("a%20b%3F"))", R"("a b?")"},
      {R"($decodeUrl("a%20b%3F"))", R"("a b%3F")"},
      {R"($decodeUrlComponent("%"))",
       R"(D3140: Malformed URL passed to $decodeUrlComponent(): "%")"},
      {R"($decodeUrl("%E0%A4%A"))", R"(D3140: Malformed URL passed to $decodeUrl(): "%E0%A4%A")"},
      {R"($encodeUrl("\ud800"))", R"(D3140: Malformed URL passed to $encodeUrl(): "�")"},
      {R"($encodeUrlComponent("\ud800"))",
       R"(D3140: Malformed URL passed to $encodeUrlComponent(): "�")"},
      {"$encodeUrl(missing)", "undefined"},
      {R"($decodeUrlComponent("%C3%A9"))", R"("é")"},
      {R"~($encodeUrlComponent("-_.!~*'()"))~", R"~("-_.!~*'()")~"},
      {R"($encodeUrl(";,/?:@&=+$#[]"))", R"(";,/?:@&=+$#%5B%5D")"},
  };
  ExpectAnswers(kRows);
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
