// Compares every #include of the sources with src/floors.txt.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline::floors {

// floor -> what it may include, in the order of the file.
struct Floors {
  std::vector<std::string> order;
  std::map<std::string, std::set<std::string>> sees;
};

// Lines "<floor> <floors it may include>"; '#' begins a comment.
Floors ReadFloors(std::string_view text);

// Sources by path below src/, as text.
using Sources = std::map<std::string, std::string>;

// One line each; empty when all is well.
std::vector<std::string> ProblemsOfFloors(const Floors& floors);
std::vector<std::string> ProblemsOfIncludes(const Floors& floors, const Sources& sources);
std::vector<std::string> ProblemsOfLength(const Sources& sources, std::size_t most_lines);

}  // namespace trunkline::floors
