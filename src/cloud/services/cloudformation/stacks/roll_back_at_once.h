// A stack whose template cannot be processed is made, with nothing in it, and rolled back (seen in
// recordings of the service).
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::cloudformation {

// `input` is that of CreateStack, and so is the answer; `why` is what the events tell.
Answer<> RollBackAtOnce(Context& context, const json::Object& input, std::string_view on_failure,
                        const std::string& why);

}  // namespace trunkline::cloud::cloudformation
