#include "app/stage.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "app/placeholders.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "center/declared.h"
#include "flow/instance_flows.h"
#include "flow/link.h"
#include "sim/bot_input.h"

namespace trunkline::app {
namespace {

using flow::ResourceKind;

// How Amazon Connect spells a kind in an ARN.
std::string_view PathOf(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kHours:
      return "operating-hours";
    case ResourceKind::kFlow:
      return "contact-flow";
    case ResourceKind::kModule:
      return "flow-module";
    case ResourceKind::kUser:
      return "agent";
    default:
      return flow::ToText(kind);
  }
}

struct InstanceFlow {
  std::string name, type;
  bool is_default = false;
  flow::Document document;
};

// The files are the program's own: one that cannot be read would be a bug.
std::vector<InstanceFlow> ReadInstanceFlows() {
  std::vector<InstanceFlow> flows;
  for (const EmbeddedFile& file : InstanceFlows()) {
    const json::Value read = json::Parse(file.bytes).value();
    const json::Object& row = read.AsObject();
    const std::string type(row.GetString("Type"));
    flow::Parsed parsed = flow::ParseContent(json::Write(row.At("Content")), type);
    flows.push_back({.name = std::string(row.GetString("Name")),
                     .type = type,
                     .is_default = row.GetBool("Default"),
                     .document = std::move(parsed.document).value()});
  }
  return flows;
}

template <class T>
bool Declares(const std::vector<T>& all, std::string_view name) {
  return std::ranges::any_of(all, [&](const T& one) { return *one.name == name; });
}

std::vector<sim::OpenSlot> SlotsOf(const center::Hours& hours) {
  std::vector<sim::OpenSlot> slots;
  for (const center::TimeSlice& slice : hours.config) {
    if (const auto day = sim::ParseDay(slice.day)) {
      slots.push_back({.day = *day,
                       .start = slice.start_hours * 60 + slice.start_minutes,
                       .end = slice.end_hours * 60 + slice.end_minutes});
    }
  }
  return slots;
}

// The hours of a new instance: nine to five, every day, in Los Angeles.
sim::HoursOfOperation BasicHours(const StagePlace& place) {
  sim::HoursOfOperation hours{.id = std::string(center::kBasicHours),
                              .arn = place.Arn(ResourceKind::kHours, center::kBasicHours),
                              .name = std::string(center::kBasicHours),
                              .time_zone = "America/Los_Angeles"};
  for (int day = 0; day < 7; ++day)
    hours.slots.push_back({.day = static_cast<sim::Day>(day), .start = 9 * 60, .end = 17 * 60});
  return hours;
}

sim::BotLocale LocaleOf(const center::BotLocale& locale) {
  sim::BotLocale made{.locale_id = *locale.id,
                      .threshold = locale.input.GetDouble("nluIntentConfidenceThreshold",
                                                          sim::BotLocale().threshold)};
  for (const center::BotSlotType& type : locale.slot_types)
    made.slot_types.push_back(sim::ReadSlotTypeInput(*type.name, type.input));
  for (const center::BotIntent& intent : locale.intents) {
    std::vector<sim::Slot> slots;
    for (const center::BotSlot& slot : intent.slots)
      slots.push_back(sim::ReadSlotInput(*slot.name, *slot.type_name, slot.input));
    made.intents.push_back(sim::ReadIntentInput(
        *intent.name, intent.input, sim::ByPriority(std::move(slots), intent.slot_order)));
  }
  return made;
}

bool IsEnabled(const center::Bot& bot, std::string_view locale) {
  return std::ranges::none_of(bot.alias_locales, [&](const center::BotAliasLocale& one) {
    return *one.locale == locale && !one.enabled;
  });
}

class Builder {
 public:
  Builder(const center::Center& center, const StagePlace& place)
      : center_(center), place_(place), instance_flows_(ReadInstanceFlows()) {}

  Stage Build(bool guess_keys) {
    stage_.world.instance_arn = place_.InstanceArn();
    stage_.world.region = place_.region;
    stage_.world.account = place_.account;
    AddSymbols();
    AddResources();
    AddBots();
    const auto look = [&](const flow::Document& document) {
      AddPlaceholders(document, place_, guess_keys, table_, stage_);
    };
    AddFlows();
    for (const center::Flow& flow : center_.flows) look(flow.document);
    for (const center::Flow& module : center_.modules) look(module.document);
    LinkFlows();
    stage_.stand_ins.functions[std::string(flow::kMappingName)] = {
        sim::FunctionAnswer(MappingAnswer())};
    return std::move(stage_);
  }

 private:
  void AddSymbol(ResourceKind kind, const std::string& name) {
    table_.Add(kind, name, {.arn = place_.Arn(kind, name), .id = name, .number = {}});
  }

  void AddSymbols() {
    const center::DeclaredNames declared(center_);
    for (const ResourceKind kind : flow::AllResourceKinds()) {
      if (!declared.Knows(kind)) continue;
      for (const std::string& name : declared.Names(kind)) AddSymbol(kind, name);
    }
    for (const InstanceFlow& flow : instance_flows_) AddSymbol(ResourceKind::kFlow, flow.name);
  }

  // Of the kinds that are little more than a name.
  void AddResources() {
    sim::World& world = stage_.world;
    world.hours.push_back(BasicHours(place_));
    for (const center::Hours& hours : center_.hours) {
      world.hours.push_back({.id = *hours.name,
                             .arn = place_.Arn(ResourceKind::kHours, *hours.name),
                             .name = *hours.name,
                             .time_zone = *hours.time_zone,
                             .slots = SlotsOf(hours)});
    }
    for (const std::string& name : table_.Names(ResourceKind::kQueue)) AddQueue(name);
    for (const std::string& name : table_.Names(ResourceKind::kPrompt)) {
      world.prompts.push_back(
          {.id = name, .arn = place_.Arn(ResourceKind::kPrompt, name), .name = name});
    }
    for (const std::string& name : table_.Names(ResourceKind::kLambda))
      world.functions.push_back({.arn = place_.Arn(ResourceKind::kLambda, name), .name = name});
  }

