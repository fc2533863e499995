#include "cloud/execute_api/parameter_mapping.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/variables.h"

namespace trunkline::cloud::execute_api {
namespace {

// "append:header.x-user" in three parts.
struct Order {
  std::string_view action;  // "append", "overwrite", "remove"
  std::string_view place;   // "header", "querystring", "path", "statuscode"
  std::string_view name;
};

Order ReadOrder(std::string_view key) {
  Order order;
  const std::size_t colon = key.find(':');
  if (colon == std::string_view::npos) return order;
  order.action = key.substr(0, colon);
  key.remove_prefix(colon + 1);
  const std::size_t dot = key.find('.');
  order.place = key.substr(0, dot);
  if (dot != std::string_view::npos) order.name = key.substr(dot + 1);
  return order;
}

void MapHeader(const Order& order, std::string_view value, net::Headers& headers) {
  if (order.action == "remove") {
    headers.Remove(order.name);
  } else if (order.action == "overwrite") {
    headers.Set(order.name, value);
  } else if (headers.Has(order.name)) {
    headers.Set(order.name, std::string(headers.Get(order.name)) + "," + std::string(value));
  } else {
    headers.Add(order.name, value);
  }
}

void MapQuery(const Order& order, std::string_view value, std::string& target) {
  const std::size_t mark = target.find('?');
  Pairs pairs;
  if (mark != std::string::npos) pairs = net::ParseQuery(target.substr(mark + 1), true);
  if (order.action != "append")
    std::erase_if(pairs, [&](const auto& pair) { return pair.first == order.name; });
  if (order.action != "remove") pairs.emplace_back(order.name, value);
  target.resize(std::min(mark, target.size()));
  char separator = '?';
  for (const auto& [name, text] : pairs) {
    target += separator + PercentEncode(name) + "=" + PercentEncode(text);
    separator = '&';
  }
}

void MapPath(std::string_view value, std::string& target) {
  const std::size_t mark = target.find('?');
  const std::string query = mark == std::string::npos ? "" : target.substr(mark);
  target = PercentEncode(value, true) + query;
  if (!target.starts_with('/')) target.insert(0, "/");
}

// "$response.header.x" and "$response.body.x"; all else as of the request.
std::string ResponseValue(const ApiCall& call, const net::Response& response,
                          std::string_view text) {
  constexpr std::string_view kHeader = "$response.header.";
  constexpr std::string_view kBody = "$response.body.";
  if (text.starts_with(kHeader))
    return std::string(response.headers.Get(text.substr(kHeader.size())));
  if (text.starts_with(kBody)) {
    const Result<json::Value> body = json::Parse(response.body);
    return body ? TextInside(*body, text.substr(kBody.size())).value_or("") : std::string();
  }
  return Interpolate(call, text);
}

}  // namespace

void MapRequest(const ApiCall& call, const json::Object& parameters, net::Headers& headers,
                std::string& target) {
  for (const json::Member& parameter : parameters) {
    const Order order = ReadOrder(parameter.key);
    const std::string value = Interpolate(call, parameter.value.AsString());
    if (order.place == "header") MapHeader(order, value, headers);
    if (order.place == "querystring") MapQuery(order, value, target);
    if (order.place == "path") MapPath(value, target);
  }
}

void MapResponse(const ApiCall& call, const json::Object& parameters, net::Response& response) {
  const json::Object mapping = parameters.GetObject(std::to_string(response.status));
  for (const json::Member& parameter : mapping) {
    const Order order = ReadOrder(parameter.key);
    const std::string value = ResponseValue(call, response, parameter.value.AsString());
    if (order.place == "header") MapHeader(order, value, response.headers);
    if (order.place == "statuscode") {
      const auto status = ToInt(value);
      constexpr int kFirst = 200;
      constexpr int kLast = 599;
      if (status && *status >= kFirst && *status <= kLast)
        response.status = static_cast<int>(*status);
    }
  }
}

}  // namespace trunkline::cloud::execute_api
