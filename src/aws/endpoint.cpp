#include "aws/endpoint.h"

#include "base/text.h"

namespace trunkline::aws {
namespace {

// The variable's name is the service id in capitals with underscores: "Lex Models V2" ->
// LEX_MODELS_V2.
std::string VariableOf(const Model& model) {
  return "AWS_ENDPOINT_URL_" + ToUpper(Replace(model.service_id, " ", "_"));
}

Result<Endpoint> Custom(const std::string& text, std::string_view source,
                        const std::string& region) {
  const auto url = net::ParseUrl(text);
  if (url) return Endpoint{.url = *url, .signing_region = region, .custom = true};
  return Error(ErrorKind::kInvalid,
               "expected {} to be a URL like http://127.0.0.1:4566 but got '{}'", source, text);
}

}  // namespace

std::string_view PartitionOf(std::string_view region) {
  if (region.substr(0, 3) == "cn-") return "aws-cn";
  if (region.substr(0, 7) == "us-gov-") return "aws-us-gov";
  return "aws";
}

Result<Endpoint> FindEndpoint(const Model& model, const std::string& region,
                              const std::string& given, const Environment& environment) {
  if (!given.empty()) return Custom(given, "the endpoint URL", region);
  for (const std::string& variable : {VariableOf(model), std::string("AWS_ENDPOINT_URL")}) {
    const std::string value = environment.GetOr(variable, "");
    if (!value.empty()) return Custom(value, variable, region);
  }
  const bool global =
      !model.global_endpoint.empty() && model.service != "sts" && PartitionOf(region) == "aws";
  const std::string suffix = PartitionOf(region) == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const std::string host = global ? model.global_endpoint
                                  : fmt::format("{}.{}.{}", model.endpoint_prefix, region, suffix);
  const auto url = net::ParseUrl("https://" + host);
  if (!url) return Error(ErrorKind::kInvalid, "'{}' is not a Region", region);
  return Endpoint{.url = *url, .signing_region = global ? "us-east-1" : region, .custom = false};
}

}  // namespace trunkline::aws
