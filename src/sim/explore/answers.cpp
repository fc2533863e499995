#include "sim/explore/answers.h"

#include <algorithm>
#include <set>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/reference.h"
#include "sim/explore/arms.h"
#include "sim/explore/reads.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kMostReplies = 16;  // of one function at one place
constexpr std::string_view kExternal = "$.External.";
constexpr std::string_view kAttributes = "$.Attributes.";
constexpr std::string_view kSlots = "$.Lex.Slots.";
constexpr std::string_view kSession = "$.Lex.SessionAttributes.";
constexpr std::string_view kSomeIntent = "AnyIntent";
constexpr std::string_view kNotUnderstood = "FallbackIntent";

// The canonical text when the whole value is one reference; else empty.
std::string WholeReference(const json::Value& value) {
  if (!value.IsString()) return {};
  const auto path = flow::WholePath(value.AsString());
  return path ? flow::ToText(*path) : std::string();
}

template <class Resource>
std::string FirstArn(const std::vector<Resource>& all) {
  return all.empty() ? std::string() : all.front().arn;
}

// A value for a parameter that names or counts something; empty when any text will do.
std::string ResourceFor(const World& world, std::string_view parameter) {
  if (parameter == "QueueId") return FirstArn(world.queues);
  if (parameter == "HoursOfOperationId") return FirstArn(world.hours);
  if (parameter == "PromptId") return FirstArn(world.prompts);
  if (parameter == "LambdaFunctionARN") return FirstArn(world.functions);
  if (parameter == "AliasArn") return FirstArn(world.bots);
  if (parameter == "AgentId") return world.agents.empty() ? "" : world.agents.front().id;
  if (parameter == "ThirdPartyPhoneNumber" || parameter == "CallbackNumber") return "+15550123";
  if (parameter == "LanguageCode") return "en-US";
  if (parameter == "TextToSpeechVoice") return "Joanna";
  if (parameter.ends_with("Seconds")) return "30";
  if (parameter.ends_with("Count") || parameter.ends_with("Attempts")) return "2";
  return {};
}

std::string LastName(const std::string& reference) {
  const auto path = flow::WholePath(reference);
  return path && !path->steps.empty() ? path->steps.back().name : reference;
}

// Puts a text where the reference below `skip` steps looks for it.
void Put(json::Object& object, const std::string& reference, std::size_t skip,
         const std::string& value) {
  const auto path = flow::WholePath(reference);
  json::Object* at = &object;
  for (std::size_t i = skip; i + 1 < path->steps.size(); ++i) {
    json::Value& inner = (*at)[path->steps[i].name];
    at = inner.IsObject() ? &inner.AsObject() : &inner.BecomeObject();
  }
  at->Set(path->steps.back().name, value);
}

std::size_t StepsOf(const std::string& reference) {
  const auto path = flow::WholePath(reference);
  return path ? path->steps.size() : 0;
}

// All places that can be come to, also `open` themselves; not those behind an action of type `end`.
std::set<std::size_t> PlacesBehind(const FlowMap& map, std::vector<std::size_t> open,
                                   std::string_view end) {
  std::set<std::size_t> seen;
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (!seen.insert(at).second || map.ActionAt(at).type == end) continue;
    open.insert(open.end(), map.Next(at).begin(), map.Next(at).end());
  }
  return seen;
}

bool IsPlain(const std::string& reference) {
  const auto path = flow::WholePath(reference);
  return path && std::ranges::all_of(
                     path->steps, [](const flow::PathStep& step) { return step.dynamic.empty(); });
}

}  // namespace

Answers::Answers(const World& world, const FlowMap& map, const StandIns& stand_ins)
    : world_(world), map_(map) {
  for (std::size_t place = 0; place < map.size(); ++place) Learn(map.ActionAt(place));
  for (const auto& [name, answers] : stand_ins.functions) {
    if (answers.empty() || answers.front().outcome != LambdaAnswered::Outcome::kPayload) continue;
    const auto payload = json::Parse(answers.front().payload);
    if (payload && payload->IsObject()) bases_[name] = payload->AsObject();
  }
}

void Answers::Learn(const flow::Action& action) {
  if (action.type == "Compare") {
    const json::Value* value = action.parameters.Find("ComparisonValue");
    const std::string reference = value == nullptr ? std::string() : WholeReference(*value);
    if (!reference.empty()) compared_[reference].push_back(&action);
    return;
  }
  if (action.type == "UpdateContactAttributes")
    return LearnAssignments(action.parameters.GetObject("Attributes"), "$.Attributes.");
  if (action.type == "UpdateFlowAttributes")
    return LearnAssignments(action.parameters.GetObject("FlowAttributes"), "$.FlowAttributes.");
  LearnParameters(action.parameters);
}

