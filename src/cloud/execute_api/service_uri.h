// URIs of AWS integrations: "arn:aws:apigateway:<region>:<service>:action/<Action>" and
// "arn:aws:apigateway:<region>:<service>:path/<path>"; a bucket may stand before its service
// ("<bucket>.s3").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trunkline::cloud::execute_api {

struct ServiceUri {
  std::string region;
  std::string subdomain;  // "<bucket>", or empty
  std::string service;    // as signatures name it: "states"
  bool action = false;
  std::string rest;  // the action's name; or the path, without its first slash
};

// Nothing: it is none.
std::optional<ServiceUri> ReadServiceUri(std::string_view uri);

}  // namespace trunkline::cloud::execute_api
