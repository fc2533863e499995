#include <gtest/gtest.h>

#include "tests/cloud/jsonata/answers.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

TEST(TimeFunctions, FormatMoments) {
  constexpr Row kRows[] = {
      {"$fromMillis(0)", R"("1970-01-01T00:00:00.000Z")"},
      {"$fromMillis(1510067557121)", R"("2017-11-07T15:12:37.121Z")"},
      {R"($fromMillis(1510067557121,"[M01]/[D01]/[Y0001] [h#1]:[m01][P]"))",
       R"("11/07/2017 3:12pm")"},
      {R"($fromMillis(1510067557121,"[H01]:[m01]:[s01] [z]","-0500"))", R"("10:12:37 GMT-05:00")"},
      {R"($fromMillis(1510067557121,"[Y]-[M]-[D]"))", R"("2017-11-7")"},
      {R"($fromMillis(1510067557121,"[Y,2-2]-[MNn]-[D1o]"))", R"("17-November-7th")"},
      {R"($fromMillis(1510067557121,"[FNn], [D1o] [MNn] [Y]"))", R"("Tuesday, 7th November 2017")"},
      {R"($fromMillis(1510067557121,"[FNn,3-3] [MNn,3-3] [MN,*-3] [Mn]"))",
       R"("Tue Nov NOV november")"},
      {R"($fromMillis(1510067557121,"[d] [d001] [W] [w] [X] [x] [F1] [F]"))",
       R"("311 311 45 2 2017 11 2 tuesday")"},
      {R"($fromMillis(1510067557121,"[YI] [Yw] [DA] [Ma]"))",
       R"("MMXVII two thousand and seventeen G k")"},
      {R"($fromMillis(1510067557121,"[f] [f001] [f1]"))", R"("121 121 121")"},
      {R"($fromMillis(1510067557121,"[P] [PN] [Pn] [PNn]"))", R"("pm PM pm pm")"},
      {R"($fromMillis(1510067557121,"[Z] [z] [Z0] [Z00] [Z000] [Z0000] [Z01:01] [Z01:01t]","+0530"))",
       R"("+05:30 GMT+05:30 +5:30 +05:30 +530 +0530 +05:30 +05:30")"},
      {R"($fromMillis(1510067557121,"[Z] [z] [Z0] [Z00] [Z0000] [Z01:01t] [Z0t]"))",
       R"("+00:00 GMT+00:00 +0 +00 +0000 Z Z")"},
      {R"($fromMillis(1510067557121,"[Z] [Z0] [H]","-0530"))", R"("-06:30 -6:-30 8")"},
      {R"($fromMillis(1510067557121,"[[[Y]]]"))", R"("[2017]")"},
      {R"($fromMillis(1510067557121,"[Y"))",
       "D3135: No matching closing bracket ']' in date/time picture string"},
      {R"($fromMillis(1510067557121,"[q]"))",
       R"(D3132: Unknown component specifier "q" in date/time picture string)"},
      {R"($fromMillis(1510067557121,"[Yn]"))",
       R"(D3133: The 'name' modifier can only be applied to months and days in the date/time picture string, not "Y")"},
      {R"($fromMillis(1510067557121,"[Hn]"))",
       R"(D3133: The 'name' modifier can only be applied to months and days in the date/time picture string, not "H")"},
      {R"($fromMillis(1510067557121,"[Z00000]"))",
       "D3134: The timezone integer format specifier cannot have more than four digits"},
      {R"($fromMillis(1510067557121,"[C] [E]"))", R"("ISO ISO")"},
      {"$fromMillis(missing)", "undefined"},
      {R"($fromMillis("a"))",
       R"(T0411: Context value is not a compatible type with argument 1 of function "fromMillis")"},
      {"$fromMillis(1510067557121.9)", R"("2017-11-07T15:12:37.121Z")"},
      {"$fromMillis(-1)", R"("1969-12-31T23:59:59.999Z")"},
      {R"($fromMillis(1510067557121,"[Y] [Y1,4] [M1,2] [D,2-2] [H,2-2] [m] [s] [h] [h01]"))",
       R"("2017 2017 11 07 15 12 37 3 03")"},
      {R"($fromMillis(1510067557121,"literal"))", R"("literal")"},
      {R"($fromMillis(1510067557121,""))", R"("")"},
      {R"($fromMillis(1104537600000,"[X]-W[W]-[F1] [x] [w]"))", R"("2004-W53-6 12 5")"},
      {R"($fromMillis(1325376000000,"[X]-W[W] [w] [x] [d]"))", R"("2011-W52 5 12 1")"},
      {R"($fromMillis(951782400000,"[D] [M] [Y] [d]"))", R"("29 2 2000 60")"},
      {"$fromMillis(-62135596800000)", R"("0001-01-01T00:00:00.000Z")"},
      {"$fromMillis(253402300800000)", R"("0000-01-01T00:00:00.000Z")"},
      {R"($fromMillis(1510067557121,"[Dwo] [DWwo] [Dw] [MW]"))",
       R"("seventh Seventh seven ELEVEN")"},
      {"$fromMillis(1e20)", "D1001: Number out of range: 100000000000000000000"},
      {R"($fromMillis(1510067557121,"[ Y ] [M 01]"))", R"("2017 11")"},
  };
  ExpectAnswers(kRows);
}

TEST(TimeFunctions, ReadMoments) {
  constexpr Row kRows[] = {
      {R"($toMillis("1970-01-01T00:00:00.001Z"))", "1"},
      {R"($toMillis("2017-11-07T15:07:54.972Z"))", "1510067274972"},
      {R"($toMillis("2017-11-07"))", "1510012800000"},
      {R"($toMillis("2017-11"))", "1509494400000"},
      {R"($toMillis("2017"))", "1483228800000"},
      {R"($toMillis("2017-11-07T15:07:54+01:00"))", "1510063674000"},
      {R"($toMillis("2017-11-07T15:07:54.9+0100"))", "1510063674900"},
      {R"($toMillis("foo"))",
       R"(D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "foo")"},
      {R"($toMillis("2017-13-01"))", R"("NaN")"},
      {R"($toMillis("2017-02-30"))", "1488412800000"},
      {R"($toMillis("2017-02-00"))", R"("NaN")"},
      {R"($toMillis("2017-11-07T25:00:00Z"))", R"("NaN")"},
      {R"($toMillis("2017-11-07T24:00:00Z"))", "1510099200000"},
      {R"($toMillis("2017-11-07T15:07:54.123456Z"))", "1510067274123"},
      {"$toMillis(missing)", "undefined"},
      {"$toMillis(5)",
       R"(T0410: Argument 1 of function "toMillis" does not match function signature)"},
      {R"($toMillis("2018-03-04","[Y0001]-[M01]-[D01]"))", "1520121600000"},
      {R"($toMillis("04/03/2018","[D01]/[M01]/[Y0001]"))", "1520121600000"},
      {R"($toMillis("4 March 2018","[D1] [MNn] [Y]"))", "1520121600000"},
      {R"($toMillis("4 Mar 2018","[D1] [MNn,3-3] [Y]"))", "1520121600000"},
      {R"($toMillis("4 march 2018","[D1] [MNn] [Y]"))",
       "D3136: The date/time picture string is missing specifiers required to parse the timestamp"},
      {R"($toMillis("2018-03-04 5:06 pm","[Y]-[M]-[D] [h]:[m] [P]"))", "1520183160000"},
      {R"($toMillis("2018-03-04 12:06 am","[Y]-[M]-[D] [h]:[m] [P]"))", "1520121960000"},
      {R"($toMillis("2018-03-04 12:06 PM","[Y]-[M]-[D] [h]:[m] [PN]"))", "1520165160000"},
      {R"($toMillis("2018-03-04T05:06:07.089Z","[Y]-[M]-[D]T[H]:[m]:[s].[f]Z"))", "1520139967089"},
      {R"($toMillis("2018-03-04 05:06 +01:00","[Y]-[M]-[D] [H]:[m] [Z]"))", "1520136360000"},
      {R"($toMillis("2018-03-04 05:06 +0100","[Y]-[M]-[D] [H]:[m] [Z0000]"))", "1520136360000"},
      {R"($toMillis("2018-03-04 05:06 GMT-05:00","[Y]-[M]-[D] [H]:[m] [z]"))", "1520157960000"},
      {R"($toMillis("2018-100","[Y]-[d]"))", "1523318400000"},
      {R"($toMillis("2018-1-1","[Y]-[d]-[D]"))",
       "D3136: The date/time picture string is missing specifiers required to parse the timestamp"},
      {R"($toMillis("nope","[Y]-[M]-[D]"))", "undefined"},
      {R"($toMillis("2018 05","[Y] [m]"))",
       "D3136: The date/time picture string is missing specifiers required to parse the timestamp"},
      {R"($toMillis("2018 05","[Y] [H]"))",
       "D3136: The date/time picture string is missing specifiers required to parse the timestamp"},
      {R"($toMillis("20180304","[Y0001][M01][D01]"))", "1520121600000"},
      {R"($toMillis("2018-W10-1","[X]-W[W]-[F1]"))",
       "D3136: The date/time picture string is missing specifiers required to parse the timestamp"},
      {R"($toMillis("literal","literal"))", "undefined"},
      {R"($toMillis("Sunday 4 March 2018","[FNn] [D] [MNn] [Y]"))", "1520121600000"},
      {R"($toMillis("twenty-first of March 2018","[Dwo] of [MNn] [Y]"))", "1521590400000"},
      {R"($toMillis("MMXVIII-03-04","[YI]-[M]-[D]"))", "1520121600000"},
      {R"($toMillis("2018-03-04","[Y"))",
       "D3135: No matching closing bracket ']' in date/time picture string"},
      {R"($toMillis("2018","[Yn]"))",
       R"(D3133: The 'name' modifier can only be applied to months and days in the date/time picture string, not "Y")"},
      {R"($toMillis("99-01-01","[Y]-[M]-[D]"))", "915148800000"},
      {R"($toMillis("2018-00-00","[Y]-[M]-[D]"))", "1514678400000"},
      {R"($toMillis("2018-03-04","[Y]-[M]-[D] "))", "undefined"},
  };
  ExpectAnswers(kRows);
}

TEST(TimeFunctions, GiveTheTimeOfTheEvaluation) {
  constexpr Row kRows[] = {
      {"$millis(1)", R"(T0410: Argument 1 of function "millis" does not match function signature)"},
      {"$now(5)", R"(T0410: Argument 1 of function "now" does not match function signature)"},
      {"$type($millis())", R"("number")"},
      {"$length($now())", "24"},
      {R"($now("[Y]") = $fromMillis($millis(),"[Y]"))", "true"},
  };
  ExpectAnswers(kRows);
}

}  // namespace
}  // namespace trunkline::cloud::jsonata::tests
