// The content of a test case: a document of observations in the testing language, checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/operation.h"

namespace trunkline::cloud::connect {

// One text for each problem, in the order of the content; empty when it may be published.
// `entry_point` is its type: a chat takes no key presses.
std::vector<std::string> CheckTestContent(std::string_view content, std::string_view entry_point);

// InvalidTestCaseException with at most 50 problems of at most 256 bytes.
ServiceError InvalidTestCase(const std::vector<std::string>& problems);

// ---- for the parts of the check

using Problems = std::vector<std::string>;

// Of one action of an observation; `path` says where it stands.
void CheckTestAction(const json::Object& action, const std::string& path,
                     std::string_view entry_point, Problems& problems);
// {ActionType, ActionParameters} of an event or an override: the flow action and the resource.
void CheckFlowAction(const json::Object& properties, const std::string& path,
                     std::string_view known, Problems& problems);
// Whether `text` is one of the words of `known`, which are parted by blanks.
bool IsOneOf(std::string_view known, std::string_view text);

}  // namespace trunkline::cloud::connect
