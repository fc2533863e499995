// What the service finds wrong with a content that is to be published.
//
// The flow language's own rules are flow/'s; here come those that need the instance: what a content
// names literally must exist, a function and a bot must be associated with the instance, a number
// must be claimed for it. A reference that is read at run time ($.Attributes.queue) is not checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// One text for each problem, in the order of the content; empty when it may be published. `type` is
// a flow's type, or "MODULE".
std::vector<std::string> CheckContent(Context& context, const Record& instance,
                                      std::string_view type, std::string_view content);

// InvalidContactFlowException with its problems, at most 50 of at most 256 bytes.
ServiceError InvalidFlow(const std::vector<std::string>& problems);
ServiceError InvalidModule(const std::vector<std::string>& problems);

// Problems as an error's member: at most 50 of at most 256 bytes; and how many there are, in words.
json::Array ProblemList(const std::vector<std::string>& problems);
std::string ProblemsFound(const std::vector<std::string>& problems);

// Contents have 1 to 256,000 characters.
Answer<void> CheckContentLength(std::string_view content);

}  // namespace trunkline::cloud::connect
