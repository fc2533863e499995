#include "functions/mapping.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "functions/list.h"

namespace trunkline::functions {
namespace {

// Amazon Connect refuses a larger answer (flow-language: response under 32 KB).
constexpr std::size_t kAnswerLimit = 32U << 10U;

// {"Details": {"Parameters": {"names": "ACME_Sales, ACME_Finance"}}} asks for some names only.
std::vector<std::string> NamesAskedFor(const json::Value& event) {
  std::vector<std::string> names;
  if (!event.IsObject()) return names;
  const std::string_view list =
      event.AsObject().GetObject("Details").GetObject("Parameters").GetString("names");
  for (const std::string_view name : Split(list, ',')) {
    if (!Trim(name).empty()) names.emplace_back(Trim(name));
  }
  return names;
}

Result<json::Value> AnswerFrom(const FunctionWorld& world, const json::Value& event) {
  TL_TRY(const std::string text, world.files.Read(JoinPath(world.task_root, "map.json")));
  TL_TRY(const json::Value map, json::Parse(text));
  if (!map.IsObject())
    return Error(ErrorKind::kInvalid, "expected map.json to hold an object but got {}",
                 map.TypeName());
  json::Value answer(Selected(map.AsObject(), NamesAskedFor(event)));
  const std::size_t size = json::Write(answer).size();
  if (size < kAnswerLimit) return answer;
  return Error(ErrorKind::kInvalid,
               "the map has {} bytes, Amazon Connect takes {}; pass the parameter 'names' with the "
               "names this flow needs",
               size, kAnswerLimit - 1);
}

net::aw<Result<json::Value>> Answer(const FunctionWorld& world, json::Value event) {
  co_return AnswerFrom(world, event);
}

}  // namespace

json::Object Selected(const json::Object& map, const std::vector<std::string>& names) {
  if (names.empty()) return map;
  json::Object selected;
  for (const std::string& name : names) {
    const json::Value* arn = map.Find(name);
    if (arn != nullptr) selected.Set(name, *arn);
  }
  return selected;
}

const Function kMappingFunction{.name = "mapping",
                                .summary = "answers with the ARN of every name in this instance",
                                .answer = Answer};

}  // namespace trunkline::functions
