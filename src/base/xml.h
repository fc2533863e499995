// Text in XML: in documents, and in Graphviz's HTML-like labels.
#pragma once

#include <string>
#include <string_view>

namespace trunkline {

// For contents and for values in double quotes. Control characters, which XML has no place for,
// become blanks; line ends and tabs stay.
std::string EscapeXml(std::string_view text);

}  // namespace trunkline
