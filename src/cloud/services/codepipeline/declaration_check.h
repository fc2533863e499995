// Whether CodePipeline would take a pipeline, in its own errors.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::codepipeline {

// All of it: structure, actions, roles, what the type of pipeline allows.
Answer<void> CheckDeclaration(Context& context, const json::Object& pipeline);

// One action: its type, the number of its artifacts, its configuration, its role.
Answer<void> CheckAction(Context& context, const json::Object& pipeline,
                         const json::Object& action);

// What only pipelines of type V2 have: triggers, variables, conditions, modes.
Answer<void> CheckFeatures(const json::Object& pipeline);

// The rules of a stage's conditions: their types and results.
Answer<void> CheckConditions(const json::Object& stage);

ServiceError InvalidStructure(std::string_view message);
ServiceError InvalidAction(std::string_view message);
ServiceError InvalidStage(std::string_view message);

}  // namespace trunkline::cloud::codepipeline
