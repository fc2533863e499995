#include "cloud/services/cloudformation/stacks/run.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/json_read.h"
#include "cloud/engine.h"
#include "cloud/services/cloudformation/stacks/identity.h"
#include "cloud/services/cloudformation/template/dynamic.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::cloudformation {
namespace {

json::Array ResourceTags(const StackIdentity& stack, const json::Object& revision) {
  json::Array tags = revision.GetArray("Tags");
  json::Array own;
  own.emplace_back(json::Object{{"Key", "aws:cloudformation:stack-name"}, {"Value", stack.name}});
  MergeTags(tags, own);
  return tags;
}

// What Ref and Fn::GetAtt give: read from the store at the moment of asking, which is always after
// what is referred to was made.
void BindReferences(Run& run) {
  Engine& engine = run.context.engine();
  const cloud::Scope scope{run.context.caller().account, run.context.region()};
  const std::string stack_id = run.stack.id;
  const auto find = [&engine, scope, stack_id](std::string_view name) {
    return engine.store.Find(scope, kResource, ResourceId(stack_id, name));
  };
  run.target.scope.reference = [find](std::string_view name) -> Answer<json::Value> {
    const Record* record = find(name);
    if (!record) return ValidationError(fmt::format("Resource {} does not exist", name));
    const std::string_view reference = record->body.GetString("Reference");
    return json::Value(reference.empty() ? record->body.GetString("PhysicalResourceId")
                                         : reference);
  };
  run.target.scope.attribute = [find](std::string_view name,
                                      std::string_view attribute) -> Answer<json::Value> {
    const Record* record = find(name);
    const json::Value* value = record ? AttributeOf(record->body, attribute) : nullptr;
    if (value) return *value;
    return ValidationError(
        fmt::format("Attribute {} of resource {} does not exist", attribute, name));
  };
  run.target.scope.import_value = [&engine, scope](std::string_view name) -> Answer<json::Value> {
    const Record* record = engine.store.Find(scope, kExport, name);
    if (record) return record->body.At("Value");
    return ValidationError(fmt::format("No export named {} found.", name));
  };
}

void BindMasked(Run& run) {
  if (!run.target.parameters.no_echo) return;
  run.masked = run.target.scope;
  run.masked.parameters = MaskedValues(run.target.parameters);
}

Answer<std::string> ReadSecret(const Run& run, const DynamicReference& reference) {
  json::Object input{{"SecretId", reference.name}};
  input.SetIfNotEmpty("VersionStage", reference.stage);
  input.SetIfNotEmpty("VersionId", reference.version);
  TL_TRY(const json::Object secret,
         run.context.Dispatch("secretsmanager", "GetSecretValue", input));
  const std::string_view text = secret.GetString("SecretString");
  if (reference.json_key.empty()) return std::string(text);
  const auto parsed = json::Parse(text);
  const json::Value* value =
      parsed && parsed->IsObject() ? parsed->AsObject().Find(reference.json_key) : nullptr;
  if (value && value->IsString()) return value->AsString();
  if (value && value->IsNumber()) return value->AsNumber().text;
  return ValidationError(
      fmt::format("Could not find a value associated with JSONKey in SecretString"));
}

Answer<std::string> ReadDynamic(const Run& run, const DynamicReference& reference) {
  if (reference.service == "secretsmanager") return ReadSecret(run, reference);
  const bool secure = reference.service == "ssm-secure";
  TL_TRY(const json::Object read,
         run.context.Dispatch("ssm", "GetParameter",
                              {{"Name", reference.name}, {"WithDecryption", secure}}));
  const json::Object& parameter = read.GetObject("Parameter");
  if (!secure && parameter.GetString("Type") == "SecureString") {
    return ValidationError(fmt::format(
        "SSM Secure reference is required for the SecureString parameter {}", reference.name));
  }
  return std::string(parameter.GetString("Value"));
}

struct CodeFamily {
  std::string_view part;
  std::string_view code;
};
// What a handler's error is called, by what its service calls it.
constexpr CodeFamily kHandlerCodes[] = {
    {"NotFound", "NotFound"},
    {"NoSuch", "NotFound"},
    {"AlreadyExist", "AlreadyExists"},
    {"AlreadyOwned", "AlreadyExists"},
    {"AccessDenied", "AccessDenied"},
    {"Throttl", "Throttling"},
    {"TooManyRequests", "Throttling"},
    {"LimitExceeded", "ServiceLimitExceeded"},
    {"QuotaExceeded", "ServiceLimitExceeded"},
    {"Conflict", "ResourceConflict"},
    {"InUse", "ResourceConflict"},
    {"NotStabilized", "NotStabilized"},
    {"InternalFailure", "InternalFailure"},
    {"Invalid", "InvalidRequest"},
    {"Validation", "InvalidRequest"},
    {"Malformed", "InvalidRequest"},
};

std::string_view HandlerCode(std::string_view code) {
  for (const CodeFamily& family : kHandlerCodes) {
    if (code.find(family.part) != code.npos) return family.code;
  }
  return "GeneralServiceException";
}

}  // namespace

