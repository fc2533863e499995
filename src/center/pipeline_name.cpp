#include "center/pipeline_name.h"

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::center {

std::string PipelineName(std::string_view project, std::string_view branch) {
  return fmt::format("amzconnect-{}-{}", project, Replace(branch, "/", "-"));
}

}  // namespace trunkline::center
