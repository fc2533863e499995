// Numbers as JavaScript writes and reads them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trunkline::cloud::jsonata {

std::string NumberText(double number);     // 1e+21, 1e-7, 0.1, 3; also "NaN", "Infinity"
double ReadNumber(std::string_view text);  // a JSON number; too big is infinite
double ToPrecision15(double number);       // what $string writes of a computed number
// The integer part of `number` (which has none other) in base 2 to 36.
std::string TextInBase(double number, int base);
// To `decimals` places behind the point, halves to the even neighbour.
double RoundHalfEven(double number, int decimals);
std::string FixedText(double number, int decimals);  // not negative
// Leading blanks, a sign and digits, as parseInt reads them; nullopt where that is NaN.
std::optional<double> ParseIntPrefix(std::string_view text);

}  // namespace trunkline::cloud::jsonata
