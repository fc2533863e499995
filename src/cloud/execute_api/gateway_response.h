// Gateway responses: what a REST API answers itself, which its owner may word otherwise.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cloud/execute_api/call.h"

namespace trunkline::cloud::execute_api {

// One of the kinds, as AWS has it when nothing else was put.
struct GatewayResponseKind {
  std::string_view type;        // "MISSING_AUTHENTICATION_TOKEN"
  int status = 0;               // 0: of the default kinds, which have none of their own
  std::string_view message;     // empty: null
  std::string_view error_type;  // of the header x-amzn-ErrorType
};
std::span<const GatewayResponseKind> GatewayResponseKinds();
const GatewayResponseKind* FindGatewayResponse(std::string_view type);

// As GetGatewayResponse shows one that nobody put.
json::Object DefaultGatewayResponse(const GatewayResponseKind& kind);

// The answer of a kind, by what was put for it or for its default kind in `put`. A message of the
// case at hand stands instead of the kind's.
net::Response GatewayAnswer(ApiCall& call, const json::Object& put, std::string_view type,
                            std::string_view message = {});

}  // namespace trunkline::cloud::execute_api
