// Tables of words, written as one text: Words<"Arn RoleId">() and Properties<"Name*^
// Description">().
//
// The marks are those of the reference tables: '*' required, '^' create-only, '~' write-only.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "cloud/services/cloudformation/resource_type.h"

namespace trunkline::cloud::cloudformation {

// A string literal as a template argument.
template <std::size_t N>
struct Text {
  char characters[N];
  consteval Text(const char (&text)[N]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(text, N, characters);
  }
  constexpr std::string_view view() const { return {characters, N - 1}; }
};

constexpr std::string_view NextWord(std::string_view& text) {
  const std::size_t start = std::min(text.find_first_not_of(" \n"), text.size());
  const std::size_t end = std::min(text.find_first_of(" \n", start), text.size());
  const std::string_view word = text.substr(start, end - start);
  text.remove_prefix(end);
  return word;
}

constexpr std::size_t CountWords(std::string_view text) {
  std::size_t count = 0;
  while (!NextWord(text).empty()) ++count;
  return count;
}

template <Text kText>
consteval auto Words() {
  std::array<std::string_view, CountWords(kText.view())> words;
  std::string_view rest = kText.view();
  for (std::string_view& word : words) word = NextWord(rest);
  return words;
}

template <Text kText>
consteval auto Properties() {
  std::array<Property, CountWords(kText.view())> rows;
  std::string_view rest = kText.view();
  for (Property& row : rows) {
    std::string_view word = NextWord(rest);
    while (true) {
      if (word.ends_with('*'))
        row.required = true;
      else if (word.ends_with('^'))
        row.create_only = true;
      else if (word.ends_with('~'))
        row.write_only = true;
      else
        break;
      word.remove_suffix(1);
    }
    row.name = word;
  }
  return rows;
}

}  // namespace trunkline::cloud::cloudformation
