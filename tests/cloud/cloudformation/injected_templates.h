// Templates that hold the resource types between them, each in two editions. "WORD" and "COUNT"
// stand for what differs: in properties that change in place, and in some that make a new resource.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace trunkline::cloud::tests {

struct InjectedTemplate {
  std::string_view name;
  std::string_view yaml;

  std::string First() const { return Edition("one", "30"); }
  std::string Second() const { return Edition("two", "60"); }

 private:
  std::string Edition(std::string_view word, std::string_view number) const;
};

std::span<const InjectedTemplate> InjectedTemplates();

}  // namespace trunkline::cloud::tests
