#include "tests/calls/instance.h"

#include <cstdio>
#include <cstdlib>

#include "base/finding_text.h"
#include "base/json_write.h"

namespace trunkline::tests {
namespace {

using flow::ResourceKind;

constexpr char kInstanceArn[] = "arn:aws:connect:us-east-1:111111111111:instance/i";

std::string Arn(std::string_view kind, std::string_view id) {
  return fmt::format("{}/{}/{}", kInstanceArn, kind, id);
}

// Ids are the names: nothing here depends on what they look like.
flow::SymbolTable Symbols(const center::Center& center) {
  flow::SymbolTable table;
  const auto add = [&](ResourceKind kind, std::string_view path, const std::string& name) {
    table.Add(kind, name, {.arn = Arn(path, name), .id = name, .number = {}});
  };
  for (const auto& queue : center.queues) add(ResourceKind::kQueue, "queue", *queue.name);
  for (const auto& hours : center.hours) add(ResourceKind::kHours, "operating-hours", *hours.name);
  for (const auto& module : center.modules) add(ResourceKind::kModule, "flow-module", *module.name);
  for (const auto& flow : center.flows) add(ResourceKind::kFlow, "contact-flow", *flow.name);
  for (const char* prompt : {"CustomerQueue.wav", "CustomerHold.wav"}) {
    add(ResourceKind::kPrompt, "prompt", prompt);
  }
  const auto add_function = [&](const std::string& name) {
    table.Add(ResourceKind::kLambda, name,
              {.arn = "arn:aws:lambda:us-east-1:111111111111:function:" + name,
               .id = name,
               .number = {}});
  };
  add_function("mapping");
  for (const auto& function : center.functions) add_function(*function.name);
  for (const auto& bot : center.bots) {
    table.Add(ResourceKind::kBot, *bot.name,
              {.arn = "arn:aws:lex:us-east-1:111111111111:bot-alias/" + *bot.name + "/ALIAS",
               .id = *bot.name,
               .number = {}});
  }
  return table;
}

sim::FlowResource Link(const center::Flow& flow, std::string_view path,
                       const flow::SymbolTable& table, flow::LinkMode mode) {
  const flow::LinkOutcome linked = flow::Link(flow.document, table, mode);
  if (!linked.content) {
    std::fprintf(stderr, "%s", ToText(linked.findings).c_str());
    std::abort();
  }
  flow::Parsed parsed =
      flow::ParseContent(*linked.content, flow.type.empty() ? "MODULE" : flow.type);
  return {.id = *flow.name,
          .arn = Arn(path, *flow.name),
          .name = *flow.name,
          .type = flow.type.empty() ? "MODULE" : flow.type,
          .document = std::make_shared<const flow::Document>(std::move(*parsed.document))};
}

sim::HoursOfOperation ToSim(const center::Hours& hours) {
  sim::HoursOfOperation made{.id = *hours.name,
                             .arn = Arn("operating-hours", *hours.name),
                             .name = *hours.name,
                             .time_zone = *hours.time_zone,
                             .slots = {},
                             .overrides = {}};
  for (const center::TimeSlice& slice : hours.config) {
    made.slots.push_back({.day = *sim::ParseDay(slice.day),
                          .start = slice.start_hours * 60 + slice.start_minutes,
                          .end = slice.end_hours * 60 + slice.end_minutes});
  }
  return made;
}

std::vector<std::string> Utterances(const json::Object& intent) {
  std::vector<std::string> utterances;
  for (const json::Value& value : intent.GetArray("sampleUtterances")) {
    utterances.emplace_back(value.AsObject().GetString("utterance"));
  }
  return utterances;
}

std::vector<sim::MessageGroup> Closing(const json::Object& intent) {
  std::vector<sim::MessageGroup> groups;
  const json::Object& response =
      intent.GetObject("intentClosingSetting").GetObject("closingResponse");
  for (const json::Value& group : response.GetArray("messageGroups")) {
    const json::Object& text = group.AsObject().GetObject("message").GetObject("plainTextMessage");
    groups.push_back(
        {.message = {.content = std::string(text.GetString("value"))}, .variations = {}});
  }
  return groups;
}

sim::BotLocale ToSim(const center::BotLocale& locale) {
  sim::BotLocale made{.locale_id = *locale.id,
                      .threshold = locale.input.GetDouble("nluIntentConfidenceThreshold"),
                      .intents = {},
                      .slot_types = {}};
  for (const center::BotIntent& intent : locale.intents) {
    sim::Intent one{.name = *intent.name};
    one.parent = intent.input.GetString("parentIntentSignature");
    one.utterances = Utterances(intent.input);
    one.closing_response = Closing(intent.input);
    made.intents.push_back(std::move(one));
  }
  return made;
}

std::string MappingAnswer(const flow::SymbolTable& table) {
  json::Object answer;
  for (const flow::MappingEntry& entry : flow::MappingEntries(table)) {
    answer.Set(entry.key, entry.arn);
  }
  return json::Write(answer);
}

}  // namespace

Instance MakeInstance(const center::Center& center, flow::LinkMode mode) {
  const flow::SymbolTable table = Symbols(center);
  auto world = std::make_shared<sim::World>();
  world->instance_arn = kInstanceArn;
  world->region = "us-east-1";
  world->account = "111111111111";
  for (const auto& flow : center.flows) {
    world->flows.push_back(Link(flow, "contact-flow", table, mode));
  }
  for (const auto& module : center.modules) {
    world->modules.push_back({.latest = Link(module, "flow-module", table, mode), .versions = {}});
  }
  for (const auto& queue : center.queues) {
    world->queues.push_back(
        {.id = *queue.name, .arn = Arn("queue", *queue.name), .name = *queue.name});
  }
  for (const auto& hours : center.hours) world->hours.push_back(ToSim(hours));
  for (const char* prompt : {"CustomerQueue.wav", "CustomerHold.wav"}) {
    world->prompts.push_back(
        {.id = prompt, .arn = Arn("prompt", prompt), .name = prompt, .text = {}});
  }
  world->agents = {{.id = "ada", .arn = Arn("agent", "ada"), .user_name = "ada"}};
  return {.world = std::move(world),
          .mapping = MappingAnswer(table),
          .bot = ToSim(center.bots.at(0).locales.at(0))};
}

}  // namespace trunkline::tests
