// Bodies of REST APIs as bytes or as texts, by the API's binary media types and the content
// handling of an integration and its responses (documented:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
// and seen).
#pragma once

#include <string>
#include <string_view>

#include "cloud/execute_api/rest_method.h"

namespace trunkline::cloud::execute_api {

// The bytes as a text: what is not UTF-8 is U+FFFD, one for each byte that cannot stand.
std::string TextOfBytes(std::string_view bytes);

// What the integration is given of the request's body. The error: it is no Base64, and has to be.
Result<std::string> RequestContent(const ApiCall& call, const RestMethod& met);

// What the client is given of an integration's answer, whose media type is `payload_type`.
Result<std::string> ResponseContent(const ApiCall& call, const RestMethod& met,
                                    std::string_view handling, std::string_view payload_type,
                                    std::string body);

}  // namespace trunkline::cloud::execute_api
