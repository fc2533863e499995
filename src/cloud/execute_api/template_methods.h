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

// About how many bytes a value takes. More than `limit`: it was not counted to its end, or nests
// deeper than 200. Templates may double what they have, and put it into itself, again and again.
std::size_t WeightOf(const json::Value& value, std::size_t limit, int depth = 0);

// $util.name(arguments)
Result<json::Value> CallUtil(std::string_view name, const std::vector<json::Value>& arguments);

// What a JSONPath leads to ("$.a[0]"); null: nowhere.
Result<json::Value> FindPath(const json::Value& root, std::string_view path);

}  // namespace trunkline::cloud::execute_api
