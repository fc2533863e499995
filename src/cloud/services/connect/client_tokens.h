// Idempotency: a call that comes again with the same ClientToken is answered as before and does
// nothing.
//
// A token belongs to one operation in one account and Region. Clients fill it in themselves and
// reuse it only when they repeat a call, so it is remembered for a day.
#pragma once

#include <optional>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connect {

// The earlier answer, if the input's token was used for the same input. The same token with another
// input is an error with the given code.
Answer<std::optional<json::Object>> AnsweredBefore(Context& context, std::string_view operation,
                                                   const json::Object& input,
                                                   std::string_view error);

// Remembers the answer; nothing to do when the input has no token.
void RememberAnswer(Context& context, std::string_view operation, const json::Object& input,
                    const json::Object& output);

}  // namespace trunkline::cloud::connect
