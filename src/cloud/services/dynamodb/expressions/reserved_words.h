// The words that an expression must not use as attribute names (documented); #placeholders may.
#pragma once

#include <string_view>

namespace trunkline::cloud::dynamodb {

bool IsReservedWord(std::string_view name);  // in any case

}  // namespace trunkline::cloud::dynamodb
