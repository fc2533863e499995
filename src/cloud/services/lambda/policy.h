// Resource policies of functions and layers, as lists of statements.
#pragma once

#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::lambda {

// "*", a service, an account's root or an ARN, as a statement has it.
json::Value PrincipalOf(std::string_view principal);

json::Object PolicyOf(const json::Array& statements);

// ResourceConflictException: there is one of that Sid; PolicyLengthExceededException.
Answer<void> AddStatement(json::Array& statements, const json::Object& statement);
// ResourceNotFoundException: there is none of that Sid.
Answer<void> RemoveStatement(json::Array& statements, std::string_view sid);

}  // namespace trunkline::cloud::lambda
