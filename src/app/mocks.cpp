#include "app/mocks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/action_mock.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

struct Mock {
  std::string kind, name, value;
};

Result<Mock> ReadMock(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::size_t equals = text.find('=', colon == std::string::npos ? 0 : colon);
  if (colon == std::string::npos || equals == std::string::npos || equals == colon + 1) {
    return Error(ErrorKind::kInvalid,
                 "expected a mock such as 'lambda:NAME={{...}}', 'bot:NAME=INTENT', "
                 "'hours:NAME=closed' or 'action:NAME=success' but got '{}'",
                 text);
  }
  return Mock{.kind = text.substr(0, colon),
              .name = text.substr(colon + 1, equals - colon - 1),
              .value = text.substr(equals + 1)};
}

Error NotNamed(std::string_view what, const std::string& name, std::vector<std::string> names) {
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  const auto nearest = Nearest(name, names);
  const std::string hint = nearest         ? fmt::format(", did you mean '{}'?", *nearest)
                           : names.empty() ? std::string(": the call has none")
                                           : fmt::format(", there is '{}'", Join(names, "', '"));
  return Error(ErrorKind::kNotFound, "there is no {} '{}' to mock{}", what, name, hint);
}

// An ARN may be known at run time only.
Result<void> CheckNamed(std::string_view what, const std::string& name,
                        const std::vector<sim::NamedArn>& all) {
  std::vector<std::string> names;
  for (const sim::NamedArn& one : all) {
    if (one.name == name || one.arn == name) return {};
    names.push_back(one.name);
  }
  if (name.starts_with("arn:")) return {};
  return NotNamed(what, name, std::move(names));
}

// "error" and "error:WHY" give WHY; nothing for other texts.
std::optional<std::string> WhyItFails(const std::string& value) {
  if (value == "error") return "it is mocked to fail";
  if (value.starts_with("error:")) return std::string(Trim(value.substr(6)));
  return std::nullopt;
}

Result<std::string> ReadAnswer(const Mock& mock, const Files& files) {
  std::string text = mock.value;
  if (text.starts_with('@')) {
    TL_TRY(text, files.Read(text.substr(1)));
  }
  const Result<json::Value> read = json::Parse(text);
  if (read) return json::Write(*read);
  return Error(
      ErrorKind::kInvalid,
      "expected JSON, '@FILE', 'error' or 'timeout' as the answer of function '{}' but got "
      "'{}': {}",
      mock.name, mock.value, read.error().message());
}

Result<void> AddFunction(const Mock& mock, const Files& files, Stage& stage) {
  TL_DO(CheckNamed("function", mock.name, stage.world.functions));
  sim::LambdaAnswered answer;
  if (const auto why = WhyItFails(mock.value)) {
    answer.outcome = sim::LambdaAnswered::Outcome::kError;
    answer.error = *why;
  } else if (mock.value == "timeout") {
    answer.outcome = sim::LambdaAnswered::Outcome::kTimedOut;
  } else {
    TL_TRY(answer.payload, ReadAnswer(mock, files));
  }
  stage.stand_ins.functions[mock.name].push_back(std::move(answer));
  return {};
}

// A bot of the center has its intents; of another one nobody knows them.
Result<void> CheckIntent(const Mock& mock, const std::string& intent, const Stage& stage) {
  const auto bot = stage.stand_ins.bots.find(mock.name);
  if (bot == stage.stand_ins.bots.end()) return {};
  std::vector<std::string> names;
  for (const sim::BotLocale& locale : bot->second) {
    if (locale.FindIntent(intent) != nullptr) return {};
    for (const sim::Intent& one : locale.intents) names.push_back(one.name);
  }
  const auto nearest = Nearest(intent, names);
  return Error(ErrorKind::kNotFound, "bot '{}' has no intent '{}'{}", mock.name, intent,
               nearest ? fmt::format(", did you mean '{}'?", *nearest) : "");
}

Result<sim::BotAnswered> ReadUnderstood(const Mock& mock) {
  const std::vector<std::string_view> parts = Split(mock.value, ':');
  sim::BotAnswered answer{.intent = std::string(parts.front()),
                          .intent_state = "ReadyForFulfillment",
                          .dialog_action = "Close",
                          .score = 1};
  if (answer.intent.empty()) {
    return Error(ErrorKind::kInvalid,
                 "expected an intent as the answer of bot '{0}', such as 'bot:{0}=Sales'",
                 mock.name);
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].find('=');
    if (equals == 0 || equals == std::string_view::npos) {
      return Error(ErrorKind::kInvalid,
                   "expected a slot such as 'City=Paris' in the answer of bot '{}' but got '{}'",
                   mock.name, parts[i]);
    }
    answer.slots.Set(parts[i].substr(0, equals), parts[i].substr(equals + 1));
  }
  return answer;
}

Result<void> AddBot(const Mock& mock, Stage& stage) {
  TL_DO(CheckNamed("bot", mock.name, stage.world.bots));
  sim::BotAnswered answer;
  if (const auto why = WhyItFails(mock.value)) {
    answer.error = *why;
  } else {
    TL_TRY(answer, ReadUnderstood(mock));
    TL_DO(CheckIntent(mock, answer.intent, stage));
  }
  stage.stand_ins.answers[mock.name].push_back(std::move(answer));
  return {};
}

Result<void> SetHours(const Mock& mock, Stage& stage) {
  if (mock.value != "open" && mock.value != "closed") {
    return Error(ErrorKind::kInvalid, "expected 'open' or 'closed' for hours '{}' but got '{}'",
                 mock.name, mock.value);
  }
  bool found = false;
  std::vector<std::string> names;
  for (sim::HoursOfOperation& hours : stage.world.hours) {
    names.push_back(hours.name);
    if (hours.name != mock.name) continue;
    hours.slots = mock.value == "open" ? AlwaysOpen() : std::vector<sim::OpenSlot>();
    hours.overrides.clear();
    found = true;
  }
  if (found) return {};
  return NotNamed("hours of operation", mock.name, std::move(names));
}

}  // namespace

Result<void> AddMocks(const std::vector<std::string>& mocks, const Files& files, Stage& stage) {
  // A mock takes the place of what would answer by itself: the mapping function.
  const auto own = std::exchange(stage.stand_ins.functions, {});
  for (const std::string& text : mocks) {
    TL_TRY(const Mock mock, ReadMock(text));
    if (mock.kind == "lambda") {
      TL_DO(AddFunction(mock, files, stage));
    } else if (mock.kind == "bot") {
      TL_DO(AddBot(mock, stage));
    } else if (mock.kind == "hours") {
      TL_DO(SetHours(mock, stage));
    } else if (mock.kind == "action") {
      TL_DO(AddActionMock(mock.name, mock.value, files, stage));
    } else {
      return Error(ErrorKind::kInvalid,
                   "expected 'lambda', 'bot', 'hours' or 'action' before the ':' of a mock but got "
                   "'{}'",
                   mock.kind);
    }
  }
  stage.stand_ins.functions.insert(own.begin(), own.end());
  return {};
}

}  // namespace trunkline::app
