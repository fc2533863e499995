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

// The last lines that a build's commands wrote, oldest first, `most` at most; without what
// CodeBuild says itself. Why they cannot be read is the only line then.
net::aw<std::vector<std::string>> LastLines(aws::Client client, std::string build,
                                            std::size_t most);

}  // namespace trunkline::app
