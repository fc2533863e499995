// How tests compare: what was heard with what was expected, resources with their names, values with
// operands. All of it is deterministic; docs/test.md describes it for users.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/effect.h"
#include "sim/testing/test_case.h"
#include "sim/world.h"

namespace trunkline::sim {

// Gives the value of a reference.
using ReadReference = std::function<std::optional<std::string>(const std::string& reference)>;

// From this likeness on two texts are similar.
inline constexpr double kSimilar = 0.75;
// 0 to 1: twice the longest common run of words in order (others may stand between), by the words
// of both. Case, accents and punctuation do not count.
double Similarity(std::string_view heard, std::string_view expected);
// Whether `heard` contains `expected`; case, accents and punctuation do not count.
bool Includes(std::string_view heard, std::string_view expected);

// Whether a prompt or message is the expected one. References in the expected text have their value
// of this moment.
bool Fits(const TestEvent& event, const Say& heard, const World& world, const ReadReference& read);

// Whether `wanted` (id, ARN, name or symbol such as ${queue:Sales}) means the resource that an
// action works with.
bool IsResource(const World& world, std::string_view action_type, std::string_view wanted,
                std::string_view actual);
// The ARN of a resource that an action shall work with; nothing when there is none. Functions and
// bots that the world does not know may be ARNs.
std::optional<std::string> FindResource(const World& world, std::string_view action_type,
                                        std::string_view wanted);
// For people: the name of the resource.
std::string ResourceName(const World& world, std::string_view action_type,
                         std::string_view reference);
// "${queue:Sales}" -> "Sales"; other texts are themselves.
std::string WithoutSymbol(std::string_view reference);

// Puts the values of references in a text: "tier $.Attributes.tier". Those without a value are "".
std::string Expand(std::string_view text, const ReadReference& read);

bool Holds(const Assertion& assertion, const std::optional<std::string>& actual);

}  // namespace trunkline::sim
