// One line of a scenario, read from left to right with findings about what is wrong in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/finding.h"

namespace trunkline::sim {

class ScenarioLine {
 public:
  ScenarioLine(std::string_view line, std::uint32_t number, std::string_view file,
               Findings& findings)
      : line_(line), number_(number), file_(file), findings_(&findings) {}

  std::uint32_t number() const { return number_; }
  // Nothing but blanks is left.
  bool AtEnd();
  bool AtQuote();
  // Where the next word begins, and one place behind the line when none is left.
  std::size_t Position();
  // The next word, up to a blank; empty at the end.
  std::string_view Word();
  // The words of `phrase`, if they come next; else nothing is read. Case does not count.
  bool Take(std::string_view phrase);

  // A word, or several between quotes. Nothing, and a finding, when `what` is missing.
  std::optional<std::string> Name(std::string_view what);
  // The rest of the line, without the quotes around it.
  std::optional<std::string> Text(std::string_view what);
  // The rest of the line as it is, without blanks around it.
  std::string_view Rest();
  // A finding when something is left.
  bool Ends();

  // A finding about what comes next, or about what is at `from` (a Position()).
  void Say(std::string_view code, std::string message, std::string hint = {});
  void SayAt(std::size_t from, std::string_view code, std::string message, std::string hint = {});
  // A finding that one of `words` was expected, with the nearest.
  void SayExpected(const std::vector<std::string>& words, std::string_view where);

 private:
  std::string_view line_;
  std::uint32_t number_;
  std::string_view file_;
  Findings* findings_;  // a pointer: lines are assigned
  std::size_t at_ = 0;
};

}  // namespace trunkline::sim
