#include "cloud/services/connect/world.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/foreign_arns.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {
namespace {

// Worlds share at most so many contents; then the cache begins anew.
constexpr std::size_t kMostDocuments = 2000;

struct Reading {
  Context& context;
  Store& store;
  Scope scope;
  Documents& documents;
  const Record& instance;
  const std::map<std::string, int>& queued;

  std::vector<const Record*> All(Kind kind) const { return store.List(scope, kind, instance.id); }
};

sim::FlowResource FlowOf(const Reading& reading, const Record& owner, const Record& content,
                         std::string_view type) {
  return {.id = owner.id,
          .arn = std::string(owner.body.GetString("Arn")),
          .name = owner.name,
          .type = std::string(type),
          .document = reading.documents.Parse(content.body.GetString("Content"), type)};
}

std::vector<sim::FlowResource> Flows(const Reading& reading) {
  std::vector<sim::FlowResource> flows;
  for (const Record* flow : reading.All(kFlow.kind)) {
    const Record* latest =
        reading.store.Find(reading.scope, kFlowContent, fmt::format("{}:{}", flow->id, kLatest));
    const Record* draft =
        reading.store.Find(reading.scope, kFlowContent, fmt::format("{}:{}", flow->id, kSaved));
    sim::FlowResource resource =
        FlowOf(reading, *flow, latest != nullptr ? *latest : *draft, flow->body.GetString("Type"));
    resource.published = latest != nullptr;
    flows.push_back(std::move(resource));
  }
  return flows;
}

sim::ModuleResource ModuleOf(const Reading& reading, const Record& module) {
  sim::ModuleResource resource;
  for (const Record* content : reading.store.List(reading.scope, kModuleContent, module.id)) {
    sim::FlowResource read = FlowOf(reading, module, *content, "MODULE");
    if (content->name == kLatest) {
      resource.latest = std::move(read);
    } else {
      resource.versions.emplace(content->name, std::move(read));
    }
  }
  for (const Record* alias : reading.store.List(reading.scope, kModuleAlias, module.id)) {
    const auto version = resource.versions.find(std::to_string(alias->body.GetInt("Version")));
    if (version != resource.versions.end()) resource.versions.emplace(alias->name, version->second);
  }
  return resource;
}

std::string CallerId(const Reading& reading, const Record& queue) {
  const std::string_view id =
      queue.body.GetObject("OutboundCallerConfig").GetString("OutboundCallerIdNumberId");
  const Record* number = id.empty() ? nullptr : reading.store.Find(reading.scope, kPhoneNumber, id);
  return number == nullptr ? std::string() : number->name;
}

sim::Queue QueueOf(const Reading& reading, const Record& queue) {
  sim::Queue read{.id = queue.id,
                  .arn = std::string(queue.body.GetString("QueueArn")),
                  .name = queue.name,
                  .hours_id = std::string(queue.body.GetString("HoursOfOperationId")),
                  .outbound_caller_id = CallerId(reading, queue),
                  .enabled = queue.body.GetString("Status") == "ENABLED"};
  if (queue.body.Has("MaxContacts")) {
    read.max_contacts = static_cast<int>(queue.body.GetInt("MaxContacts"));
  }
  const auto waiting = reading.queued.find(queue.id);
  if (waiting != reading.queued.end()) read.metrics.contacts = waiting->second;
  return read;
}

// What the API took is well formed: a slot that cannot be read would be a bug, and is left out.
std::vector<sim::OpenSlot> Slots(const json::Object& body) {
  auto slots = sim::ReadSlots(body.GetArray("Config"));
  return slots ? std::move(slots).value() : std::vector<sim::OpenSlot>();
}

sim::HoursOfOperation HoursOf(const Reading& reading, const Record& hours) {
  sim::HoursOfOperation read{.id = hours.id,
                             .arn = std::string(hours.body.GetString("HoursOfOperationArn")),
                             .name = hours.name,
                             .time_zone = std::string(hours.body.GetString("TimeZone")),
                             .slots = Slots(hours.body)};
  for (const Record* record : reading.store.List(reading.scope, kHoursOverride, hours.id)) {
    read.overrides.push_back({.name = record->name,
                              .from = std::string(record->body.GetString("EffectiveFrom")),
                              .until = std::string(record->body.GetString("EffectiveTill")),
                              .slots = Slots(record->body)});
  }
  return read;
}

// The queues whose calls the user's routing profile serves.
std::vector<std::string> VoiceQueues(const Reading& reading, const Record& user) {
  const Record* profile = reading.store.Find(reading.scope, kRoutingProfile.kind,
                                             user.body.GetString("RoutingProfileId"));
  std::vector<std::string> ids;
  if (profile == nullptr) return ids;
  for (const json::Value& config : profile->body.GetArray("QueueConfigs")) {
    const json::Object& reference = config.AsObject().GetObject("QueueReference");
    if (reference.GetString("Channel") == "VOICE") ids.emplace_back(reference.GetString("QueueId"));
  }
  return ids;
}

std::vector<sim::Agent> Agents(const Reading& reading) {
  const auto users = reading.All(kUser.kind);
  if (users.empty()) return {sim::Agent{.user_name = "agent"}};
  std::vector<sim::Agent> agents;
  for (const Record* user : users) {
    const json::Object& identity = user->body.GetObject("IdentityInfo");
    sim::Agent agent{.id = user->id,
                     .arn = std::string(user->body.GetString("Arn")),
                     .user_name = user->name,
                     .first_name = std::string(identity.GetString("FirstName")),
                     .last_name = std::string(identity.GetString("LastName")),
                     .queues = VoiceQueues(reading, *user)};
    // No queues at all would mean all of them.
    if (!agent.queues.empty()) agents.push_back(std::move(agent));
  }
  return agents;
}

std::string LastPart(std::string_view arn) {
  const std::size_t at = arn.find_last_of(":/");
  return std::string(at == std::string_view::npos ? arn : arn.substr(at + 1));
}

std::vector<sim::NamedArn> Named(const Reading& reading, Kind kind) {
  std::vector<sim::NamedArn> all;
  for (const Record* record : reading.All(kind)) {
    all.push_back({.arn = record->name, .name = LastPart(record->name)});
  }
  return all;
}

// An associated version or alias is still the function to those who read of it.
std::vector<sim::NamedArn> Functions(const Reading& reading) {
  std::vector<sim::NamedArn> all = Named(reading, kLambdaFunction);
  for (sim::NamedArn& function : all) {
    if (const auto arn = ParseFunctionArn(function.arn)) function.name = arn->name;
  }
  return all;
}

// A Lex alias says its bot by id: the name is the bot's own, where it is in this account and
// Region.
std::string BotName(const Reading& reading, std::string_view alias_arn) {
  const auto arn = ParseBotAliasArn(alias_arn);
  if (!arn) return LastPart(alias_arn);
  if (!IsHere(reading.context, *arn)) return arn->bot;
  const Answer<> bot = reading.context.Call("lexv2-models", "DescribeBot", {{"botId", arn->bot}});
  return bot ? std::string(bot->GetString("botName", arn->bot)) : arn->bot;
}

std::vector<sim::NamedArn> Bots(const Reading& reading) {
  std::vector<sim::NamedArn> all = Named(reading, kBot);
  for (sim::NamedArn& bot : all) bot.name = BotName(reading, bot.arn);
  return all;
}

std::string DefaultFlow(const Reading& reading, std::string_view type) {
  const Record* flow =
      reading.store.FindByName(reading.scope, kDefaultFlow, reading.instance.id, type);
  return flow == nullptr ? std::string() : flow->id;
}

}  // namespace

