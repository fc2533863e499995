#include "cloud/execute_api/function_uri.h"

#include "cloud/arn.h"

namespace trunkline::cloud::execute_api {

std::optional<std::string> ReadFunctionUri(std::string_view uri) {
  constexpr std::string_view kPath = ":lambda:path/2015-03-31/functions/";
  constexpr std::string_view kEnd = "/invocations";
  if (uri.starts_with("arn:aws:apigateway:")) {
    const std::size_t path = uri.find(kPath);
    if (path == std::string_view::npos || !uri.ends_with(kEnd)) return std::nullopt;
    uri.remove_suffix(kEnd.size());
    uri.remove_prefix(path + kPath.size());
  }
  if (uri.find("${stageVariables.") != std::string_view::npos) return std::string(uri);
  const auto arn = ParseArn(uri);
  if (!arn || arn->service != "lambda" || !arn->resource.starts_with("function:"))
    return std::nullopt;
  return std::string(uri);
}

}  // namespace trunkline::cloud::execute_api
