#include <gtest/gtest.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

TEST(NumberFunctions, CastToNumbers) {
  constexpr Row kRows[] = {
      {R"($number("5"))", "5"},
      {R"($number("-5.5e2"))", "-550"},
      {R"($number(" 5"))", R"(D3030: Unable to cast value to a number: " 5")"},
      {R"($number(""))", R"(D3030: Unable to cast value to a number: "")"},
      {R"($number("abc"))", R"(D3030: Unable to cast value to a number: "abc")"},
      {R"($number("0x1F"))", "31"},
      {R"($number("0b101"))", "5"},
      {R"($number("0o17"))", "15"},
      {"$number(true)", "1"},
      {"$number(false)", "0"},
      {"$number(null)",
       R"(T0410: Argument 1 of function "number" does not match function signature)"},
      {"$number([])",
       R"(T0410: Argument 1 of function "number" does not match function signature)"},
      {"$number(missing)", "undefined"},
      {"$number()",
       R"(T0411: Context value is not a compatible type with argument 1 of function "number")"},
      {R"($number("1e1000"))", R"(D3030: Unable to cast value to a number: "1e1000")"},
      {R"($number("+5"))", R"(D3030: Unable to cast value to a number: "+5")"},
      {R"($number("5."))", R"(D3030: Unable to cast value to a number: "5.")"},
      {R"($number(".5"))", R"(D3030: Unable to cast value to a number: ".5")"},
      {R"($number("Infinity"))", R"(D3030: Unable to cast value to a number: "Infinity")"},
      {R"("12".$number())", "undefined"},
      {R"($number("00012"))", "12"},
  };
  ExpectAnswers(kRows);
}

TEST(NumberFunctions, RoundAndRaise) {
  constexpr Row kRows[] = {
      {"$abs(-5)", "5"},
      {"$abs(missing)", "undefined"},
      {R"($abs("a"))", R"(T0410: Argument 1 of function "abs" does not match function signature)"},
      {"$floor(5.9)", "5"},
      {"$floor(-5.1)", "-6"},
      {"$ceil(5.1)", "6"},
      {"$ceil(-5.9)", "-5"},
      {"$round(5.5)", "6"},
      {"$round(4.5)", "4"},
      {"$round(-5.5)", "-6"},
      {"$round(2.675,2)", "2.68"},
      {"$round(1.005,2)", "1"},
      {"$round(12345,-2)", "12300"},
      {"$round(12350,-2)", "12400"},
      {"$round(-0.4)", "0"},
      {"$round(missing)", "undefined"},
      {"$round(123.456,1)", "123.5"},
      {"$round(1e300,2)", "1e+300"},
      {R"($round("a"))",
       R"(T0410: Argument 1 of function "round" does not match function signature)"},
      {"$sqrt(16)", "4"},
      {"$sqrt(-1)", "D3060: The sqrt function cannot be applied to a negative number: -1"},
      {"$sqrt(2)", "1.4142135623730951"},
      {"$power(2,10)", "1024"},
      {"$power(2,-1)", "0.5"},
      {"$power(2,0.5)", "1.4142135623730951"},
      {"$power(-8,1/3)",
       "D3061: The power function has resulted in a value that cannot be represented as a JSON "
       "number: base=-8, exponent=0.3333333333333333"},
      {"$power(10,400)",
       "D3061: The power function has resulted in a value that cannot be represented as a JSON "
       "number: base=10, exponent=400"},
      {"$power(2)",
       R"(T0411: Context value is not a compatible type with argument 1 of function "power")"},
      {"$power(missing,2)", "undefined"},
      {"4.$sqrt()", "S0213: The literal value 4 cannot be used as a step within a path expression"},
      {"nums.$power(2)", "[9,1,4]"},
  };
  ExpectAnswers(kRows);
}

