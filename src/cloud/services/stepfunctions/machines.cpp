// State machines: made, described, listed, deleted.
#include <set>

#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/paging.h"
#include "cloud/services/stepfunctions/revisions.h"
#include "cloud/services/stepfunctions/validate.h"
#include "cloud/services/stepfunctions/variables.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::size_t kMaxTags = 50;

ServiceError AlreadyExists(std::string_view arn) {
  return {"StateMachineAlreadyExists", fmt::format("State Machine Already Exists: '{}'", arn)};
}

json::Object CreateAnswer(const Record& machine, const Record* version) {
  json::Object answer{{"stateMachineArn", machine.body.At("stateMachineArn")},
                      {"creationDate", machine.body.At("creationDate")}};
  if (version) {
    answer.Set("stateMachineVersionArn", version->body.At("stateMachineVersionArn"));
    answer.Set("creationDate", version->body.At("creationDate"));
  }
  return answer;
}

// The same call again gives the same answer; anything else of that name is refused.
Answer<> CreateAgain(Context& context, const Record& existing, const json::Object& input) {
  const std::string_view arn = existing.body.GetString("stateMachineArn");
  const Record* revision =
      context.store.Find(context.RegionScope(), kRevision, existing.body.GetString("revision"));
  const std::string_view type = input.GetString("type", "STANDARD");
  const bool same = revision && existing.body.GetString("type") == type &&
                    revision->body.GetString("definition") == input.GetString("definition") &&
                    revision->body.GetString("roleArn") == input.GetString("roleArn") &&
                    existing.body.GetArray("tags") == input.GetArray("tags");
  if (!same) return AlreadyExists(arn);
  if (!input.GetBool("publish")) return CreateAnswer(existing, nullptr);
  Record machine = existing;
  const Record version = PublishVersion(context, machine, input.GetString("versionDescription"));
  context.store.Put(context.RegionScope(), kMachine, machine);
  return CreateAnswer(machine, &version);
}

Answer<> CreateStateMachine(Context& context, const json::Object& input) {
  const std::string name(input.GetString("name"));
  const std::string_view type = input.GetString("type", "STANDARD");
  const bool publish = input.GetBool("publish");
  TL_DO(CheckName(name));
  if (input.Has("versionDescription") && !publish) {
    return ServiceError("ValidationException",
                        "Version description can only be set when publish is true");
  }
  if (input.GetArray("tags").size() > kMaxTags) {
    return ServiceError("TooManyTags", "Too many tags: at most 50 are allowed.",
                        {{"resourceName", name}});
  }
  TL_DO(CheckMachineInput(context, input, type == "EXPRESS"));
  const Record* existing = context.store.Find(context.RegionScope(), kMachine, name);
  if (existing) return CreateAgain(context, *existing, input);

  const std::string arn = MakeArn(context, "stateMachine:" + name);
  const std::string revision = PutRevision(context, name, Revise(input, {}, type), "");
  Record machine{.id = name,
                 .parent = {},
                 .name = name,
                 .body = json::Object{{"stateMachineArn", arn},
                                      {"name", name},
                                      {"type", type},
                                      {"status", "ACTIVE"},
                                      {"creationDate", ToSeconds(context.Now())},
                                      {"tags", input.GetArray("tags")},
                                      {"versions", 0},
                                      {"revision", revision}}};
  std::optional<Record> version;
  if (publish) version = PublishVersion(context, machine, input.GetString("versionDescription"));
  context.store.Put(context.RegionScope(), kMachine, machine);
  return CreateAnswer(machine, version ? &*version : nullptr);
}