Answer<RunPointer> LoadRun(const WaitContext& context, const std::string& stack_id,
                           const std::string& operation_id) {
  json::Object operation;
  Record stack;
  Caller caller;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(stack, FindStack(state, stack_id));
    const Record* found = state.store.Find(state.RegionScope(), kOperation, operation_id);
    if (!found) return ValidationError("the operation is gone");
    operation = found->body;
    TL_TRY(caller, CallerOfOperation(state, stack_id, operation));
    return json::Object();
  }));
  auto run = std::make_shared<Run>(context.As(std::move(caller), context.region()));
  run->stack = IdentityOf(stack);
  run->operation_id = operation_id;
  run->operation = std::move(operation);
  return run;
}

Answer<void> SetTarget(Run& run, std::string_view revision_id) {
  TL_DO(run.context.State([&](Context& state) -> Answer<> {
    TL_TRY(run.target, RestoreRevision(state, run.stack, FindRevision(state, revision_id)));
    return json::Object();
  }));
  run.tags = ResourceTags(run.stack, run.target.body);
  BindReferences(run);
  BindMasked(run);
  return {};
}

bool ShouldStop(Run& run) {
  if (run.gives_up) return true;
  const cloud::Scope scope{run.context.caller().account, run.context.region()};
  const Record* record = run.context.engine().store.Find(scope, kOperation, run.operation_id);
  if (record && record->body.Has("Cancelled")) {
    run.cancelled = record->body.GetString("Cancelled");
    // The stack was to be deleted while it was being created.
    if (const json::Value* failure = record->body.Find("OnFailure"))
      run.operation.Set("OnFailure", *failure);
    run.gives_up = true;
  }
  return run.gives_up;
}

Answer<json::Object> ResolveDynamicIn(const Run& run, const json::Object& properties) {
  json::Value value(properties);
  if (!HasDynamicReferences(value)) return properties;
  TL_TRY(json::Value resolved,
         ReplaceDynamicReferences(value, [&](const DynamicReference& reference) {
           return ReadDynamic(run, reference);
         }));
  return std::move(resolved.AsObject());
}

Answer<ResourceOrder> MakeOrder(Run& run, const json::Object& body, const json::Object& wanted,
                                std::string_view token) {
  ResourceOrder order;
  order.stack_id = run.stack.id;
  order.stack_name = run.stack.name;
  order.logical_id = body.GetString("LogicalResourceId");
  order.physical_id = body.GetString("PhysicalResourceId");
  order.type = body.GetString("ResourceType");
  TL_TRY(order.properties, ResolveDynamicIn(run, wanted));
  order.tags = run.tags;
  order.tags.emplace_back(
      json::Object{{"Key", "aws:cloudformation:logical-id"}, {"Value", order.logical_id}});
  order.tags.emplace_back(
      json::Object{{"Key", "aws:cloudformation:stack-id"}, {"Value", run.stack.id}});
  order.token = token;
  return order;
}

std::string FailureReason(const ResourceType& type, const ServiceError& error,
                          std::string_view token) {
  // What the engine itself refused, and what open types say, stands as it is.
  if (type.open || token.empty()) return error.message;
  return fmt::format(
      "Resource handler returned message: \"{}\" (RequestToken: {}, HandlerErrorCode: {})",
      error.message, token, HandlerCode(error.code));
}

std::string FailedResources(Context& context, const Run& run, std::string_view status,
                            std::string_view verb) {
  std::vector<std::string> names;
  for (const json::Object& resource : ListResources(context, run.stack.id)) {
    if (resource.GetString("ResourceStatus") == status)
      names.emplace_back(resource.GetString("LogicalResourceId"));
  }
  if (names.empty()) return {};
  return fmt::format("The following resource(s) failed to {}: [{}]. ", verb,
                     fmt::join(names, ", "));
}

}  // namespace trunkline::cloud::cloudformation
