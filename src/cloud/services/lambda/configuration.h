// The members of a function's configuration that callers set, checked and applied.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

// Checks what `input` sets and writes it into `configuration`. What this cloud cannot do is refused
// by name.
Answer<void> ApplyConfiguration(Context& context, const json::Object& input,
                                json::Object& configuration);

// A new RevisionId and LastModified.
void Touch(Context& context, json::Object& configuration);

}  // namespace trunkline::cloud::lambda
