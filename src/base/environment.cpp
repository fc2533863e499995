#include "base/environment.h"

#include <cstdlib>

namespace trunkline {

std::optional<std::string> SystemEnvironment::Get(std::string_view name) const {
  // Nothing in this program writes the environment, so reading it is safe in any thread.
  const char* value = std::getenv(std::string(name).c_str());  // NOLINT(concurrency-mt-unsafe)
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

std::optional<std::string> MapEnvironment::Get(std::string_view name) const {
  const auto found = values_.find(std::string(name));
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

}  // namespace trunkline