std::shared_ptr<const flow::Document> Documents::Parse(std::string_view content,
                                                       std::string_view type) {
  const std::string key = fmt::format("{}:{}", type, Sha256(content));
  const auto known = documents_.find(key);
  if (known != documents_.end()) return known->second;
  if (documents_.size() >= kMostDocuments) documents_.clear();
  flow::Parsed parsed = flow::Parse(std::string(content), "Content");
  std::shared_ptr<flow::Document> document;
  if (parsed.document) {
    document = std::make_shared<flow::Document>(std::move(*parsed.document));
    document->type = type;
    document->is_module = type == "MODULE";
  }
  documents_.emplace(key, document);
  return document;
}

sim::World ReadWorld(Context& context, Documents& documents, const Record& instance,
                     const std::map<std::string, int>& queued) {
  const Reading reading{context, context.store, context.RegionScope(), documents, instance, queued};
  sim::World world{.instance_arn = std::string(instance.body.GetString("Arn")),
                   .region = std::string(context.region),
                   .account = context.caller.account};
  world.flows = Flows(reading);
  for (const Record* module : reading.All(kModule.kind))
    world.modules.push_back(ModuleOf(reading, *module));
  for (const Record* queue : reading.All(kQueue.kind))
    world.queues.push_back(QueueOf(reading, *queue));
  for (const Record* hours : reading.All(kHours.kind))
    world.hours.push_back(HoursOf(reading, *hours));
  for (const Record* prompt : reading.All(kPrompt.kind)) {
    world.prompts.push_back({.id = prompt->id,
                             .arn = std::string(prompt->body.GetString("PromptARN")),
                             .name = prompt->name});
  }
  world.agents = Agents(reading);
  world.functions = Functions(reading);
  world.bots = Bots(reading);
  world.defaults.customer_queue_flow = DefaultFlow(reading, "CUSTOMER_QUEUE");
  world.defaults.agent_whisper_flow = DefaultFlow(reading, "AGENT_WHISPER");
  world.defaults.customer_whisper_flow = DefaultFlow(reading, "CUSTOMER_WHISPER");
  return world;
}

}  // namespace trunkline::cloud::connect
