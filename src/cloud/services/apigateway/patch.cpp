#include "cloud/services/apigateway/patch.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/dispatch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

using Segments = std::span<const std::string>;

std::string Unescaped(std::string_view segment) {
  return Replace(Replace(segment, "~1", "/"), "~0", "~");
}

ServiceError WrongValue(const PatchOperation& patch) {
  return BadRequest(
      fmt::format("Invalid value '{}' specified for path '{}'", patch.value, patch.text));
}

// The text of a patch as the shape has it.
Answer<json::Value> ValueOf(const aws::Shape& shape, const PatchOperation& patch) {
  switch (shape.type) {
    case aws::Type::kString:
      if (!shape.enumeration.empty() &&
          std::ranges::find(shape.enumeration, patch.value) == shape.enumeration.end())
        return WrongValue(patch);
      return json::Value(patch.value);
    case aws::Type::kBoolean:
      // What is not true is false, nothing too (seen).
      return json::Value(EqualsIgnoreCase(patch.value, "true"));
    case aws::Type::kInteger:
    case aws::Type::kLong:
    case aws::Type::kFloat: {
      const Result<json::Value> number = json::Parse(patch.value);
      if (!number || !number->IsNumber()) return WrongValue(patch);
      return *number;
    }
    default: {
      // A whole structure, map or list as JSON.
      const Result<json::Value> value = json::Parse(patch.value);
      const bool list = shape.type == aws::Type::kList;
      if (!value || (list ? !value->IsArray() : !value->IsObject())) return WrongValue(patch);
      return *value;
    }
  }
}

// An item of a list is named by the path's last segment, or is the value.
Answer<void> PatchList(const PatchOperation& patch, Segments rest, json::Value& list) {
  if (!list.IsArray()) list = json::Array();
  json::Array& items = list.AsArray();
  const json::Value item(rest.empty() ? patch.value : rest.front());
  const auto found = std::ranges::find(items, item);
  if (patch.op == "remove") {
    if (found == items.end() && !rest.empty())
      return NotFound(fmt::format("There is no '{}' at '{}'", rest.front(), patch.text));
    if (rest.empty() && patch.value.empty()) {
      items.clear();
    } else if (found != items.end()) {
      items.erase(found);
    }
  } else if (patch.op == "replace" && !rest.empty()) {
    if (found == items.end()) return WrongValue(patch);
    items.erase(found);
    items.emplace_back(patch.value);
  } else if (found == items.end()) {
    items.push_back(item);
  }
  return {};
}

Answer<void> Walk(const aws::Shape& shape, const PatchOperation& patch, Segments rest,
                  json::Value& target);

Answer<void> WalkInto(const aws::Shape& shape, const PatchOperation& patch, Segments rest,
                      const std::string& key, json::Value& target) {
  if (!target.IsObject()) target = json::Object();
  json::Object& object = target.AsObject();
  if (rest.empty() && patch.op == "remove" && shape.type != aws::Type::kList) {
    object.Remove(key);
    return {};
  }
  return Walk(shape, patch, rest, object[key]);
}

Answer<void> Walk(const aws::Shape& shape, const PatchOperation& patch, Segments rest,
                  json::Value& target) {
  if (shape.type == aws::Type::kList) return PatchList(patch, rest, target);
  if (rest.empty()) {
    TL_TRY(target, ValueOf(shape, patch));
    return {};
  }
  if (shape.type == aws::Type::kMap)
    return WalkInto(*shape.item.shape, patch, rest.subspan(1), rest.front(), target);
  const aws::MemberRow* member =
      shape.type == aws::Type::kStructure ? shape.FindMember(rest.front()) : nullptr;
  if (!member) return InvalidPath(patch, {});
  return WalkInto(*member->shape, patch, rest.subspan(1), member->name, target);
}

bool Fits(std::string_view pattern, const std::vector<std::string>& path) {
  const std::vector<std::string_view> wanted = Split(pattern.substr(1), '/');
  if (wanted.size() != path.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] != "*" && wanted[i] != path[i]) return false;
  }
  return true;
}

ServiceError NotListed(const PatchTable& table, const PatchOperation& patch) {
  if (patch.op != "replace") return InvalidPath(patch, {});
  std::vector<std::string> paths;
  for (const PatchRow& row : table.rows) paths.emplace_back(row.path);
  return BadRequest(
      fmt::format("Invalid patch path  '{}' specified for op '{}'. Must be one of: [{}]",
                  patch.text, patch.op, Join(paths, ", ")));
}

