// Macros: transforms that a Lambda function makes (AWS::CloudFormation::Macro).
//
// Expanding a template is a plain function, and a function's answer has to be waited for. So the
// expansion stops at a macro whose answer is not known, with an error that carries the call; the
// operation's coroutine (WithMacros) makes it, keeps the answer by the call's hash, and begins
// anew.
#pragma once

#include <functional>

#include "cloud/context.h"
#include "cloud/services/cloudformation/template/transform.h"
#include "cloud/wait.h"

namespace trunkline::cloud::cloudformation {

// A macro that exists. id and name: its name. body: FunctionName and what else the type has.
inline constexpr Kind kMacro{"cloudformation", "macro"};

// What the macro of this name made of the fragment, or the error that asks for it.
Answer<json::Value> CallMacro(Context& context, const MacroCall& call);

// Whether the error is what a macro did wrong: the service tells that later, by a status.
bool IsTransformFailure(const ServiceError& error);

// Runs a state operation that may expand a template, and the functions of the macros it meets.
net::aw<Answer<>> WithMacros(WaitContext context, json::Object input,
                             Answer<> (*operation)(Context&, const json::Object&));

}  // namespace trunkline::cloud::cloudformation
