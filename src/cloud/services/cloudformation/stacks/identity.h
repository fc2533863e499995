// Whom a stack's operation acts as: who asked for it, or the stack's service role.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::cloudformation {

// What an operation's record keeps of its caller. `stack` is the ARN of whose operation it is. The
// error: the role cannot be assumed.
Answer<json::Object> CallerMembers(Context& context, std::string_view stack,
                                   std::string_view role_arn);
// The caller of an operation, from its record.
Answer<Caller> CallerOfOperation(Context& context, std::string_view stack,
                                 const json::Object& operation);

}  // namespace trunkline::cloud::cloudformation
