#include "tests/calls/conversation.h"

namespace trunkline::tests {
namespace {

std::string Heard(const sim::Say& say) {
  std::string heard = say.text.empty() ? "[" + say.prompt + "]" : say.text;
  return say.loops ? heard + " (again and again)" : heard;
}

}  // namespace

Conversation::Conversation(const Instance& instance, FunctionAnswers answers)
    : instance_(instance), answers_(std::move(answers)) {
  answers_["mapping"] = instance.mapping;
}

std::string Conversation::Call(std::deque<std::string> words) {
  words_ = std::move(words);
  sim::Call call{.contact_id = "contact-1", .flow = "ACME_Main"};
  call.customer.address = "+12065550142";
  call.system.address = "+12065550199";
  sim::Contact contact(instance_.world, std::move(call));
  events_ = {sim::Started{}};
  while (!events_.empty()) {
    const sim::Event event = events_.front();
    events_.pop_front();
    for (const sim::Effect& effect : contact.Step(event)) Take(effect);
  }
  return transcript_;
}

void Conversation::Take(const sim::Effect& effect) {
  if (const auto* say = std::get_if<sim::Say>(&effect.what)) {
    Write(fmt::format("{} <- {}", ToText(say->to), Heard(*say)));
  } else if (const auto* ask = std::get_if<sim::InvokeLambda>(&effect.what)) {
    Answer(*ask);
  } else if (const auto* bot = std::get_if<sim::AskBot>(&effect.what)) {
    Answer(*bot);
  } else if (std::holds_alternative<sim::AskSpeech>(effect.what)) {
    const std::string word = words_.empty() ? "" : words_.front();
    if (!words_.empty()) words_.pop_front();
    Write("customer -> " + word);
    events_.emplace_back(sim::CallerSaid{word});
  } else if (const auto* queued = std::get_if<sim::Queued>(&effect.what)) {
    Write("queue " + queued->queue_name);
  } else if (const auto* joined = std::get_if<sim::Joined>(&effect.what)) {
    Write("talks to " + joined->agent);
    events_.emplace_back(sim::CallerHungUp{});
  } else if (const auto* warned = std::get_if<sim::Warned>(&effect.what)) {
    Write("warning: " + warned->text);
  } else if (const auto* ended = std::get_if<sim::Ended>(&effect.what)) {
    Write("end: " + ended->why);
  }
}

void Conversation::Answer(const sim::InvokeLambda& asked) {
  const auto answer = answers_.find(asked.name);
  sim::LambdaAnswered answered{.request = asked.request};
  if (answer != answers_.end()) {
    answered.payload = answer->second;
  } else {
    answered.outcome = sim::LambdaAnswered::Outcome::kError;
    answered.error = "the function is down";
  }
  Write("function " + asked.name);
  events_.emplace_back(std::move(answered));
}

void Conversation::Answer(const sim::AskBot& asked) {
  const sim::TurnResult turn =
      sim::TakeTurn(instance_.bot, session_, {.text = asked.text, .now = {}});
  session_ = turn.session;
  sim::BotAnswered answered{.request = asked.request};
  answered.dialog_action = session_.action.type;
  if (session_.intent) {
    answered.intent = session_.intent->name;
    answered.intent_state = session_.intent->state;
  }
  answered.messages = turn.messages;
  if (session_.action.type == "Close") session_ = {};
  events_.emplace_back(std::move(answered));
}

}  // namespace trunkline::tests
