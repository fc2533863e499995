#include "aws/pages.h"

#include "base/text.h"

namespace trunkline::aws {
namespace {

// "Name" or "Name[-1]".
const json::Value* Step(const json::Object& object, std::string_view part) {
  constexpr std::string_view kLast = "[-1]";
  const bool last = part.ends_with(kLast);
  if (last) part.remove_suffix(kLast.size());
  const json::Value* value = object.Find(part);
  if (!last || value == nullptr) return value;
  return value->IsArray() && !value->AsArray().empty() ? &value->AsArray().back() : nullptr;
}

const json::Value* Follow(const json::Object& object, std::string_view path) {
  const json::Object* at = &object;
  const std::vector<std::string_view> parts = Split(path, '.');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const json::Value* value = Step(*at, parts[i]);
    if (value == nullptr || i + 1 == parts.size()) return value;
    if (!value->IsObject()) return nullptr;
    at = &value->AsObject();
  }
  return nullptr;
}

// The array at a path, made if it is not there.
json::Array* ListAt(json::Object& object, std::string_view path) {
  json::Object* at = &object;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    json::Value& value = (*at)[path.substr(0, dot)];
    if (!value.IsObject()) value = json::Object();
    at = &value.AsObject();
    path.remove_prefix(dot + 1);
  }
  json::Value& value = (*at)[path];
  if (value.IsNull()) value = json::Array();
  return value.IsArray() ? &value.AsArray() : nullptr;
}

}  // namespace

const json::Value* FindByPath(const json::Object& object, std::string_view path) {
  while (!path.empty()) {
    const std::size_t bars = path.find("||");
    const json::Value* value = Follow(object, Trim(path.substr(0, bars)));
    const bool empty =
        value == nullptr || value->IsNull() || (value->IsString() && value->AsString().empty());
    if (!empty) return value;
    path.remove_prefix(bars == std::string_view::npos ? path.size() : bars + 2);
  }
  return nullptr;
}

bool NextPage(const Page& page, const json::Object& output, json::Object& input) {
  if (!page.more.empty() && !output.GetBool(page.more)) return false;
  bool moved = false;
  for (std::size_t i = 0; i < page.input_tokens.size() && i < page.output_tokens.size(); ++i) {
    const json::Value* token = FindByPath(output, page.output_tokens[i]);
    if (token == nullptr) {
      input.Remove(page.input_tokens[i]);
      continue;
    }
    const json::Value* before = input.Find(page.input_tokens[i]);
    moved = moved || before == nullptr || !(*before == *token);
    input.Set(page.input_tokens[i], *token);
  }
  return moved;
}

void JoinPage(const Page& page, json::Object& first, const json::Object& page_output) {
  for (const std::string& list : page.lists) {
    const json::Value* items = FindByPath(page_output, list);
    json::Array* into = items != nullptr && items->IsArray() ? ListAt(first, list) : nullptr;
    if (into != nullptr)
      into->insert(into->end(), items->AsArray().begin(), items->AsArray().end());
  }
}

}  // namespace trunkline::aws
