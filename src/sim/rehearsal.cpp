#include "sim/rehearsal.h"

#include <algorithm>

#include "sim/bot_result.h"

namespace trunkline::sim {
namespace {

template <class Value>
const Value* Find(const std::map<std::string, Value>& all, const std::string& name,
                  const std::string& arn) {
  for (const std::string& key : {name, arn}) {
    if (const auto found = all.find(key); found != all.end()) return &found->second;
  }
  return nullptr;
}

template <class Answer>
const Answer& Next(const std::vector<Answer>& answers, std::size_t& asked) {
  return answers[std::min(asked++, answers.size() - 1)];
}

const BotLocale* LocaleOf(const std::vector<BotLocale>& locales, const std::string& id) {
  for (const BotLocale& locale : locales) {
    if (locale.locale_id == id) return &locale;
  }
  return nullptr;
}

std::vector<Event> AnswersTo(const DialThirdParty& dialled) {
  std::vector<Event> answers{ThirdPartyAnswered{.request = dialled.request}};
  if (dialled.returns) answers.push_back(ThirdPartyLeft{});
  return answers;
}

Call Directed(Call call, bool stops) {
  call.stops = stops;
  return call;
}

bool CallerIsNeeded(const Needs& needs) {
  return needs.keys || needs.speech || needs.conversation;
}

bool IsOfCaller(const Event& event) {
  return std::holds_alternative<CallerPressed>(event) || std::holds_alternative<CallerSaid>(event);
}

}  // namespace

Rehearsal::Rehearsal(std::shared_ptr<const World> world, Call call, StandIns stand_ins,
                     Director* director)
    : director_(director),
      contact_(std::move(world),
               Directed(std::move(call), director != nullptr || !stand_ins.actions.empty())),
      stand_ins_(std::move(stand_ins)) {}

LambdaAnswered Rehearsal::Answer(const InvokeLambda& invoked) {
  const auto* answers = Find(stand_ins_.functions, invoked.name, invoked.arn);
  LambdaAnswered answer;
  if (steering_.function) {
    answer = *std::exchange(steering_.function, std::nullopt);
  } else if (answers != nullptr && !answers->empty()) {
    answer = Next(*answers, asked_[invoked.arn]);
  } else {
    missing_functions_.insert(invoked.name);
    answer.outcome = LambdaAnswered::Outcome::kError;
    answer.error = fmt::format("nothing stands in for '{}'", invoked.name);
  }
  if (answer.outcome == LambdaAnswered::Outcome::kTimedOut) answer.took = invoked.limit;
  answer.request = invoked.request;
  return answer;
}

BotAnswered Rehearsal::Understand(const AskBot& asked, const BotLocale& locale) {
  Session& session = sessions_[asked.alias_arn];
  session.attributes = asked.session_attributes;
  const TurnResult turn = TakeTurn(locale, session, {.text = asked.text, .now = contact_.now()});
  session = turn.session;
  BotAnswered answer = AnswerOf(turn);
  if (turn.hook != Hook::kNone) {
    answer.error =
        fmt::format("intent '{}' calls a code hook, which a rehearsal does not run", answer.intent);
  }
  return answer;
}

BotAnswered Rehearsal::Answer(const AskBot& asked) {
  const auto* answers = Find(stand_ins_.answers, asked.name, asked.alias_arn);
  const auto* locales = Find(stand_ins_.bots, asked.name, asked.alias_arn);
  const BotLocale* locale = locales == nullptr ? nullptr : LocaleOf(*locales, asked.locale);
  BotAnswered answer;
  if (steering_.bot) {
    answer = *std::exchange(steering_.bot, std::nullopt);
  } else if (answers != nullptr && !answers->empty()) {
    answer = Next(*answers, asked_[asked.alias_arn]);
  } else if (locale != nullptr) {
    answer = Understand(asked, *locale);
  } else if (locales != nullptr) {
    answer.error = fmt::format("bot '{}' has no locale '{}'", asked.name, asked.locale);
  } else {
    missing_bots_.insert(asked.name);
    answer.error = fmt::format("nothing stands in for '{}'", asked.name);
  }
  answer.request = asked.request;
  return answer;
}

std::vector<Event> Rehearsal::Direct(const Stopped& stopped) {
  steering_ = director_->Before(contact_, stopped);
  if (steering_.stop) return {};
  steering_.go_on.request = stopped.request;
  return {steering_.go_on};
}

GoOn Rehearsal::Mocked(const Effect& effect, const Stopped& stopped) {
  GoOn go_on;
  for (const std::string_view name : {effect.action, stopped.type}) {
    const auto found = stand_ins_.actions.find(std::string(name));
    if (found == stand_ins_.actions.end() || found->second.empty()) continue;
    go_on = AsGoOn(Next(found->second, asked_[found->first]));
    break;
  }
  go_on.request = stopped.request;
  return go_on;
}

std::vector<Event> Rehearsal::AnswersTo(const Effect& effect) {
  if (const auto* invoked = std::get_if<InvokeLambda>(&effect.what)) {
    if (invoked->asynchronous) return {};
    return {Answer(*invoked)};
  }
  if (const auto* asked = std::get_if<AskBot>(&effect.what)) return {Answer(*asked)};
  if (const auto* dialled = std::get_if<DialThirdParty>(&effect.what))
    return sim::AnswersTo(*dialled);
  const auto* stopped = std::get_if<Stopped>(&effect.what);
  if (stopped == nullptr) return {};
  if (director_ != nullptr) return Direct(*stopped);
  return {Mocked(effect, *stopped)};
}

void Rehearsal::Take(const Event& event, std::deque<Event>& events, std::vector<Effect>& effects) {
  Note(transcript_, contact_.now(), event);
  for (Effect& effect : contact_.Step(event)) {
    Note(transcript_, effect);
    if (director_ != nullptr) director_->See(contact_, effect);
    for (Event& answer : AnswersTo(effect)) events.push_back(std::move(answer));
    effects.push_back(std::move(effect));
  }
}

std::vector<Effect> Rehearsal::Give(const Event& event) {
  std::vector<Effect> effects;
  std::deque<Event> events{event};
  int timers = 0;
  while (!events.empty()) {
    const Event next = std::move(events.front());
    events.pop_front();
    Take(next, events, effects);
    if (!events.empty()) continue;
    const Needs needs = contact_.needs();
    if (needs.OnlyTime() && ++timers <= kMostTimers) events.emplace_back(TimerFired{*needs.timer});
  }
  return effects;
}

std::vector<Effect> Rehearsal::LetTimePass() {
  const auto timer = contact_.needs().timer;
  return timer ? Give(TimerFired{*timer}) : std::vector<Effect>{};
}

std::vector<Effect> PlayScript(Rehearsal& rehearsal, const std::vector<Event>& script) {
  std::vector<Effect> all;
  const auto append = [&](std::vector<Effect> some) {
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  };
  append(rehearsal.Give(Started{}));
  for (const Event& event : script) {
    for (int fired = 0; fired < kMostTimers && IsOfCaller(event); ++fired) {
      const Needs needs = rehearsal.contact().needs();
      if (CallerIsNeeded(needs) || !needs.timer) break;
      append(rehearsal.LetTimePass());
    }
    append(rehearsal.Give(event));
  }
  return all;
}

}  // namespace trunkline::sim
