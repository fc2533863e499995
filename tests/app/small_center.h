// Centers of one flow, and calls to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/stage.h"
#include "center/center.h"

namespace trunkline::app::tests {

// A contact flow that begins with the first of `actions`; an action "end" hangs up. `before` stands
// before the actions, with a comma behind it.
std::string Flow(std::string_view actions, std::string_view before = "");

center::Center CenterOf(const std::string& flow, const std::string& name = "Main");

// The transcript of a call to Main by somebody who says this, and hangs up.
std::string CallAndSay(Stage stage, const std::vector<std::string>& words);

}  // namespace trunkline::app::tests
