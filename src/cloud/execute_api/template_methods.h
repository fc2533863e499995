// Methods of values in mapping templates: what Java's texts, lists and maps answer to, and $util.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::execute_api {

// As a template shows a value: a map as {a=1}, nothing as an empty text.
std::string ShownText(const json::Value& value);

// `self` may be changed ("put", "add"). kInvalid: there is no such method.
Result<json::Value> CallMethod(json::Value& self, std::string_view name,
                               const std::vector<json::Value>& arguments);

// $util.name(arguments)
Result<json::Value> CallUtil(std::string_view name, const std::vector<json::Value>& arguments);

// What a JSONPath leads to ("$.a[0]"); null: nowhere.
Result<json::Value> FindPath(const json::Value& root, std::string_view path);

}  // namespace trunkline::cloud::execute_api
