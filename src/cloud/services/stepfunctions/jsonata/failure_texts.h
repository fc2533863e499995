// The texts of JSONata's error codes. They are part of what clients see (the cause of
// States.QueryEvaluationError), so they are JSONata's word for word.
#pragma once

#include <string_view>

namespace trunkline::cloud::jsonata {

// {name} is a hole to fill, {!name} one whose value stands bare, without quotes. Empty for an
// unknown code.
std::string_view TextOf(std::string_view code);

}  // namespace trunkline::cloud::jsonata
