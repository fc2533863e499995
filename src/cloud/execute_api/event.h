// The events that functions get, in both formats.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// and .../set-up-lambda-proxy-integrations.html (documented). REST APIs know format 1.0 only,
// without its "version"; their headers keep their case.
#pragma once

#include <string>

#include "cloud/execute_api/call.h"

namespace trunkline::cloud::execute_api {

// A body as JSON can hold it.
struct BodyText {
  std::string text;
  bool base64 = false;
};
// HTTP APIs: what is not a text by its content type goes in Base64; so does what is not UTF-8.
BodyText TextOfBody(const ApiCall& call);

json::Object EventV2(const ApiCall& call, const BodyText& body);
// `rest`: of a REST API.
json::Object EventV1(const ApiCall& call, const BodyText& body, bool rest);

// "requestContext" of both, which authorizers get too.
json::Object RequestContextV2(const ApiCall& call);
json::Object RequestContextV1(const ApiCall& call, bool rest);

// Parts of events of both formats, which authorizers and templates show too. A name that came
// several times: joined by commas, or the last of them.
json::Object JoinedHeaders(const ApiCall& call);
json::Object LastHeaders(const net::Headers& headers);
json::Object JoinedQuery(const ApiCall& call);
json::Object LastQuery(const ApiCall& call);
json::Object AllHeaders(const net::Headers& headers);
json::Object AllQuery(const ApiCall& call);
json::Array CookiesOf(const ApiCall& call);

}  // namespace trunkline::cloud::execute_api
