// What builds run: buildspecs as values.
//
// A build finds the program in the artifact 'Program' (a copy of the asset: pinned by the stack,
// not by what is at hand), and the monorepo in its source.
#pragma once

#include "base/json.h"
#include "center/center.h"

namespace trunkline::stacks {

// Where the Testing stage finds its buildspec among the templates: the build's copy of the one of
// its project.
inline constexpr std::string_view kTestBuildspecFile = "tests.buildspec.json";
std::string TestBuildspecFile(std::string_view project);  // lambdas.buildspec.json

// What the build before an approval exports: a line of at most 600 characters.
inline constexpr std::string_view kPlanVariable = "TRUNKLINE_PLAN";

// Checks the monorepo and synthesizes the templates: artifact 'Templates'.
json::Object SynthBuildspec();
// Waits for what the same commit delivers before, then delivers one project to one Region: the
// user's own templates as the environment's deploy role, the center's resources as its operator
// role. With TRUNKLINE_STEP=plan it changes nothing, and says in kPlanVariable, which it exports,
// what would be changed in all Regions.
json::Object DeliverBuildspec();
// The Testing stage: the commands of the project's test.json, in that order.
json::Object TestBuildspec(const center::Center& center, std::string_view project);

}  // namespace trunkline::stacks
