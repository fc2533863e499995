#include "cloud/services/lambda/function_log.h"

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/engine.h"
#include "cloud/services/sts/sessions.h"

namespace trunkline::cloud::lambda {
namespace {

// Creating what is there already is fine.
bool Fails(const Answer<>& answer) {
  return !answer && answer.error().code != "ResourceAlreadyExistsException";
}

// Nobody: the role is gone.
std::optional<Caller> WriterOf(const WaitContext& context, const LogPlace& place) {
  if (!context.engine().settings.enforce_iam) return RootCaller(context.caller().account);
  std::optional<Caller> writer;
  const Answer<> found = context.State([&](Context& state) -> Answer<> {
    TL_TRY(const sts::Role role, sts::FindRole(state, place.role_arn));
    writer = sts::SessionCaller(role, FileName(place.group));
    return json::Object();
  });
  return found ? writer : std::nullopt;
}

// The group is made only where it is missing: a role may be allowed to write and not to make it.
bool OpenStream(const WaitContext& writer, const json::Object& stream) {
  const Answer<> opened = writer.Dispatch("logs", "CreateLogStream", stream);
  if (opened || opened.error().code != "ResourceNotFoundException") return !Fails(opened);
  const json::Object group{{"logGroupName", stream.GetString("logGroupName")}};
  return !Fails(writer.Dispatch("logs", "CreateLogGroup", group)) &&
         !Fails(writer.Dispatch("logs", "CreateLogStream", stream));
}

json::Array Events(std::string_view text, TimePoint at) {
  json::Array events;
  for (const std::string_view line : Split(text, '\n')) {
    if (Trim(line).empty()) continue;
    json::Object event{{"timestamp", at.time_since_epoch().count()},
                       {"message", std::string(line) + "\n"}};
    events.push_back(std::move(event));
  }
  return events;
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
  const json::Object stream{{"logGroupName", place.group}, {"logStreamName", place.stream}};
  json::Object put = stream;
  put.Set("logEvents", Events(text, context.clock().Now()));
  const std::optional<Caller> caller = WriterOf(context, place);
  if (caller) {
    const WaitContext writer = context.As(*caller, context.region());
    if (OpenStream(writer, stream) && !Fails(writer.Dispatch("logs", "PutLogEvents", put))) return;
  }
  context.log().Warn("the log of a function could not be written to '{}'", place.group);
}

}  // namespace trunkline::cloud::lambda
