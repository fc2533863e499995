// What a pipeline is called: who makes it and who starts it ask here.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::center {

// amzconnect-<project>-<branch>, with '-' for '/': "amzconnect-instance-feature-x".
std::string PipelineName(std::string_view project, std::string_view branch);

}  // namespace trunkline::center
