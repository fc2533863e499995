#include "cloud/services/dynamodb/expressions/project.h"

#include <map>
#include <optional>

#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

// Paths with common beginnings joined. Without branches everything below is wanted.
struct Wanted {
  std::map<std::string, Wanted, std::less<>> names;
  std::map<std::int64_t, Wanted> indexes;
  bool all() const { return names.empty() && indexes.empty(); }
};

Wanted Join(const std::vector<Path>& paths) {
  Wanted root;
  for (const Path& path : paths) {
    Wanted* at = &root;
    for (const Step& step : path)
      at = step.IsIndex() ? &at->indexes[step.index] : &at->names[step.name];
  }
  return root;
}

json::Object TakeNames(const json::Object& object, const Wanted& wanted);

std::optional<json::Value> Take(const json::Value& value, const Wanted& wanted) {
  if (wanted.all()) return value;
  const std::string_view type = TypeOf(value);
  json::Object taken;
  if (type == "M") {
    json::Object members = TakeNames(ContentOf(value).AsObject(), wanted);
    if (members.empty()) return std::nullopt;
    taken.Set("M", std::move(members));
    return json::Value(std::move(taken));
  }
  if (type != "L") return std::nullopt;
  const json::Array& items = ContentOf(value).AsArray();
  json::Array some;
  for (const auto& [index, inner] : wanted.indexes) {
    if (static_cast<std::size_t>(index) >= items.size()) continue;
    if (auto item = Take(items[static_cast<std::size_t>(index)], inner))
      some.push_back(std::move(*item));
  }
  if (some.empty()) return std::nullopt;
  taken.Set("L", std::move(some));
  return json::Value(std::move(taken));
}

json::Object TakeNames(const json::Object& object, const Wanted& wanted) {
  json::Object taken;
  for (const auto& [name, inner] : wanted.names) {
    const json::Value* value = object.Find(name);
    auto part = value ? Take(*value, inner) : std::nullopt;
    if (part) taken.Set(name, std::move(*part));
  }
  return taken;
}

}  // namespace

json::Object Project(const json::Object& item, const std::vector<Path>& paths) {
  return TakeNames(item, Join(paths));
}

}  // namespace trunkline::cloud::dynamodb
