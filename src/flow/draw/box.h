// The lines of a box, as every way of drawing it writes them.
#pragma once

#include <string>
#include <vector>

#include "flow/draw.h"

namespace trunkline::flow {

struct BoxText {
  std::vector<std::string> head;                   // the block, then the name
  std::vector<std::string> body;                   // what it says, wrapped
  std::vector<std::vector<std::string>> branches;  // each wrapped
};

BoxText TextOf(const DrawnBox& box);

}  // namespace trunkline::flow
