#include "cloud/contacts/instance_world.h"

#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::contacts {
namespace {

namespace service = cloud::connect;

std::string Arn(const Context& context, const std::string& instance, std::string_view path,
                std::string_view id) {
  return fmt::format("arn:aws:connect:{}:{}:instance/{}/{}/{}", context.region,
                     context.caller.account, instance, path, id);
}

// The published content; a flow that has only a draft cannot be entered.
sim::FlowResource ReadFlow(Context& context, const std::string& instance, const Record& record,
                           const service::ResourceKind& kind, Kind contents) {
  sim::FlowResource flow;
  flow.id = record.id;
  flow.arn = Arn(context, instance, kind.path, record.id);
  flow.name = record.name;
  flow.type = kind.kind.name == service::kModule.kind.name
                  ? "MODULE"
                  : std::string(record.body.GetString("Type"));
  const Record* content = service::FindContent(context, contents, record.id, service::kLatest);
  flow.published = content != nullptr;
  if (content == nullptr) return flow;
  flow::Parsed parsed = flow::Parse(std::string(content->body.GetString("Content")), record.name);
  if (parsed.document)
    flow.document = std::make_shared<const flow::Document>(std::move(*parsed.document));
  flow.published = flow.document != nullptr;
  return flow;
}

void ReadFlows(Context& context, const std::string& instance, sim::World& world) {
  for (const Record* record :
       context.store.List(context.RegionScope(), service::kFlow.kind, instance)) {
    world.flows.push_back(
        ReadFlow(context, instance, *record, service::kFlow, service::kFlowContent));
  }
  for (const Record* record :
       context.store.List(context.RegionScope(), service::kModule.kind, instance)) {
    sim::ModuleResource module;
    module.latest = ReadFlow(context, instance, *record, service::kModule, service::kModuleContent);
    world.modules.push_back(std::move(module));
  }
  for (const Record* mark :
       context.store.List(context.RegionScope(), service::kDefaultFlow, instance)) {
    if (mark->name == "CUSTOMER_QUEUE") world.defaults.customer_queue_flow = mark->id;
    if (mark->name == "AGENT_WHISPER") world.defaults.agent_whisper_flow = mark->id;
    if (mark->name == "CUSTOMER_WHISPER") world.defaults.customer_whisper_flow = mark->id;
  }
}

void ReadQueues(Context& context, const std::string& instance, sim::World& world) {
  for (const Record* record :
       context.store.List(context.RegionScope(), service::kQueue.kind, instance)) {
    sim::Queue queue;
    queue.id = record->id;
    queue.arn = Arn(context, instance, service::kQueue.path, record->id);
    queue.name = record->name;
    queue.hours_id = record->body.GetString("HoursOfOperationId");
    queue.enabled = record->body.GetString("Status", "ENABLED") == "ENABLED";
    if (record->body.Has("MaxContacts"))
      queue.max_contacts = static_cast<int>(record->body.GetInt("MaxContacts"));
    world.queues.push_back(std::move(queue));
  }
}

void ReadHours(Context& context, const std::string& instance, sim::World& world) {
  for (const Record* record :
       context.store.List(context.RegionScope(), service::kHours.kind, instance)) {
    sim::HoursOfOperation hours;
    hours.id = record->id;
    hours.arn = Arn(context, instance, service::kHours.path, record->id);
    hours.name = record->name;
    hours.time_zone = record->body.GetString("TimeZone");
    if (auto slots = sim::ReadSlots(record->body.GetArray("Config")))
      hours.slots = std::move(*slots);
    for (const Record* one :
         context.store.List(context.RegionScope(), service::kHoursOverride, record->id)) {
      sim::HoursOverride replacement{.name = one->name,
                                     .from = std::string(one->body.GetString("EffectiveFrom")),
                                     .until = std::string(one->body.GetString("EffectiveTill")),
                                     .slots = {}};
      if (auto slots = sim::ReadSlots(one->body.GetArray("Config")))
        replacement.slots = std::move(*slots);
      hours.overrides.push_back(std::move(replacement));
    }
    world.hours.push_back(std::move(hours));
  }
}

void ReadOthers(Context& context, const std::string& instance, sim::World& world) {
  for (const Record* record :
       context.store.List(context.RegionScope(), service::kPrompt.kind, instance)) {
    world.prompts.push_back({.id = record->id,
                             .arn = Arn(context, instance, service::kPrompt.path, record->id),
                             .name = record->name,
                             .text = {}});
  }
  for (const Record* record : context.store.List(context.RegionScope(), service::kBot, instance)) {
    // arn:aws:lex:R:A:bot-alias/BOT/ALIAS: people know the bot by its name.
    const std::string arn = record->name;
    const std::size_t slash = arn.find('/');
    const std::size_t end = arn.find('/', slash + 1);
    const Record* bot = slash == std::string::npos
                            ? nullptr
                            : context.store.Find(context.RegionScope(), Kind{"lex", "bot"},
                                                 arn.substr(slash + 1, end - slash - 1));
    if (bot != nullptr) world.bots.push_back({.arn = arn, .name = bot->name});
  }
}

}  // namespace

std::shared_ptr<const sim::World> ReadInstanceWorld(Context& context,
                                                    const std::string& instance_id) {
  auto world = std::make_shared<sim::World>();
  world->instance_arn = fmt::format("arn:aws:connect:{}:{}:instance/{}", context.region,
                                    context.caller.account, instance_id);
  world->region = context.region;
  world->account = context.caller.account;
  ReadFlows(context, instance_id, *world);
  ReadQueues(context, instance_id, *world);
  ReadHours(context, instance_id, *world);
  ReadOthers(context, instance_id, *world);
  return world;
}

bool IsAssociated(Context& context, Kind kind, const std::string& instance_id,
                  std::string_view arn) {
  return context.store.Find(context.RegionScope(), kind, fmt::format("{}/{}", instance_id, arn)) !=
         nullptr;
}

}  // namespace trunkline::cloud::contacts
