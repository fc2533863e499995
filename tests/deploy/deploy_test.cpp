#include "tests/deploy/deploy_test.h"

#include <algorithm>

#include "base/text.h"
#include "base/zip.h"
#include "deploy/resource.h"
#include "flow/document.h"

namespace trunkline::deploy::tests {

void RecordedProgress::Tell(std::string event) {
  events.push_back(std::move(event));
  if (on_event) on_event(events.back());
}

void RecordedProgress::Started(const Target&, const Change& change) {
  most_under_way = std::max(most_under_way, ++under_way);
  Tell("started " + change.Id());
}

void RecordedProgress::Done(const Target&, const Change& change) {
  --under_way;
  Tell("done " + change.Id());
}

void RecordedProgress::Failed(const Target&, const Change& change, const Error& error) {
  --under_way;
  Tell("failed " + change.Id() + ": " + error.message());
}

void RecordedProgress::Told(const Target&, const Change& change, const std::string& what) {
  Tell("told " + change.Id() + ": " + what);
}

void RecordedProgress::Restored(const Target&, const Change& change) {
  Tell("restored " + change.Id());
}

void RecordedProgress::NotRestored(const Target&, const Change& change, const Error& error) {
  Tell("not restored " + change.Id() + ": " + error.message());
}

DeployTest::DeployTest() {
  center::Environment dev;
  dev.name.value = "dev";
  dev.account.value = kAccount;
  dev.regions = {{.value = std::string(kRegion), .place = {}}};
  center.environments.push_back(std::move(dev));
  center::Instance instance;
  instance.alias = {.value = "ACME", .place = {.file = "configuration.json", .line = 2}};
  instance.bucket.value = "ACME-Storage";
  instance.identity_management.value = "CONNECT_MANAGED";
  center.instance = std::move(instance);
}

center::Queue& DeployTest::AddQueue(std::string_view name, std::string_view hours) {
  center::Queue queue;
  queue.name.value = name;
  queue.hours.value = hours;
  return center.queues.emplace_back(std::move(queue));
}

center::Hours& DeployTest::AddHours(std::string_view name) {
  center::Hours hours;
  hours.name.value = name;
  hours.time_zone.value = "Europe/Berlin";
  hours.config.push_back({.day = "MONDAY", .start_hours = 9, .end_hours = 17});
  return center.hours.emplace_back(std::move(hours));
}

center::Prompt& DeployTest::AddPrompt(std::string_view name) {
  center::Prompt prompt;
  prompt.name.value = name;
  prompt.audio = "RIFF";
  return center.prompts.emplace_back(std::move(prompt));
}

center::Function& DeployTest::AddFunction(std::string_view name) {
  center::Function function;
  function.name.value = name;
  function.runtime.value = "nodejs20.x";
  function.handler.value = "index.handler";
  function.code.push_back({.path = "index.mjs", .bytes = "export const handler = 1;"});
  return center.functions.emplace_back(std::move(function));
}

center::Bot& DeployTest::AddBot(std::string_view name) {
  center::BotIntent intent;
  intent.name.value = "Sales";
  intent.input.Set("intentName", "Sales");
  center::BotLocale locale;
  locale.id.value = "en_US";
  locale.input.Set("localeId", "en_US");
  locale.input.Set("nluIntentConfidenceThreshold", 0.4);
  locale.intents.push_back(std::move(intent));
  center::BotAliasLocale alias;
  alias.locale.value = "en_US";
  center::Bot bot;
  bot.name.value = name;
  bot.locales.push_back(std::move(locale));
  bot.alias_locales.push_back(std::move(alias));
  return center.bots.emplace_back(std::move(bot));
}

namespace {

center::Flow MakeFlow(std::string_view name, std::string_view type, std::string_view content) {
  flow::Parsed parsed = flow::ParseContent(std::string(content), type);
  center::Flow flow;
  flow.name = {.value = std::string(name), .place = {.file = "flow.json", .line = 1}};
  flow.type = type == "MODULE" ? "" : type;
  flow.document = std::move(parsed.document).value();
  return flow;
}

}  // namespace

center::Flow& DeployTest::AddFlow(std::string_view name, std::string_view content) {
  return center.flows.emplace_back(MakeFlow(name, "CONTACT_FLOW", content));
}

center::Flow& DeployTest::AddModule(std::string_view name, std::string_view content) {
  return center.modules.emplace_back(MakeFlow(name, "MODULE", content));
}

void DeployTest::BringOwnMapping() {
  AddFunction("mapping").connect = false;
  Have("function", "mapping").tags.emplace(kStackTag, "theirs");
}

void DeployTest::HaveInstance(std::string_view status) {
  LiveResource instance{.id = "i-1", .arn = std::string(kInstanceArn), .tags = {}, .body = {}};
  instance.body.Set("InstanceStatus", status);
  live.Put("instance", std::string(kInstance), std::move(instance));
}

LiveResource& DeployTest::Have(std::string_view kind, std::string_view name,
                               std::string_view hash) {
  const std::string id = "id-of-" + Replace(std::string(name), " ", "-");
  LiveResource resource{
      .id = id, .arn = fmt::format("{}/{}/{}", kInstanceArn, kind, id), .tags = {}, .body = {}};
  if (!hash.empty()) resource.tags.emplace(kHashTag, hash);
  return live.Put(kind, std::string(name), std::move(resource));
}

DeployWorld DeployTest::World() {
  const auto zip = [](const void* self) {
    return WriteZip({{.name = "bootstrap", .bytes = *static_cast<const std::string*>(self)}});
  };
  return {.timers = aws.fake().timers(),
          .clock = aws.fake().clock(),
          .program_zip = zip,
          .program_self = &bootstrap,
          .boundary = boundary};
}

aws::Client DeployTest::Client() {
  if (!client_) client_ = aws.fake().MakeClient({}, {{"AWS_ACCESS_KEY_ID", access_key}});
  return *client_;
}

Result<Live> DeployTest::Read() {
  DeployWorld world = World();
  const Target to = target();
  return aws.fake().Run(ReadLive(Client(), to, world));
}

Applied DeployTest::Apply(const Plan& plan, ApplyOptions options) {
  DeployWorld world = World();
  const Target to = target();
  return aws.fake().Run(deploy::Apply(Client(), to, world, live, plan, options, progress));
}

Applied DeployTest::ApplyOne(std::string_view kind, std::string_view name, Action action) {
  Plan plan;
  plan.changes.push_back({.kind = std::string(kind), .name = std::string(name), .action = action});
  return Apply(plan);
}

std::vector<std::string> Ids(const std::vector<Change>& changes) {
  std::vector<std::string> ids;
  for (const Change& change : changes) ids.push_back(change.Id());
  return ids;
}

std::vector<std::string> Codes(const Findings& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.push_back(finding.code);
  return codes;
}

std::string NamingFlow(std::string_view type, std::string_view parameter, std::string_view value) {
  std::string flow =
      R"({"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"TYPE",)"
      R"("Parameters":{PARAMETER},"Transitions":{"NextAction":"end","Errors":[)"
      R"({"ErrorType":"NoMatchingError","NextAction":"end"}]}},)"
      R"({"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";
  flow = Replace(flow, "TYPE", type);
  return Replace(flow, "PARAMETER", fmt::format(R"("{}":"{}")", parameter, value));
}

std::string QueueFlow(std::string_view queue) {
  return NamingFlow("UpdateContactTargetQueue", "QueueId", fmt::format("${{queue:{}}}", queue));
}

std::string QuietFlow() {
  return R"({"Version":"2019-10-30","StartAction":"end","Actions":[)"
         R"({"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";
}

}  // namespace trunkline::deploy::tests
