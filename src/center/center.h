// Center: the whole desired state of one contact center, as read from the monorepo (center/load.h).
//
// A Center is a plain value: nothing in it refers to the disk any more, so a plan depends on what
// was loaded and on the cloud only. What a user wrote and what may be refused later carries its
// place (Written<T>), and the texts of the files are kept, so that a message at deploy time still
// shows file, line and caret.
//
// The same center is delivered to every environment and Region; what differs between them (instance
// name, bucket name, bot alias) is computed by the functions at the end.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "base/result.h"
#include "center/lint_settings.h"
#include "center/shift.h"
#include "center/written.h"
#include "flow/document.h"
#include "flow/link.h"

namespace trunkline::center {

// -- amzconnect-devops-pipelines/env
// ---------------------------------------------------------------------------------

// One entry of accountvars.json.
struct Environment {
  Text name;                  // "dev"; also the name of the bots' alias
  Text branch;                // "develop"; may hold slashes
  bool enabled = true;        // a disabled environment gets no pipelines and no deliveries
  Text account;               // twelve digits, or a placeholder (CheckTarget refuses that)
  std::vector<Text> regions;  // primary first, at least one
  Text app;                   // "ACME"; names stacks and parameters
  Place place;
};

// devops.json: the tooling account, where the pipelines are.
struct Tooling {
  Text account;
  Text region;
  Text codestar_arn;  // the GitHub connection
  Text repo;
  Text owner;
  Text email;  // gets approvals and failures
  Place place;
};

// amzconnect-<project>/env/devops.json or amzconnect-<project>/devops.json.
struct ProjectTooling {
  std::string project;  // "instance", "contact-flows"
  Text account;
  Text region;
};

// -- amzconnect-instance
// -----------------------------------------------------------------------------------------------

struct StorageConfig {
  Text resource_type;  // CALL_RECORDINGS, CHAT_TRANSCRIPTS or SCHEDULED_REPORTS: the kinds that S3
                       // stores
  Text prefix;         // S3Config.BucketPrefix
};

struct Instance {
  Text alias;                // as written; InstanceName() gives the name
  Text bucket;               // instanceStorageBucketName as written; BucketName() gives the name
  Text identity_management;  // CONNECT_MANAGED unless the file says otherwise
  std::vector<StorageConfig> storage;
  Place place;
};

using Tags = std::vector<std::pair<std::string, std::string>>;

// -- queues, hours, prompts, modules: amzconnect-admin-objects, and queuesToAdd of the instance
// -----------------------------

struct Queue {
  Text name;
  std::string description;  // may be empty
  Text hours;  // name of hours of operation; kBasicHours unless the file says otherwise
  std::optional<int> max_contacts;
  Tags tags;
};

// The hours every new instance has.
inline constexpr std::string_view kBasicHours = "Basic Hours";

struct TimeSlice {
  std::string day;  // MONDAY
  int start_hours = 0;
  int start_minutes = 0;
  int end_hours = 0;
  int end_minutes = 0;
};

struct Hours {
  Text name;
  std::string description;
  Text time_zone;  // IANA: "America/New_York"
  std::vector<TimeSlice> config;
  Tags tags;
};

struct Prompt {
  Text name;
  std::string description;
  std::string file;   // the WAV file's path, for messages
  std::string audio;  // its bytes
  Tags tags;
};

// -- flows and modules
// -------------------------------------------------------------------------------------------------------

struct Flow {
  Text name;
  std::string type;  // CONTACT_FLOW, ...; for a module empty
  std::string description;
  flow::Document document;
  // Modules only: the contract (input, resultData, transitions) as Create/UpdateContactFlowModule
  // take it in Settings; empty when the module has none.
  std::string settings;
  Tags tags;
};

// -- bots: amzconnect-supporting-infra/lib/infra-stack/bots/<bot>
// --------------------------------------------------------------

// Inputs are in the shape of the Lex V2 API (lowerCamel members, OriginalValue), whatever the
// file's spelling was, and lack what only the cloud knows (bot, locale and slot type ids) and what
// stands beside them here.
struct BotSlot {
  Text name;
  Text type_name;      // a slot type of the same locale, or AMAZON.<built-in>
  json::Object input;  // CreateSlot: valueElicitationSetting, obfuscationSetting, ...; without
                       // slotName, slotTypeId
};

struct BotIntent {
  Text name;
  json::Object input;  // CreateIntent: sampleUtterances, fulfillmentCodeHook,
                       // parentIntentSignature, ...; with intentName
  std::vector<BotSlot> slots;
  std::vector<std::string> slot_order;  // names of slots in the order of their priorities
};

struct BotSlotType {
  Text name;
  json::Object input;  // CreateSlotType, with slotTypeName
};

struct BotLocale {
  Text id;  // "en_US"
  json::Object
      input;  // CreateBotLocale: localeId, nluIntentConfidenceThreshold, voiceSettings, description
  std::vector<BotIntent> intents;
  std::vector<BotSlotType> slot_types;
};

// One entry of Aliases.json: how the environment's alias treats one locale.
struct BotAliasLocale {
  Text locale;
  bool enabled = true;
  // CodeHook: a function's ARN or a symbol "${lambda:name}"; empty without one.
  Text code_hook;
};

struct Bot {
  Text name;                // the folder's name
  std::string description;  // Bot.json, optional like everything in it
  int idle_session_seconds = 300;
  bool child_directed = false;
  std::vector<BotLocale> locales;
  std::vector<BotAliasLocale>
      alias_locales;  // every locale of the bot, enabled unless Aliases.json says otherwise
};

// -- functions: amzconnect-lambdas/functions/<name>
// ---------------------------------------------------------------------------

struct CodeFile {
  std::string path;  // below the code folder
  std::string bytes;
  bool executable = false;
};

struct Function {
  Text name;  // function.json's name, else the folder's
  std::string description;
  Text runtime;  // nodejs20.x
  Text handler;
  int timeout_seconds = 3;
  int memory_mb = 128;
  std::vector<std::pair<std::string, Text>>
      environment;                       // values may hold symbols: "${queue:Sales}"
  std::vector<Text> managed_policies;    // ARNs
  std::vector<json::Object> statements;  // IAM statements, for an inline policy
  bool connect = true;                   // flows may call it: association and permission
  // The keys of what it answers to flows, where function.json declares them.
  std::optional<std::vector<std::string>> answers;
  std::optional<Shift> shift;  // nothing: as the environment has it (ShiftOf)
  std::string folder;          // of the code, for messages
  std::vector<CodeFile> code;  // sorted by path
  Place place;
};

// -- what is found and not interpreted
// ---------------------------------------------------------------------------------------

// A template of the user's own in amzconnect-supporting-infra/ or amzconnect-lambdas/:
// *.template.json, *.template.yaml or *.template.yml, below the project's folder.
struct UserTemplate {
  std::string project;  // "supporting-infra"
  std::string file;
};

// A CDK application of a project (its cdk.json). Its sources are not built.
struct CdkApplication {
  std::string project;
  std::string file;
};

// amzconnect-contact-flows/tests/*.json: test cases in the Testing language.
struct TestFile {
  std::string file;
  std::string text;
};

// -- trunkline.json
// --------------------------------------------------------------------------------------------------------------

using flow::LinkMode;

struct Quota {
  std::string operation;  // "connect:CreateQueue"
  double rate = 0;        // calls in a second
  double burst = 0;
};

// What starts a pipeline when something is pushed.
enum class StartedBy { kRouter, kTriggers };

struct Pipelines {
  Text tooling_branch = {"main", {}};  // whose amzconnect-devops-pipelines updates the pipelines
  StartedBy started_by = StartedBy::kRouter;
};

// What becomes of a flow or module that Trunkline delivered and that is in the monorepo no more.
enum class GoneFlows { kSetAside, kArchive };

// Queues that only callers who proved who they are may reach; `trunkline explore` watches them.
struct ExploreSettings {
  std::vector<std::string> sensitive_queues;                    // names or symbols
  std::vector<std::pair<std::string, std::string>> attributes;  // a proof: attribute -> value
  std::vector<std::string> blocks;                              // a proof: actions, by identifier
};

struct Settings {
  LinkMode link_mode = LinkMode::kStatic;
  GoneFlows gone_flows = GoneFlows::kSetAside;
  LintSettings lint;
  std::vector<Text> approvals;  // environments whose pipelines wait for a person
  std::vector<Quota> quotas;
  int region_concurrency = 4;  // other Regions at a time, after the primary
  Pipelines pipelines;
  ExploreSettings explore;
  std::map<std::string, Shift> shifts;  // by environment: of functions that say nothing themselves
};

// amzconnect-<project>/test.json of lambdas and supporting-infra: what the Testing stage of the
// project's pipeline runs, in the project's folder. Each command is a line of bash.
struct TestReport {
  std::string name;
  std::vector<std::string> files;  // patterns, relative to the project's folder
  std::string format;              // JUNITXML, COBERTURAXML, ...
};

struct ProjectTests {
  std::vector<std::string> unit;
  std::vector<std::string> integration;
  std::vector<std::string> coverage;
  std::vector<std::pair<std::string, std::string>> runtimes;  // nodejs: "20"
  std::vector<TestReport> reports;
};

// The projects of a monorepo in the order they are delivered in; folders amzconnect-<project>.
inline constexpr std::string_view kProjects[] = {"devops-pipelines", "instance", "supporting-infra",
                                                 "admin-objects",    "lambdas",  "contact-flows"};
// Those whose pipelines have a stage that runs the user's own tests.
inline constexpr std::string_view kTestedProjects[] = {"supporting-infra", "lambdas"};

// ----------------------------------------------------------------------------------------------------------------------------------

struct Center {
  std::string folder;  // of the monorepo
  std::vector<Environment> environments;
  std::optional<Tooling> tooling;
  std::vector<ProjectTooling> project_tooling;
  std::optional<Instance> instance;
  std::vector<Queue> queues;
  std::vector<Hours> hours;
  std::vector<Prompt> prompts;
  std::vector<Flow> modules;
  std::vector<Flow> flows;
  std::vector<Bot> bots;
  std::vector<Function> functions;
  std::vector<UserTemplate> templates;
  std::vector<CdkApplication> cdk_applications;
  std::vector<TestFile> tests;
  std::map<std::string, ProjectTests, std::less<>> project_tests;  // by project
  std::vector<std::string> projects;  // those of kProjects whose folder is there, in that order
  Settings settings;
  std::map<std::string, std::string>
      texts;  // every JSON file that was read, for the carets of later findings

  const Environment* FindEnvironment(std::string_view name) const;  // nullptr when there is none
  bool HasProject(std::string_view project) const;
};

// The environment a command names; the error lists what there is, and the nearest name.
Result<const Environment*> SelectEnvironment(const Center& center, std::string_view name);
// The Regions to deliver to: all of the environment's, or the one that was asked for.
Result<std::vector<std::string>> SelectRegions(const Environment& environment,
                                               std::string_view region);

// lower(instanceAlias)-env-region and lower(instanceStorageBucketName)-env-region. The center must
// have an instance.
std::string InstanceName(const Center& center, const Environment& environment,
                         std::string_view region);
std::string BucketName(const Center& center, const Environment& environment,
                       std::string_view region);

// How a function's callers come to a new version of it in an environment: as the function says,
// else as trunkline.json says for the environment, else all at once.
Shift ShiftOf(const Center& center, const Environment& environment, const Function& function);
// The time that the slowest of the functions takes; they are shifted side by side.
Milliseconds LongestShift(const Center& center, const Environment& environment);

// A finding at a place of the center, with the line of the file it is in.
Finding FindingAt(const Center& center, Severity severity, std::string_view code,
                  const Place& place, std::string message, std::string hint = {});

}  // namespace trunkline::center