Answer<> DescribeStateMachine(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("stateMachineArn");
  TL_TRY(const MachineRef found, FindMachine(context, arn));
  const Scope scope = context.RegionScope();
  const Record* revision = context.store.Find(scope, kRevision, found.revision);
  if (!revision) return NoSuchMachine(arn);
  json::Object answer = found.machine.body;
  for (const auto& member : revision->body) answer.Set(member.key, member.value);
  answer.Set("stateMachineArn", arn);
  if (!found.version_arn.empty()) {
    const std::string_view number =
        std::string_view(found.version_arn).substr(found.version_arn.rfind(':') + 1);
    const Record* version =
        context.store.Find(scope, kVersion, fmt::format("{}:{}", found.machine.id, number));
    if (version) {
      answer.Set("creationDate", version->body.At("creationDate"));
      answer.SetIfNotEmpty("description", version->body.GetString("description"));
    }
  }
  json::Object variables = VariableReferences(answer.GetString("definition"));
  if (!variables.empty()) answer.Set("variableReferences", std::move(variables));
  return answer;
}

Answer<> ListStateMachines(Context& context, const json::Object& input) {
  TL_TRY(const RecordPage page, PageOf(context, kMachine, "", input));
  json::Array machines;
  for (const Record* machine : page.records) {
    machines.emplace_back(json::Object{{"stateMachineArn", machine->body.At("stateMachineArn")},
                                       {"name", machine->body.At("name")},
                                       {"type", machine->body.At("type")},
                                       {"creationDate", machine->body.At("creationDate")}});
  }
  json::Object answer{{"stateMachines", std::move(machines)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

void DeleteAll(Context& context, Kind kind, const std::string& machine) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kind, machine))
    ids.push_back(record->id);
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kind, id);
}

// What runs is ended at its next transition there; here it ends at once, with everything it kept.
Answer<> DeleteStateMachine(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("stateMachineArn");
  TL_TRY(const std::string end, ArnEnd(context, arn, "stateMachine"));
  const std::string name = end.substr(end.find(':') + 1);
  if (name.find(':') != std::string::npos) {
    return ServiceError("ValidationException",
                        fmt::format("API does not support labels or versions: '{}'", arn));
  }
  if (!context.store.Find(context.RegionScope(), kMachine, name)) return json::Object();
  std::vector<std::string> executions;
  for (const Record* record : context.store.List(context.RegionScope(), kExecution, name))
    executions.push_back(record->id);
  for (const std::string& id : executions) {
    TL_DO(StepExecution(context, id, [](Interpreter& run) { run.Abort({}, {}); }));
    ForgetExecution(context, id);
  }
  for (const Kind kind : {kAlias, kVersion, kRevision}) DeleteAll(context, kind, name);
  context.store.Delete(context.RegionScope(), kMachine, name);
  return json::Object();
}

Answer<> ValidateStateMachineDefinition(Context&, const json::Object& input) {
  const auto most = static_cast<std::size_t>(input.GetInt("maxResults", 100));
  const bool all = input.GetString("severity", "ERROR") == "WARNING";
  const std::vector<Diagnostic> found =
      Validate(input.GetString("definition"), input.GetString("type") == "EXPRESS");
  json::Array diagnostics;
  bool failed = false;
  bool truncated = false;
  for (const Diagnostic& one : found) {
    failed = failed || one.severity == "ERROR";
    if (!all && one.severity != "ERROR") continue;
    truncated = truncated || (most > 0 && diagnostics.size() >= most);
    if (truncated) continue;
    json::Object diagnostic{
        {"severity", one.severity}, {"code", one.code}, {"message", one.message}};
    diagnostic.SetIfNotEmpty("location", one.location);
    diagnostics.emplace_back(std::move(diagnostic));
  }
  return json::Object{{"result", failed ? "FAIL" : "OK"},
                      {"diagnostics", std::move(diagnostics)},
                      {"truncated", truncated}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateStateMachine", .handle = CreateStateMachine},
    {.name = "DeleteStateMachine", .handle = DeleteStateMachine},
    {.name = "DescribeStateMachine", .handle = DescribeStateMachine},
    {.name = "ListStateMachines", .handle = ListStateMachines},
    {.name = "ValidateStateMachineDefinition", .handle = ValidateStateMachineDefinition},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMachineOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