bool TakesOp(const PatchRow& row, std::string_view op) {
  const std::vector<std::string_view> ops = Split(row.ops, ',');
  return std::ranges::any_of(ops, [op](std::string_view one) { return Trim(one) == op; });
}

// What a patch left empty of a method or a response is no longer shown.
void DropEmptyMaps(const PatchTable& table, json::Object& body) {
  for (const PatchRow& row : table.rows) {
    if (!row.path.ends_with("/*")) continue;
    const std::string_view name = row.path.substr(1, row.path.size() - 3);
    const json::Value* value = body.Find(name);
    const bool empty = value && ((value->IsObject() && value->AsObject().empty()) ||
                                 (value->IsArray() && value->AsArray().empty()));
    if (empty) body.Remove(name);
  }
}

}  // namespace

ServiceError InvalidPath(const PatchOperation& patch,
                         std::initializer_list<std::string_view> members) {
  std::string text =
      fmt::format("Invalid patch path  '{}' specified for op '{}'.", patch.text, patch.op);
  if (members.size() == 0) return BadRequest(text + " Please choose supported operations");
  std::vector<std::string> paths;
  for (const std::string_view member : members) paths.push_back("/" + std::string(member));
  return BadRequest(fmt::format("{} Must be one of: [{}]", text, Join(paths, ", ")));
}

Answer<std::vector<PatchOperation>> ReadPatch(const json::Object& input) {
  std::vector<PatchOperation> operations;
  for (const json::Value& row : input.GetArray("patchOperations")) {
    const json::Object& one = row.AsObject();
    PatchOperation patch{.op = std::string(one.GetString("op")),
                         .path = {},
                         .text = std::string(one.GetString("path")),
                         .value = std::string(one.GetString("value")),
                         .has_value = one.Has("value"),
                         .from = std::string(one.GetString("from"))};
    if (!patch.text.starts_with('/'))
      return BadRequest("Invalid patch path " + (one.Has("path") ? patch.text : "null"));
    for (const std::string_view segment : Split(std::string_view(patch.text).substr(1), '/'))
      patch.path.push_back(Unescaped(segment));
    operations.push_back(std::move(patch));
  }
  return operations;
}

Answer<void> ApplyPatch(Context& context, std::string_view operation, const PatchOperation& patch,
                        json::Object& body) {
  const bool known = patch.op == "add" || patch.op == "remove" || patch.op == "replace";
  if (!known) return InvalidPath(patch, {});
  TL_TRY(const Route route, context.dispatch.Find("apigateway", operation));
  json::Value whole(std::move(body));
  Answer<void> done = Walk(*route.row->output, patch, patch.path, whole);
  body = std::move(whole.AsObject());
  return done;
}

Answer<void> Patch(Context& context, std::string_view operation, const json::Object& input,
                   std::initializer_list<std::string_view> members, json::Object& body) {
  TL_TRY(const std::vector<PatchOperation> operations, ReadPatch(input));
  for (const PatchOperation& patch : operations) {
    if (std::find(members.begin(), members.end(), patch.path.front()) == members.end())
      return InvalidPath(patch, members);
    TL_DO(ApplyPatch(context, operation, patch, body));
  }
  return {};
}

Answer<void> CheckPatch(const PatchTable& table, const PatchOperation& patch,
                        const json::Object& body) {
  const auto row = std::ranges::find_if(
      table.rows, [&](const PatchRow& one) { return Fits(one.path, patch.path); });
  const bool there = row != table.rows.end();
  if (table.listed) {
    if (there && patch.op == "replace") return {};
    return NotListed(table, patch);
  }
  if (!there || (row->op_is_path && !TakesOp(*row, patch.op)))
    return BadRequest("Invalid patch path " + patch.text);
  if (!TakesOp(*row, patch.op)) {
    return BadRequest(
        fmt::format("Invalid patch operation specified. Must be one of: [{}]", row->ops));
  }
  if (row->missing.empty() || patch.op == "add") return {};
  if (body.GetObject(patch.path.front()).Has(patch.path.back())) return {};
  return NotFound(row->missing);
}

Answer<void> Patch(Context& context, const PatchTable& table, const json::Object& input,
                   json::Object& body) {
  TL_TRY(const std::vector<PatchOperation> operations, ReadPatch(input));
  for (const PatchOperation& patch : operations) {
    TL_DO(CheckPatch(table, patch, body));
    TL_DO(ApplyPatch(context, table.operation, patch, body));
  }
  if (!table.listed) DropEmptyMaps(table, body);
  return {};
}

}  // namespace trunkline::cloud::apigateway
