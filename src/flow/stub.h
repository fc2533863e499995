// Minimal contents: flows that are valid and do nothing, for making a flow exist before what it
// refers to does.
//
// Flows name each other in cycles, so a delivery first creates the missing ones with such a content
// and then gives all of them their own.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::flow {

// Valid content of a flow of this type ("CONTACT_FLOW", ...) or of a module ("MODULE"), on one
// line: it hangs up where that is allowed, ends where it is not, returns from a module. An unknown
// type is a bug: throws std::invalid_argument.
std::string MinimalContent(std::string_view type);

}  // namespace trunkline::flow
