// What a box shows of its action, and which colours it has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/diff/words.h"
#include "flow/draw.h"

namespace trunkline::flow {

DrawFamily FamilyOf(const Action& action);
// "'Welcome to ACME.'", "Sales", "language = en-US": at most five lines.
std::vector<std::string> LinesOf(const Words& words, const Action& action);
// The text in lines of at most `width` characters, cut between words where that is possible.
std::vector<std::string> WrapText(std::string_view text, std::size_t width);

struct BoxColours {
  std::string_view band;  // behind the block's name
  std::string_view border;
};
BoxColours ColoursOf(const DrawnBox& box, bool in_diff);
// Of an arrow and its branch's text.
std::string_view ColourOf(DrawMark mark, bool is_error, bool in_diff);

}  // namespace trunkline::flow
