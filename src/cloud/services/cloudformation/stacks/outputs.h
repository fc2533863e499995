// A stack's outputs, its exports, and which exports of others it imports.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

// Evaluates the outputs of the run's target and keeps them: the stack's Outputs, its exports, its
// imports. The error says what stands against them: a value that is no text, a name that another
// stack exports, an export in use that would change or go.
Answer<void> SetOutputs(Context& context, const Run& run);

// Takes back all exports and imports of a stack; the error names one that is in use.
Answer<void> DropExports(Context& context, const StackIdentity& stack);

}  // namespace trunkline::cloud::cloudformation
