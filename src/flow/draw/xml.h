// Text in XML, and so in Graphviz's HTML-like labels.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::flow {

// Control characters, which XML has no place for, become blanks.
std::string EscapeXml(std::string_view text);

}  // namespace trunkline::flow
