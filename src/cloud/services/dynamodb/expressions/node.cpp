#include "cloud/services/dynamodb/expressions/node.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

const json::Value* Into(const json::Value& value, const Step& step) {
  const std::string_view type = TypeOf(value);
  if (!step.IsIndex()) return type == "M" ? ContentOf(value).AsObject().Find(step.name) : nullptr;
  if (type != "L") return nullptr;
  const json::Array& items = ContentOf(value).AsArray();
  const auto at = static_cast<std::size_t>(step.index);
  return at < items.size() ? &items[at] : nullptr;
}

}  // namespace

std::string PathText(const Path& path) {
  std::vector<std::string> steps;
  for (const Step& step : path)
    steps.push_back(step.IsIndex() ? fmt::format("[{}]", step.index) : step.name);
  return fmt::format("[{}]", Join(steps, ", "));
}

const json::Value* Look(const json::Object& item, const Path& path) {
  const json::Value* at = item.Find(path.front().name);
  for (std::size_t i = 1; at && i < path.size(); ++i) at = Into(*at, path[i]);
  return at;
}

bool Node::IsCondition() const {
  switch (kind) {
    case Kind::kPath:
    case Kind::kValue:
    case Kind::kSum:
      return false;
    case Kind::kFunction:
      return name != "size" && name != "if_not_exists" && name != "list_append";
    default:
      return true;
  }
}

}  // namespace trunkline::cloud::dynamodb