void Answers::LearnParameters(const json::Object& parameters) {
  for (const json::Member& member : parameters) {
    const std::string reference = WholeReference(member.value);
    if (!reference.empty()) used_as_[reference].push_back(member.key);
    if (member.value.IsObject()) LearnParameters(member.value.AsObject());
  }
}

// {key: "$.External.x"}, or {key: {Value: "$.External.x"}}.
void Answers::LearnAssignments(const json::Object& assigned, std::string_view root) {
  for (const json::Member& member : assigned) {
    const json::Value* value = &member.value;
    if (value->IsObject()) value = value->AsObject().Find("Value");
    const std::string reference = value == nullptr ? std::string() : WholeReference(*value);
    if (!reference.empty()) aliases_[reference].push_back(std::string(root) + member.key);
  }
}

std::vector<std::string> Answers::NamesOf(const std::string& reference) const {
  std::vector<std::string> names{reference};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto more = aliases_.find(names[i]);
    if (more == aliases_.end()) continue;
    for (const std::string& name : more->second) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

Answers::Asked Answers::Ask(const std::string& reference) const {
  Asked asked{.reference = reference, .values = {}};
  const Values names = NamesOf(reference);
  for (const std::string& name : names) {
    const auto compared = compared_.find(name);
    if (compared == compared_.end()) continue;
    for (const flow::Action* action : compared->second) {
      for (const Arm& arm : ArmsOf(action->conditions, ValueRange::kAny)) {
        if (std::ranges::find(asked.values, arm.value) == asked.values.end())
          asked.values.push_back(arm.value);
      }
    }
  }
  asked.compared = !asked.values.empty();
  if (!asked.compared) asked.values.push_back(Placeholder(reference, names));
  return asked;
}

std::string Answers::Placeholder(const std::string& reference, const Values& names) const {
  for (const std::string& name : names) {
    const auto used = used_as_.find(name);
    if (used == used_as_.end()) continue;
    for (const std::string& parameter : used->second) {
      if (std::string value = ResourceFor(world_, parameter); !value.empty()) return value;
    }
  }
  return LastName(reference);
}

std::vector<Answers::Asked> Answers::AskedBehind(std::size_t place, std::string_view root) const {
  const std::string& type = map_.ActionAt(place).type;
  std::set<std::string> references;
  for (const std::size_t at : PlacesBehind(map_, map_.Next(place), type)) {
    for (std::string& reference : ReferencesOf(map_.ActionAt(at))) {
      if (reference.starts_with(root) && IsPlain(reference))
        references.insert(std::move(reference));
    }
  }
  std::vector<Asked> asked;
  for (const std::string& reference : references) asked.push_back(Ask(reference));
  return asked;
}

const json::Object* Answers::BaseOf(const InvokeLambda& invoked) const {
  for (const std::string& name : {invoked.name, invoked.arn}) {
    if (const auto found = bases_.find(name); found != bases_.end()) return &found->second;
  }
  return nullptr;
}

namespace {

// Which value each of several references has.
using Selection = std::vector<std::size_t>;

template <class All>
std::vector<Selection> Combine(const All& asked, bool& complete) {
  std::size_t product = 1;
  for (const auto& one : asked) product = std::min(product * one.values.size(), kMostReplies + 1);
  std::vector<Selection> selections{Selection(asked.size(), 0)};
  complete = product <= kMostReplies;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const std::size_t before = complete ? selections.size() : 1;
    for (std::size_t value = 1; value < asked[i].values.size(); ++value) {
      for (std::size_t j = 0; j < before; ++j) {
        Selection other = selections[j];
        other[i] = value;
        selections.push_back(std::move(other));
      }
    }
  }
  return selections;
}

template <class All>
std::string WordsOf(const All& asked, const Selection& selection) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i].compared)
      words.push_back(
          fmt::format("{} is '{}'", LastName(asked[i].reference), asked[i].values[selection[i]]));
  }
  return Join(words, ", ");
}

}  // namespace

