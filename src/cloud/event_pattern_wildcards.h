// What is wrong with the wildcards of an event pattern.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::cloud {

// Empty if nothing is. Positions count the quote before the text.
std::string FindWildcardProblem(std::string_view text);
// Whether matching may have to follow so many wildcards at once that a service refuses the rule.
bool HasTooManyWildcards(std::string_view text);

}  // namespace trunkline::cloud