TEST(NumberFunctions, Aggregate) {
  constexpr Row kRows[] = {
      {"$sum([1,2,3])", "6"},
      {"$sum([])", "0"},
      {"$sum(5)", "5"},
      {R"($sum("a"))", R"(T0412: Argument 1 of function "sum" must be an array of "numbers")"},
      {R"($sum(["a"]))", R"(T0412: Argument 1 of function "sum" must be an array of "numbers")"},
      {R"($sum([1,"a"]))", R"(T0412: Argument 1 of function "sum" must be an array of "numbers")"},
      {"$sum(missing)", "undefined"},
      {"$sum()", R"(T0410: Argument 1 of function "sum" does not match function signature)"},
      {"$max([1,5,3])", "5"},
      {"$max([])", "undefined"},
      {"$max(5)", "5"},
      {"$min([4,2,8])", "2"},
      {"$min([])", "undefined"},
      {"$average([1,2,3,4])", "2.5"},
      {"$average([])", "undefined"},
      {"$count([1,2])", "2"},
      {"$count([])", "0"},
      {"$count(5)", "1"},
      {"$count(missing)", "0"},
      {"$count()", R"(T0410: Argument 1 of function "count" does not match function signature)"},
      {"$count(null)", "1"},
      {"$max(missing)", "undefined"},
      {R"($max("a"))", R"(T0412: Argument 1 of function "max" must be an array of "numbers")"},
      {"$average(missing)", "undefined"},
      {"$sum(null)", R"(T0412: Argument 1 of function "sum" must be an array of "numbers")"},
      {"$sum([[1]])", R"(T0412: Argument 1 of function "sum" must be an array of "numbers")"},
      {"$count([[1,2],[3]])", "2"},
  };
  ExpectAnswers(kRows);
}

