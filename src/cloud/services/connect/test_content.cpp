#include "cloud/services/connect/test_content.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/services/connect/content_check.h"

namespace trunkline::cloud::connect {
namespace {

// Both are in circulation: the newer documentation and the console say the first one.
constexpr std::string_view kVersions = "2019-10-30 2025-06-21";
constexpr std::string_view kEvents =
    "TestInitiated TestCompleted MessageReceived FlowActionStarted FlowActionCompleted";
constexpr std::string_view kObserved =
    "InvokeLambdaFunction CheckHoursOfOperation TransferContactToQueue "
    "ConnectParticipantWithLexBot";
constexpr std::string_view kUsages = "Exactly AtLeast AtMost Always EXACTLY ANY";
constexpr std::size_t kMaxIdentifier = 256;

// Identifiers are unique in the document.
void CheckIdentifier(const json::Object& object, const std::string& path,
                     std::set<std::string_view>& seen, Problems& problems) {
  const std::string_view id = object.GetString("Identifier");
  if (id.empty() || id.size() > kMaxIdentifier) {
    problems.push_back(
        fmt::format("{}.Identifier must have 1 to {} characters", path, kMaxIdentifier));
  } else if (!seen.insert(id).second) {
    problems.push_back(fmt::format("{}.Identifier '{}' is used twice", path, id));
  }
}

void CheckMessage(const json::Object& properties, const std::string& path, Problems& problems) {
  int given = 0;
  for (const std::string_view member : {"Text", "SSML", "PromptId"}) {
    given += properties.Has(member) ? 1 : 0;
  }
  if (given > 1) {
    problems.push_back(fmt::format("{} takes one of Text, SSML and PromptId", path));
  }
}

void CheckEvent(const json::Object& observation, const std::string& path, Problems& problems) {
  const json::Value* event = observation.Find("Event");
  if (event == nullptr || !event->IsObject()) {
    problems.push_back(fmt::format("{} needs an Event", path));
    return;
  }
  const std::string_view type = event->AsObject().GetString("Type");
  const json::Object& properties = event->AsObject().GetObject("Properties");
  if (!IsOneOf(kEvents, type)) {
    problems.push_back(fmt::format("{}.Event.Type '{}' is not known", path, type));
  } else if (event->AsObject().GetString("Actor") != "System") {
    problems.push_back(fmt::format("{}.Event.Actor must be System", path));
  } else if (type == "MessageReceived") {
    CheckMessage(properties, path + ".Event.Properties", problems);
  } else if (type.starts_with("FlowAction")) {
    CheckFlowAction(properties, path + ".Event.Properties", kObserved, problems);
  }
}

void CheckUsage(const json::Object& observation, const std::string& path, Problems& problems) {
  const json::Object& usage = observation.GetObject("Usage");
  if (usage.empty()) return;
  const std::string_view type = usage.GetString("Type");
  if (!IsOneOf(kUsages, type)) {
    problems.push_back(fmt::format("{}.Usage.Type '{}' is not known", path, type));
  } else if (type.starts_with("At") && usage.GetInt("Times") < 1) {
    problems.push_back(fmt::format("{}.Usage.Times must be 1 or more", path));
  }
}

// Actions go on to actions of the same observation.
void CheckActions(const json::Object& observation, const std::string& path,
                  std::string_view entry_point, Problems& problems) {
  const json::Value* list = observation.Find("Actions");
  if (list == nullptr || !list->IsArray()) {
    problems.push_back(fmt::format("{} needs Actions", path));
    return;
  }
  std::set<std::string_view> ids;
  const json::Array& actions = list->AsArray();
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const std::string at = fmt::format("{}.Actions[{}]", path, i);
    if (!actions[i].IsObject()) {
      problems.push_back(fmt::format("{} must be an object", at));
      continue;
    }
    CheckIdentifier(actions[i].AsObject(), at, ids, problems);
    CheckTestAction(actions[i].AsObject(), at, entry_point, problems);
  }
  for (const json::Value& action : actions) {
    if (!action.IsObject()) continue;
    const std::string_view next =
        action.AsObject().GetObject("Transitions").GetString("NextAction");
    if (!next.empty() && !ids.contains(next))
      problems.push_back(fmt::format("{} has no action '{}' to go on to", path, next));
  }
}

void CheckTransitions(const json::Array& observations, const std::set<std::string_view>& ids,
                      Problems& problems) {
  for (const json::Value& observation : observations) {
    if (!observation.IsObject()) continue;
    const json::Object& transitions = observation.AsObject().GetObject("Transitions");
    for (const json::Value& next : transitions.GetArray("NextObservations")) {
      if (next.IsString() && ids.contains(next.AsString())) continue;
      problems.push_back(fmt::format("observation '{}' goes on to an observation that is not there",
                                     observation.AsObject().GetString("Identifier")));
    }
  }
}

void CheckObservations(const json::Array& observations, std::string_view entry_point,
                       Problems& problems) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    const std::string path = fmt::format("Observations[{}]", i);
    if (!observations[i].IsObject()) {
      problems.push_back(fmt::format("{} must be an object", path));
      continue;
    }
    const json::Object& observation = observations[i].AsObject();
    CheckIdentifier(observation, path, ids, problems);
    CheckEvent(observation, path, problems);
    CheckUsage(observation, path, problems);
    CheckActions(observation, path, entry_point, problems);
  }
  CheckTransitions(observations, ids, problems);
}

}  // namespace

bool IsOneOf(std::string_view known, std::string_view text) {
  const auto words = Split(known, ' ');
  return std::ranges::find(words, text) != words.end();
}

std::vector<std::string> CheckTestContent(std::string_view content, std::string_view entry_point) {
  const auto parsed = json::Parse(content);
  if (!parsed) return {fmt::format("the content must be JSON: {}", parsed.error().message())};
  if (!parsed->IsObject()) return {"the content must be a JSON object"};
  const json::Object& document = parsed->AsObject();
  Problems problems;
  if (!IsOneOf(kVersions, document.GetString("Version"))) {
    problems.push_back(fmt::format("Version must be {}", Replace(kVersions, " ", " or ")));
  }
  const json::Array& observations = document.GetArray("Observations");
  if (observations.empty()) problems.emplace_back("the content needs Observations");
  CheckObservations(observations, entry_point, problems);
  return problems;
}

ServiceError InvalidTestCase(const std::vector<std::string>& problems) {
  json::Object members;
  members.Set("Problems", ProblemList(problems));
  return {"InvalidTestCaseException",
          fmt::format("the test case is not valid: {}", ProblemsFound(problems)),
          std::move(members)};
}

}  // namespace trunkline::cloud::connect
