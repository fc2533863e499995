// GetExecutionHistory.
#include <algorithm>

#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/paging.h"

namespace trunkline::cloud::stepfunctions {
namespace {

void DropData(json::Value& event) {
  for (auto& member : event.AsObject()) {
    if (!member.value.IsObject()) continue;
    for (const std::string_view data :
         {"input", "output", "parameters", "inputDetails", "outputDetails", "assignedVariables"})
      member.value.AsObject().Remove(data);
  }
}

Answer<> GetExecutionHistory(Context& context, const json::Object& input) {
  TL_TRY(const Record execution, FindExecution(context, input.GetString("executionArn")));
  const bool reverse = input.GetBool("reverseOrder");
  const bool data = input.GetBool("includeExecutionData", true);
  json::Array events = ReadHistory(context, execution.id);
  if (reverse) std::ranges::reverse(events);

  const std::string listing = fmt::format("{}|{}", execution.id, reverse);
  std::size_t start = 0;
  if (input.Has("nextToken")) {
    const auto key = ReadListToken(listing, input.GetString("nextToken"));
    const auto last = key ? ToInt(*key) : std::nullopt;
    if (!last) return InvalidToken("Invalid token");
    const auto behind = std::ranges::find_if(events, [&](const json::Value& event) {
      const std::int64_t id = event.AsObject().GetInt("id");
      return reverse ? id < *last : id > *last;
    });
    start = static_cast<std::size_t>(behind - events.begin());
  }
  auto size = static_cast<std::size_t>(input.GetInt("maxResults"));
  if (size == 0) size = kDefaultPage;
  json::Array page;
  for (std::size_t i = start; i < std::min(events.size(), start + size); ++i) {
    if (!data) DropData(events[i]);
    page.push_back(std::move(events[i]));
  }
  json::Object answer;
  if (start + size < events.size()) {
    const std::string last = std::to_string(page.back().AsObject().GetInt("id"));
    answer.Set("nextToken", MakeListToken(listing, last));
  }
  answer.Set("events", std::move(page));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "GetExecutionHistory", .handle = GetExecutionHistory},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kHistoryOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
