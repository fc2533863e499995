// Showing an execution while it runs, and saying what was done.
#pragma once

#include <string>

#include "app/pipelines.h"
#include "base/json.h"
#include "cli/command.h"

namespace trunkline::cli {

struct ShownPipeline {
  std::string name;
  std::string execution;  // empty: the latest
  bool follow = false;    // until it has ended or asks a person
};

// Changes go to stderr while it is followed; the execution to stdout at the end. Fails when it
// failed, was stopped or cancelled.
Exit ShowPipeline(World& world, app::AppWorld& app_world, const Arguments& arguments,
                  const ShownPipeline& shown);

// One sentence, or with --json the object.
Exit Told(World& world, const Arguments& arguments, const json::Object& object,
          const std::string& sentence);

}  // namespace trunkline::cli