FunctionReplies Answers::OfFunction(std::size_t place, const InvokeLambda& invoked) const {
  const json::Object* base = BaseOf(invoked);
  std::vector<Asked> asked = AskedBehind(place, kExternal);
  // What stands in for the function knows better, unless it is compared.
  std::erase_if(asked, [&](const Asked& one) {
    return base != nullptr && !one.compared && base->Has(LastName(one.reference));
  });
  // A flat answer cannot hold more.
  const json::Object& parameters = map_.ActionAt(place).parameters;
  const std::string_view type =
      parameters.GetObject("ResponseValidation").GetString("ResponseType");
  if (!EqualsIgnoreCase(type, "JSON"))
    std::erase_if(asked, [](const Asked& one) { return StepsOf(one.reference) != 2; });
  FunctionReplies all;
  for (const Selection& selection : Combine(asked, all.complete)) {
    FunctionReply reply{.payload = base == nullptr ? json::Object() : *base,
                        .words = WordsOf(asked, selection)};
    for (std::size_t i = 0; i < asked.size(); ++i)
      Put(reply.payload, asked[i].reference, 1, asked[i].values[selection[i]]);
    all.replies.push_back(std::move(reply));
  }
  if (base == nullptr && !asked.empty())
    all.replies.push_back({.payload = {}, .words = "nothing that the flow asks for"});
  return all;
}

std::vector<Answers::Asked> Answers::AskedFrom(std::size_t place, const json::Object& given) const {
  std::set<std::string> read, set;
  for (const std::size_t at : PlacesBehind(map_, {place}, "")) {
    const flow::Action& action = map_.ActionAt(at);
    for (std::string& reference : ReferencesOf(action)) {
      const bool plain = StepsOf(reference) == 2 && IsPlain(reference);
      if (plain && reference.starts_with(kAttributes)) read.insert(std::move(reference));
    }
    if (action.type != "UpdateContactAttributes") continue;
    for (const json::Member& member : action.parameters.GetObject("Attributes"))
      set.insert(member.key);
  }
  std::vector<Asked> asked;
  for (const std::string& reference : read) {
    const std::string name = LastName(reference);
    if (!set.contains(name) && !given.Has(name)) asked.push_back(Ask(reference));
  }
  return asked;
}

FunctionReplies Answers::OfEntry(std::size_t place, const json::Object& given) const {
  FunctionReplies all{.replies = {{.payload = given, .words = {}}}};
  if (place == kNowhere) return all;
  const std::vector<Asked> asked = AskedFrom(place, given);
  if (asked.empty()) return all;
  for (const Selection& selection : Combine(asked, all.complete)) {
    FunctionReply reply{.payload = given, .words = WordsOf(asked, selection)};
    for (std::size_t i = 0; i < asked.size(); ++i)
      reply.payload.Set(LastName(asked[i].reference), asked[i].values[selection[i]]);
    all.replies.push_back(std::move(reply));
  }
  return all;
}

std::vector<std::string> Answers::IntentsAt(std::size_t place) const {
  Values intents;
  const auto add = [&](std::string_view intent) {
    if (std::ranges::find(intents, intent) == intents.end()) intents.emplace_back(intent);
  };
  for (const Arm& arm : ArmsOf(map_.ActionAt(place).conditions, ValueRange::kAny))
    add(arm.condition == kNoCondition ? kNotUnderstood : arm.value);
  // Without conditions all intents are alike.
  if (map_.ActionAt(place).conditions.empty()) add(kSomeIntent);
  const Asked name = Ask("$.Lex.IntentName");
  for (const std::string& intent : name.compared ? name.values : Values()) add(intent);
  return intents;
}

BotReplies Answers::OfBot(std::size_t place) const {
  std::vector<Asked> asked = AskedBehind(place, kSlots);
  for (Asked& one : AskedBehind(place, kSession)) asked.push_back(std::move(one));
  BotReplies all;
  const std::vector<Selection> selections = Combine(asked, all.complete);
  for (const std::string& intent : IntentsAt(place)) {
    for (const Selection& selection : selections) {
      BotReply reply{.intent = intent,
                     .slots = {},
                     .session_attributes = {},
                     .words = WordsOf(asked, selection)};
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const bool slot = asked[i].reference.starts_with(kSlots);
        Put(slot ? reply.slots : reply.session_attributes, asked[i].reference, 2,
            asked[i].values[selection[i]]);
      }
      all.replies.push_back(std::move(reply));
      if (intent == kNotUnderstood) break;  // it has no slots
    }
  }
  return all;
}

std::vector<std::string> Answers::OfCaller() const {
  const Asked asked = Ask("$.StoredCustomerInput");
  Values typed;
  if (!asked.compared) return typed;
  std::ranges::copy_if(asked.values, std::back_inserter(typed), [](const std::string& value) {
    return value.find_first_not_of("0123456789") == std::string::npos;
  });
  return typed;
}

}  // namespace trunkline::sim