TEST(NumberFunctions, FormatByPictures) {
  constexpr Row kRows[] = {
      {R"($formatNumber(12345.6,"#,###.00"))", R"("12,345.60")"},
      {R"($formatNumber(1234.5678,"00.000e0"))", R"("12.346e2")"},
      {R"~($formatNumber(34.555,"#0.00;(#0.00)"))~", R"("34.56")"},
      {R"~($formatNumber(-34.555,"#0.00;(#0.00)"))~", R"~("(34.56)")~"},
      {R"($formatNumber(0.14,"01%"))", R"("14%")"},
      {R"($formatNumber(0.14,"###pm",{"per-mille":"pm"}))", R"("140pm")"},
      {R"($formatNumber(0.14,"001‰"))", R"("140‰")"},
      {R"($formatNumber(-5,"0"))", R"("-5")"},
      {R"($formatNumber(0,"#"))", R"("0")"},
      {R"($formatNumber(0,"0.0"))", R"("0.0")"},
      {R"($formatNumber(5,"000"))", R"("005")"},
      {R"($formatNumber(1234567,"#,##0"))", R"("1,234,567")"},
      {R"($formatNumber(1234567,"#,##,##0"))", R"("12,34,567")"},
      {R"($formatNumber(12345678.9,"9,999.99"))", R"("12,345,678.90")"},
      {R"($formatNumber(1234.5,"#.##0,00",{"decimal-separator":",","grouping-separator":"."}))",
       R"("1.234,50")"},
      {R"($formatNumber(1,"0.0.0"))",
       "D3081: The sub-picture must not contain more than one instance of the 'decimal-separator' "
       "character"},
      {R"($formatNumber(1,"0%%"))",
       "D3082: The sub-picture must not contain more than one instance of the 'percent' character"},
      {R"($formatNumber(1,"0‰‰"))",
       "D3083: The sub-picture must not contain more than one instance of the 'per-mille' "
       "character"},
      {R"($formatNumber(1,"0%‰"))",
       "D3084: The sub-picture must not contain both a 'percent' and a 'per-mille' character"},
      {R"($formatNumber(1,"0,"))",
       "D3088: The sub-picture must not contain a 'grouping-separator' at the end of the integer "
       "part"},
      {R"($formatNumber(1,"0,,0"))",
       "D3089: The sub-picture must not contain two adjacent instances of the 'grouping-separator' "
       "character"},
      {R"($formatNumber(1,"0;0;0"))",
       "D3080: The picture string must only contain a maximum of two sub-pictures"},
      {R"($formatNumber(missing,"0"))", "undefined"},
      {"$formatNumber(5)",
       R"(T0410: Argument 2 of function "formatNumber" does not match function signature)"},
      {R"($formatNumber(1234.5678,"#,##0.##"))", R"("1,234.57")"},
      {R"($formatNumber(1e10,"0.00e00"))", R"("10.00e09")"},
      {R"($formatNumber(0.00012,"0.00e00"))", R"("1.20e-04")"},
      {R"($formatNumber(0.5,"#"))", R"("0")"},
      {R"($formatNumber(1.5,"#"))", R"("2")"},
      {R"($formatNumber(0.5,".00"))", R"(".50")"},
      {R"($formatNumber(12.5,"$#0.00"))", R"("$12.50")"},
      {R"($formatNumber(12.5,"#0.00 EUR"))", R"("12.50 EUR")"},
      {R"($formatNumber(1234567.891,"#,##0.000,0"))", R"("1,234,567.891,0")"},
      {R"($formatNumber(123.456,"0.0,0,0"))", R"("123.4,56")"},
      {R"($formatNumber(5,"٠٠",{"zero-digit":"٠"}))", R"("٠٥")"},
      {R"($formatNumber(-5,"0",{"minus-sign":"M"}))", R"("M5")"},
      {R"($formatNumber(100,"#"))", R"("100")"},
      {R"($formatNumber(0.001,"0.#"))", R"("0")"},
      {R"($formatNumber(1000,"0,00,0"))", R"("1,00,0")"},
  };
  ExpectAnswers(kRows);
}

TEST(NumberFunctions, FormatInABase) {
  constexpr Row kRows[] = {
      {"$formatBase(10,2)", R"("1010")"},
      {"$formatBase(255,16)", R"("ff")"},
      {"$formatBase(-255,16)", R"("-ff")"},
      {"$formatBase(10)", R"("10")"},
      {"$formatBase(10.6,2)", R"("1011")"},
      {"$formatBase(10,1)",
       "D3100: The radix of the formatBase function must be between 2 and 36.  It was given 1"},
      {"$formatBase(10,37)",
       "D3100: The radix of the formatBase function must be between 2 and 36.  It was given 37"},
      {"$formatBase(10,36.4)", R"("a")"},
      {"$formatBase(missing,2)", "undefined"},
      {"$formatBase(35,36)", R"("z")"},
      {R"($formatBase("a",2))",
       R"(T0410: Argument 1 of function "formatBase" does not match function signature)"},
      {"$formatBase(9007199254740993,2)",
       R"("100000000000000000000000000000000000000000000000000000")"},
  };
  ExpectAnswers(kRows);
}

TEST(NumberFunctions, FormatWholeNumbers) {
  constexpr Row kRows[] = {
      {R"($formatInteger(2789,"w"))", R"("two thousand, seven hundred and eighty-nine")"},
      {R"($formatInteger(2789,"W"))", R"("TWO THOUSAND, SEVEN HUNDRED AND EIGHTY-NINE")"},
      {R"($formatInteger(2789,"Ww"))", R"("Two Thousand, Seven Hundred and Eighty-Nine")"},
      {R"($formatInteger(1999,"I"))", R"("MCMXCIX")"},
      {R"($formatInteger(1999,"i"))", R"("mcmxcix")"},
      {R"($formatInteger(28,"A"))", R"("AB")"},
      {R"($formatInteger(702,"a"))", R"("zz")"},
      {R"($formatInteger(703,"a"))", R"("aaa")"},
      {R"($formatInteger(123456,"#,##0"))", R"("123,456")"},
      {R"($formatInteger(5,"000"))", R"("005")"},
      {R"($formatInteger(1,"1;o"))", R"("1st")"},
      {R"($formatInteger(2,"1;o"))", R"("2nd")"},
      {R"($formatInteger(3,"1;o"))", R"("3rd")"},
      {R"($formatInteger(11,"1;o"))", R"("11th")"},
      {R"($formatInteger(112,"1;o"))", R"("112th")"},
      {R"($formatInteger(21,"w;o"))", R"("twenty-first")"},
      {R"($formatInteger(100,"w;o"))", R"("one hundredth")"},
      {R"($formatInteger(1000,"Ww;o"))", R"("One Thousandth")"},
      {R"($formatInteger(20,"w;o"))", R"("twentieth")"},
      {R"($formatInteger(123,"w"))", R"("one hundred and twenty-three")"},
      {R"($formatInteger(1000001,"w"))", R"("one million and one")"},
      {R"($formatInteger(1e15,"w"))", R"("one thousand trillion")"},
      {R"($formatInteger(0,"w"))", R"("zero")"},
      {R"($formatInteger(0,"I"))", R"("")"},
      {R"($formatInteger(0,"A"))", R"("")"},
      {R"($formatInteger(-5,"w"))", R"("-five")"},
      {R"($formatInteger(-5,"I"))", R"("-V")"},
      {R"($formatInteger(12345678,"##,##,#0"))", R"("12,34,56,78")"},
      {R"($formatInteger(1234567,"#-###,##0"))", R"("1-234,567")"},
      {R"($formatInteger(5,"α"))",
       R"(D3130: Formatting or parsing an integer as a sequence starting with "α" is not supported by this implementation)"},
      {R"($formatInteger(5,""))",
       R"(D3130: Formatting or parsing an integer as a sequence starting with "" is not supported by this implementation)"},
      {R"($formatInteger(5,"٠٠٠"))", R"("٠٠٥")"},
      {R"($formatInteger(5,"0٠"))",
       "D3131: In a decimal digit pattern, all digits must be from the same decimal group"},
      {R"($formatInteger(5.9,"0"))", R"("5")"},
      {R"($formatInteger(missing,"0"))", "undefined"},
      {"$formatInteger(5)",
       R"(T0410: Argument 2 of function "formatInteger" does not match function signature)"},
      {R"($formatInteger(1e100,"w"))",
       R"("ten thousand trillion trillion trillion trillion trillion trillion trillion trillion")"},
      {R"($formatInteger(101,"w"))", R"("one hundred and one")"},
      {R"($formatInteger(1234,"#,##0;o"))", R"("1,234th")"},
  };
  ExpectAnswers(kRows);
}

TEST(NumberFunctions, ParseWholeNumbers) {
  constexpr Row kRows[] = {
      {R"($parseInteger("2,345","#,##0"))", "2345"},
      {R"($parseInteger("twenty-one","w"))", "21"},
      {R"($parseInteger("two thousand, seven hundred and eighty-nine","w"))", "2789"},
      {R"($parseInteger("Two Thousand","Ww"))", "2000"},
      {R"($parseInteger("MCMXCIX","I"))", "1999"},
      {R"($parseInteger("mcmxcix","i"))", "1999"},
      {R"($parseInteger("AB","A"))", "28"},
      {R"($parseInteger("zz","a"))", "702"},
      {R"($parseInteger("12th","1;o"))", "12"},
      {R"($parseInteger("abc","0"))", R"("NaN")"},
      {R"($parseInteger("foo","w"))", R"("NaN")"},
      {R"($parseInteger("٠٠٥","٠"))", "5"},
      {R"($parseInteger(missing,"0"))", "undefined"},
      {R"($parseInteger("5"))",
       R"(T0411: Context value is not a compatible type with argument 1 of function "parseInteger")"},
      {R"($parseInteger("5","α"))",
       R"(D3130: Formatting or parsing an integer as a sequence starting with "α" is not supported by this implementation)"},
      {R"($parseInteger("twelfth","w;o"))", "12"},
      {R"($parseInteger("one million and one","w"))", "1000001"},
      {R"($parseInteger("1-234,567","#-###,##0"))", "1234567"},
      {R"($parseInteger("three hundred thousand","w"))", "300000"},
      {R"($parseInteger("IIX","I"))", "8"},
      {R"($parseInteger("QQ","I"))", R"("NaN")"},
  };
  ExpectAnswers(kRows);
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
