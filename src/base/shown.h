// Text of unknown origin inside a message.
#pragma once

#include <string>
#include <string_view>

namespace trunkline {

// At most `longest` bytes of `text`, cut between characters, then "...". Bytes that are not UTF-8
// become \xNN: a message must stay text wherever it is printed, JSON and XML included.
std::string Shown(std::string_view text, std::size_t longest);

}  // namespace trunkline
