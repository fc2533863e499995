// The members of a function's configuration that callers set, checked and applied.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

// Checks what `input` sets and writes it into `configuration`. What this cloud cannot do is refused
// by name.
Answer<void> ApplyConfiguration(Context& context, const json::Object& input,
                                json::Object& configuration);

// Whether a function of the caller's account may run in the role: it is there and trusts Lambda.
bool MayAssumeRole(Context& context, std::string_view role_arn);

// A new RevisionId and LastModified.
void Touch(Context& context, json::Object& configuration);

}  // namespace trunkline::cloud::lambda
