#include "cloud/execute_api/packed_http.h"

#include <utility>

namespace trunkline::cloud::execute_api {
namespace {

json::Array PackHeaders(const net::Headers& headers) {
  json::Array packed;
  for (const auto& [name, value] : headers) {
    json::Array pair{name, value};
    packed.emplace_back(std::move(pair));
  }
  return packed;
}

net::Headers UnpackHeaders(const json::Array& pairs) {
  net::Headers headers;
  for (const json::Value& pair : pairs)
    headers.Add(pair.AsArray()[0].AsString(), pair.AsArray()[1].AsString());
  return headers;
}

}  // namespace

json::Object PackRequest(net::Request request) {
  return {{"method", std::move(request.method)},
          {"target", std::move(request.target)},
          {"headers", PackHeaders(request.headers)},
          {"body", std::move(request.body)}};
}

net::Request UnpackRequest(json::Object& packed) {
  net::Request request;
  request.method = packed.GetString("method");
  request.target = packed.GetString("target");
  request.headers = UnpackHeaders(packed.GetArray("headers"));
  request.body = std::move(packed["body"].AsString());
  return request;
}

json::Object PackResponse(net::Response response) {
  return {{"status", response.status},
          {"headers", PackHeaders(response.headers)},
          {"body", std::move(response.body)}};
}

net::Response UnpackResponse(json::Object& packed) {
  net::Response response;
  response.status = static_cast<int>(packed.GetInt("status"));
  response.headers = UnpackHeaders(packed.GetArray("headers"));
  response.body = std::move(packed["body"].AsString());
  return response;
}

}  // namespace trunkline::cloud::execute_api
