// Whole numbers as English words, Roman numerals and letters, and back.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::cloud::jsonata {

// 123 -> "One Hundred and Twenty-Three", or "... Twenty-Third".
std::string ToWords(double number, bool ordinal);
double FromWords(std::string_view lower_case);  // NaN for an unknown word
std::string WordsPattern();                     // a regular expression for what FromWords takes

inline constexpr double kMaxRoman = 5e6;  // thousands are written one by one
std::string ToRoman(double number);       // lower case; at most kMaxRoman
double FromRoman(std::string_view upper_case);

std::string ToLetters(double number);  // a to z, then aa; nothing for 0
double FromLetters(std::string_view text, char first);

}  // namespace trunkline::cloud::jsonata
