// What the builds of an execution wrote.
#pragma once

#include <string>

#include "app/pipelines.h"

namespace trunkline::app {

struct LogsArgs {
  std::string pipeline;
  std::string execution;  // empty: the latest
  std::string action;     // empty: every build
};

// `write` gets the text as it is read, a heading before each build's.
Result<void> ReadPipelineLogs(AppWorld& world, const ToolingArgs& args, const LogsArgs& logs,
                              const std::function<void(const std::string&)>& write);

}  // namespace trunkline::app
