// Patch operations of updates: {"op": "replace", "path": "/name", "value": "x"}.
//
// Paths walk through the shape that the update answers with, so that a value becomes a number, a
// flag or an item of a list as its place wants it; segments are escaped as in RFC 6902 ("~1" is a
// slash). Which members may be changed, each update says.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::apigateway {

struct PatchOperation {
  std::string op;
  std::vector<std::string> path;  // unescaped
  std::string text;               // as it was given
  std::string value;
  bool has_value = false;
  std::string from;
};
Answer<std::vector<PatchOperation>> ReadPatch(const json::Object& input);

// Applies one to `body`, whose shape is the output of `operation` ("UpdateRestApi").
Answer<void> ApplyPatch(Context& context, std::string_view operation, const PatchOperation& patch,
                        json::Object& body);

// All of the input's, each on one of the `members`.
Answer<void> Patch(Context& context, std::string_view operation, const json::Object& input,
                   std::initializer_list<std::string_view> members, json::Object& body);

ServiceError InvalidPath(const PatchOperation& patch,
                         std::initializer_list<std::string_view> members);

// What an update takes, where the service says so in more than its members: paths with "*" for one
// segment, and the operations on them. Texts seen.
struct PatchRow {
  std::string_view path;             // "/requestParameters/*"
  std::string_view ops = "replace";  // "add, remove, replace"
  std::string_view missing = {};     // NotFoundException: what is replaced or removed is not there
  bool op_is_path = false;           // another operation is told as a wrong path
};
struct PatchTable {
  std::string_view operation;  // "UpdateMethod"
  std::span<const PatchRow> rows;
  bool listed = false;  // messages name all paths; "replace" alone is taken
};
Answer<void> CheckPatch(const PatchTable& table, const PatchOperation& patch,
                        const json::Object& body);
// All of the input's, by the table. Maps that become empty go.
Answer<void> Patch(Context& context, const PatchTable& table, const json::Object& input,
                   json::Object& body);

}  // namespace trunkline::cloud::apigateway
