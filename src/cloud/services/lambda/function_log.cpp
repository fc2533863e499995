#include "cloud/services/lambda/function_log.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/callers.h"

namespace trunkline::cloud::lambda {
namespace {

// Creating what is there already is fine.
bool Fails(const Answer<>& answer) {
  return !answer && answer.error().code != "ResourceAlreadyExistsException";
}

}  // namespace

std::string LogText(const Outcome& outcome, const std::string& request_id,
                    const std::string& version, std::int64_t memory_mb) {
  const double duration = static_cast<double>(outcome.duration.count()) / 1000.0;
  const std::int64_t billed = outcome.duration.count() / 1000 + 1;
  std::string text =
      fmt::format("START RequestId: {} Version: {}\n{}", request_id, version, outcome.output);
  if (text.back() != '\n') text += '\n';
  if (!outcome.note.empty()) text += fmt::format("{} {}\n", request_id, outcome.note);
  return text + fmt::format(
                    "END RequestId: {0}\nREPORT RequestId: {0}\tDuration: {1:.2f} ms\tBilled "
                    "Duration: {2} ms\tMemory Size: {3} "
                    "MB\tMax Memory Used: {4} MB\t\n",
                    request_id, duration, billed, memory_mb, outcome.peak_memory_mb);
}

std::string LogGroupOf(const json::Object& configuration) {
  const std::string_view given = configuration.GetObject("LoggingConfig").GetString("LogGroup");
  if (!given.empty()) return std::string(given);
  return fmt::format("/aws/lambda/{}", configuration.GetString("FunctionName"));
}

void WriteLog(const WaitContext& context, const LogPlace& place, const std::string& text) {
  const WaitContext account = context.As(RootCaller(context.caller().account), context.region());
  const json::Object group{{"logGroupName", place.group}};
  json::Object stream = group;
  stream.Set("logStreamName", place.stream);
  json::Array events;
  const auto now = account.clock().Now().time_since_epoch().count();
  for (const std::string_view line : Split(text, '\n')) {
    if (Trim(line).empty()) continue;
    json::Object event{{"timestamp", now}, {"message", std::string(line) + "\n"}};
    events.push_back(std::move(event));
  }
  json::Object put = stream;
  put.Set("logEvents", std::move(events));
  if (Fails(account.Dispatch("logs", "CreateLogGroup", group)) ||
      Fails(account.Dispatch("logs", "CreateLogStream", stream)) ||
      Fails(account.Dispatch("logs", "PutLogEvents", put))) {
    account.log().Warn("the log of a function could not be written to '{}'", place.group);
  }
}

}  // namespace trunkline::cloud::lambda
