// UpdateStateMachine.
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/revisions.h"
#include "cloud/services/stepfunctions/run.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<> UpdateStateMachine(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("stateMachineArn");
  TL_TRY(const MachineRef found, FindMachine(context, arn));
  // Seen: an update by the ARN of a version names what does not exist.
  if (!found.version_arn.empty()) return NoSuchMachine(arn);
  const bool publish = input.GetBool("publish");
  bool changes = false;
  for (const std::string_view member : {"definition", "roleArn", "loggingConfiguration",
                                        "tracingConfiguration", "encryptionConfiguration"})
    changes = changes || input.Has(member);
  if (!changes && !publish) {
    return ServiceError("MissingRequiredParameter",
                        "Either the definition, the role ARN, the LoggingConfiguration, the "
                        "EncryptionConfiguration, or the TracingConfiguration must be specified");
  }
  if (input.Has("versionDescription") && !publish) {
    return ServiceError("ValidationException",
                        "Version description can only be set when publish is true");
  }
  const std::string type(found.machine.body.GetString("type"));
  TL_DO(CheckMachineInput(context, input, type == "EXPRESS"));

  Record machine = found.machine;
  const Record* before = context.store.Find(context.RegionScope(), kRevision, found.revision);
  const json::Object old = before ? before->body : json::Object();
  json::Object revised = Revise(input, old, type);
  json::Object answer{{"updateDate", ToSeconds(context.Now())}};
  // What changes nothing makes no revision: the last one's id is told, if there was an update
  // before (seen).
  if (revised == Revise({}, old, type)) {
    answer.SetIfNotEmpty("revisionId", old.GetString("revisionId"));
  } else {
    const std::string revision_id = NewUuid(context.random);
    machine.body.Set("revision", PutRevision(context, machine.id, std::move(revised), revision_id));
    answer.Set("revisionId", revision_id);
  }
  if (publish) {
    const Record version = PublishVersion(context, machine, input.GetString("versionDescription"));
    answer.Set("stateMachineVersionArn", version.body.At("stateMachineVersionArn"));
  }
  context.store.Put(context.RegionScope(), kMachine, machine);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "UpdateStateMachine", .handle = UpdateStateMachine},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMachineUpdateOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