  void AddQueue(const std::string& name) {
    sim::Queue queue{.id = name,
                     .arn = place_.Arn(ResourceKind::kQueue, name),
                     .name = name,
                     .hours_id = std::string(center::kBasicHours)};
    for (const center::Queue& declared : center_.queues) {
      if (*declared.name != name) continue;
      queue.hours_id = *declared.hours;
      queue.max_contacts = declared.max_contacts;
    }
    stage_.world.queues.push_back(std::move(queue));
  }

  void AddBots() {
    for (const center::Bot& bot : center_.bots) {
      stage_.world.bots.push_back(
          {.arn = place_.Arn(ResourceKind::kBot, *bot.name), .name = *bot.name});
      std::vector<sim::BotLocale>& locales = stage_.stand_ins.bots[*bot.name];
      for (const center::BotLocale& locale : bot.locales) {
        if (IsEnabled(bot, *locale.id)) locales.push_back(LocaleOf(locale));
      }
    }
  }

  // Named, still without contents: placeholders are made for what is not among them.
  void AddFlows() {
    const auto named = [&](ResourceKind kind, const std::string& name, std::string_view type) {
      return sim::FlowResource{.id = name,
                               .arn = place_.Arn(kind, name),
                               .name = name,
                               .type = std::string(type),
                               .document = {}};
    };
    sim::World& world = stage_.world;
    for (const center::Flow& flow : center_.flows)
      world.flows.push_back(named(ResourceKind::kFlow, *flow.name, flow.type));
    for (const center::Flow& module : center_.modules)
      world.modules.push_back({.latest = named(ResourceKind::kModule, *module.name, "MODULE")});
    for (const InstanceFlow& flow : instance_flows_) {
      if (flow.is_default) SetDefault(flow);
      if (!Declares(center_.flows, flow.name))
        world.flows.push_back(named(ResourceKind::kFlow, flow.name, flow.type));
    }
  }

  void SetDefault(const InstanceFlow& flow) {
    sim::Defaults& defaults = stage_.world.defaults;
    if (flow.type == "CUSTOMER_QUEUE") defaults.customer_queue_flow = flow.name;
    if (flow.type == "AGENT_WHISPER") defaults.agent_whisper_flow = flow.name;
    if (flow.type == "CUSTOMER_WHISPER") defaults.customer_whisper_flow = flow.name;
  }

  // In the order of AddFlows.
  void LinkFlows() {
    const flow::LinkMode mode = center_.settings.link_mode;
    auto next = stage_.world.flows.begin();
    for (const center::Flow& flow : center_.flows) Fill(*next++, flow.document, mode);
    for (const InstanceFlow& flow : instance_flows_) {
      if (!Declares(center_.flows, flow.name))
        Fill(*next++, flow.document, flow::LinkMode::kStatic);
    }
    auto module = stage_.world.modules.begin();
    for (const center::Flow& one : center_.modules) Fill((module++)->latest, one.document, mode);
  }

  void Fill(sim::FlowResource& flow, const flow::Document& document, flow::LinkMode mode) {
    flow::LinkOutcome linked = flow::Link(document, table_, mode);
    std::ranges::copy_if(linked.findings, std::back_inserter(stage_.findings),
                         [](const Finding& one) { return one.severity == Severity::kError; });
    if (!linked.content) return;
    flow::Parsed parsed = flow::ParseContent(std::move(*linked.content), flow.type);
    if (parsed.document)
      flow.document = std::make_shared<const flow::Document>(std::move(*parsed.document));
  }

  std::string MappingAnswer() const {
    json::Object answer;
    for (const flow::MappingEntry& entry : flow::MappingEntries(table_))
      answer.Set(entry.key, entry.arn);
    return json::Write(answer);
  }

  const center::Center& center_;
  const StagePlace& place_;
  const std::vector<InstanceFlow> instance_flows_;
  flow::SymbolTable table_;
  Stage stage_;
};

}  // namespace

std::string StagePlace::InstanceArn() const {
  return fmt::format("arn:aws:connect:{}:{}:instance/00000000-0000-4000-8000-000000000000", region,
                     account);
}

std::string StagePlace::Arn(ResourceKind kind, std::string_view name) const {
  if (kind == ResourceKind::kLambda)
    return fmt::format("arn:aws:lambda:{}:{}:function:{}", region, account, name);
  if (kind == ResourceKind::kBot)
    return fmt::format("arn:aws:lex:{}:{}:bot-alias/{}/{}", region, account, name, environment);
  return fmt::format("{}/{}/{}", InstanceArn(), PathOf(kind), name);
}

StagePlace PlaceOf(const center::Environment& environment) {
  StagePlace place{.region = *environment.regions.front(), .environment = *environment.name};
  if (!environment.account->starts_with("X")) place.account = *environment.account;
  return place;
}

std::vector<sim::OpenSlot> AlwaysOpen() {
  std::vector<sim::OpenSlot> slots;
  for (int day = 0; day < 7; ++day) slots.push_back({.day = static_cast<sim::Day>(day)});
  return slots;
}

const sim::FlowResource* Stage::FindFlow(std::string_view name) const {
  const auto found = std::ranges::find(world.flows, name, &sim::FlowResource::name);
  return found == world.flows.end() ? nullptr : &*found;
}

Stage SetStage(const center::Center& center, const StagePlace& place, bool guess_keys) {
  return Builder(center, place).Build(guess_keys);
}

}  // namespace trunkline::app
