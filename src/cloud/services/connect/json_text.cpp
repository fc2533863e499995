#include "cloud/services/connect/json_text.h"

#include <fmt/format.h>

#include "base/json_read.h"

namespace trunkline::cloud::connect {

Answer<json::Object> ReadJsonObject(std::string_view text, std::string_view what,
                                    std::string_view error) {
  Result<json::Value> parsed = json::Parse(text);
  if (!parsed) {
    return ServiceError(error, fmt::format("{} must be JSON: {}", what, parsed.error().message()));
  }
  if (parsed->IsObject()) return std::move(parsed->AsObject());
  return ServiceError(error,
                      fmt::format("{} must be a JSON object but is {}", what, parsed->TypeName()));
}

}  // namespace trunkline::cloud::connect
