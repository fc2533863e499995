#include "cloud/services/cloudformation/stacks/apply.h"

#include <fmt/format.h>

#include "base/random.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/declared.h"
#include "cloud/services/cloudformation/stacks/graph_run.h"
#include "cloud/services/cloudformation/stacks/import.h"
#include "cloud/services/cloudformation/stacks/stack_policy.h"
#include "cloud/services/cloudformation/stacks/type_checks.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kReplacing =
    "Requested update requires the creation of a new physical resource; hence creating one.";

// One resource's part of the operation.
struct Step {
  const ResourceType* type = nullptr;
  std::string action;  // "create", "update", "replace", "import"; empty: there is nothing to do
  std::string token;
  json::Object body;  // of the resource's record
  json::Object wanted;
  bool retag = false;   // the stack's tags changed, and the type can be tagged
  bool again = false;   // the order is repeated after a restart
  std::string problem;  // it fails before it begins
};

std::string_view Verb(const Step& step) {
  if (step.action == "import") return "IMPORT";
  return step.action == "create" ? "CREATE" : "UPDATE";
}

bool WasMade(const json::Object& body) {
  return !body.GetString("PhysicalResourceId").empty() &&
         body.GetString("ResourceStatus") != "CREATE_FAILED";
}

// What is to be done with a resource that is there.
std::string ActionFor(const Step& step, std::string_view type_name) {
  if (step.body.GetString("ResourceType") != type_name) return "replace";
  switch (Compare(*step.type, step.body.GetObject("Properties"), step.wanted)) {
    case Difference::kNone:
      // An update that failed may have happened in part: it is done again.
      // So is one of a nested stack: its template may have changed behind the same URL.
      return step.body.Has("Attempted") || step.retag || type_name == kStackType ? "update" : "";
    case Difference::kUpdate:
      return "update";
    case Difference::kReplace:
      return "replace";
  }
  return "";
}

void BeginNew(Context& context, const Run& run, const TemplateResource& resource, Step& step) {
  const bool imported = IsImported(run.operation, resource.name);
  step.action = imported ? "import" : "create";
  const std::string half_made(step.body.GetString("PhysicalResourceId"));
  if (!half_made.empty()) AddLeftover(context, run.stack.id, step.body, "Delete");
  json::Object body{
      {"LogicalResourceId", resource.name}, {"ResourceType", resource.type}, {"Stable", nullptr}};
  if (const json::Value* stable = step.body.Find("Stable")) body.Set("Stable", *stable);
  if (imported) body.Set("Imported", true);
  step.body = std::move(body);
}

// Takes up an order that was given before a restart. False: there is none.
bool TakeUp(const Run& run, Step& step) {
  const json::Object& pending = step.body.GetObject("Pending");
  if (pending.GetString("Operation") != run.operation_id) return false;
  step.action = pending.GetString("Action");
  step.token = pending.GetString("Token");
  step.again = true;
  if (pending.Has("Created") && !step.type->resumes)
    step.problem = "The operation was interrupted after the resource was made";
  return true;
}

void SetPending(const Run& run, Step& step) {
  json::Object pending{{"Operation", run.operation_id},
                       {"Action", step.action},
                       {"Token", step.token},
                       {"Properties", step.wanted}};
  if (step.body.GetObject("Pending").Has("Created"))
    pending.Set("Created", step.body.GetObject("Pending").At("Created"));
  step.body.Set("Pending", std::move(pending));
}

void Announce(Context& context, const Run& run, Step& step, const json::Object& shown) {
  const std::string status = fmt::format("{}_IN_PROGRESS", Verb(step));
  StatusChange change{.status = status, .shown = &shown};
  if (step.action == "replace") change.reason = kReplacing;
  SetResourceStatus(context, run.stack, step.body, change);
}

void Begin(Context& context, const Run& run, const TemplateResource& resource,
           const json::Object& shown, Step& step) {
  if (!WasMade(step.body)) {
    BeginNew(context, run, resource, step);
  } else {
    KeepStable(step.body);
  }
  step.token = NewUuid(context.random);
  SetPending(run, step);
  Announce(context, run, step, shown);
}

Answer<void> CheckStep(Context& context, const Run& run, const TemplateResource& resource,
                       const Step& step) {
  TL_DO(CheckProperties(*step.type, resource.name, step.wanted));
  return CheckStackPolicy(context, run, step.body, step.action);
}

Answer<void> Decide(Context& context, const Run& run, const TemplateResource& resource,
                    Step& step) {
  TL_TRY(Declared declared, EvaluateDeclared(run, resource));
  step.wanted = std::move(declared.properties);
  if (TakeUp(run, step)) return {};
  step.retag = TagsChanged(*step.type, step.body, run.target.body);
  if (WasMade(step.body)) {
    step.action = ActionFor(step, resource.type);
    if (step.action.empty()) {
      if (!step.body.Has("Stable")) step.body.Set("Stable", LiveMembers(step.body));
      SetDeclared(step.body, declared.members);
      return {};
    }
  }
  Begin(context, run, resource, declared.shown, step);
  if (const auto checked = CheckStep(context, run, resource, step); !checked)
    step.problem = checked.error().message;
  SetDeclared(step.body, declared.members);
  return {};
}

// What could not even be evaluated fails like a resource whose creation was begun.
void FailEarly(Context& context, const Run& run, const TemplateResource& resource, Step& step,
               const ServiceError& error) {
  if (WasMade(step.body)) {
    step.action = "update";
    KeepStable(step.body);
  } else {
    BeginNew(context, run, resource, step);
  }
  step.problem = error.message;
}

Step MakeStep(Context& context, const Run& run, const TemplateResource& resource) {
  Step step;
  step.type = FindResourceType(resource.type);
  step.body = FindResource(context, run.stack.id, resource.name).value_or(json::Object());
  if (step.body.GetString("Done") == run.operation_id) return step;
  if (const auto decided = Decide(context, run, resource, step); !decided)
    FailEarly(context, run, resource, step, decided.error());
  if (step.action.empty()) step.body.Set("Done", run.operation_id);
  PutResource(context, run.stack.id, step.body);
  return step;
}

// Writes down what exists as soon as it does.
void NoteCreated(const Run& run, Step& step, std::string_view physical_id) {
  const std::string physical(physical_id);
  const auto noted = run.context.State([&](Context& context) -> Answer<> {
    json::Object pending = step.body.GetObject("Pending");
    if (pending.GetString("Created") == physical) return json::Object();
    pending.Set("Created", physical);
    step.body.Set("Pending", std::move(pending));
    const std::string status = fmt::format("{}_IN_PROGRESS", Verb(step));
    SetResourceStatus(context, run.stack, step.body,
                      {.status = status,
                       .reason = "Resource creation Initiated",
                       .physical_id = physical,
                       .shown = nullptr});
    PutResource(context, run.stack.id, step.body);
    return json::Object();
  });
  if (!noted) run.context.log().Warn("stack {}: {}", run.stack.name, noted.error().message);
}

net::aw<Answer<MadeResource>> Perform(RunPointer run, Step& step) {
  if (!step.problem.empty()) co_return ValidationError(step.problem);
  TL_CO_TRY(ResourceOrder order, MakeOrder(*run, step.body, step.wanted, step.token));
  order.type = run->target.document->Find(order.logical_id)->type;
  order.cancelled = [run] { return ShouldStop(*run); };
  order.created = [&run, &step](std::string_view id) { NoteCreated(*run, step, id); };
  if (step.action == "import") co_return co_await ReadImported(run, *step.type, std::move(order));
  if (step.action == "update") {
    TL_CO_TRY(order.previous, ResolveDynamicIn(*run, step.body.GetObject("Properties")));
    order.previous_tags = step.body.GetArray("StackTags");
    co_return co_await step.type->update(run->context, std::move(order));
  }
  order.physical_id = step.again ? step.body.GetObject("Pending").GetString("Created") : "";
  co_return co_await step.type->create(run->context, std::move(order));
}

void SetLive(json::Object& body, const Step& step, const TemplateResource& resource,
             const MadeResource& made, const json::Array& stack_tags) {
  body.Remove("StackTags");
  body.Set("PhysicalResourceId", made.physical_id);
  body.Set("Reference", made.reference.empty() ? made.physical_id : made.reference);
  body.Set("Attributes", made.attributes);
  body.Set("Properties", step.wanted);
  body.Set("ResourceType", resource.type);
  if (body.GetObject("Shown") == step.wanted) body.Remove("Shown");
  if (!stack_tags.empty()) body.Set("StackTags", stack_tags);
}

// The physical resource that was there before goes in the cleanup; what was stable is known from
// "Stable", what came between is a leftover.
void LeaveBehind(Context& context, const Run& run, const json::Object& body) {
  const bool stable = body.GetObject("Stable").GetString("PhysicalResourceId") ==
                      body.GetString("PhysicalResourceId");
  if (!stable) AddLeftover(context, run.stack.id, body, "Delete");
}

void Succeed(Context& context, const Run& run, const TemplateResource& resource, Step& step,
             const MadeResource& made) {
  const bool fresh = step.action == "create" || step.action == "import";
  const bool makes = step.action == "create" || step.action == "replace";
  if (makes && !step.body.GetObject("Pending").Has("Created")) {
    SetResourceStatus(context, run.stack, step.body,
                      {.status = fmt::format("{}_IN_PROGRESS", Verb(step)),
                       .reason = "Resource creation Initiated",
                       .physical_id = made.physical_id,
                       .shown = nullptr});
  }
  if (!fresh && step.body.GetString("PhysicalResourceId") != made.physical_id)
    LeaveBehind(context, run, step.body);
  SetLive(step.body, step, resource, made, run.target.body.GetArray("Tags"));
  step.body.Remove("Pending");
  step.body.Remove("Attempted");
  step.body.Set("Done", run.operation_id);
  SetResourceStatus(context, run.stack, step.body,
                    {.status = fmt::format("{}_COMPLETE", Verb(step))});
}

void Fail(Context& context, const Run& run, Step& step, const ServiceError& error) {
  const std::string made(step.body.GetObject("Pending").GetString("Created"));
  if (step.action == "create" && !made.empty()) {
    step.body.Set("PhysicalResourceId", made);
    step.body.Set("Properties", step.wanted);
  } else if (step.action == "replace" && !made.empty()) {
    json::Object half = step.body;
    half.Set("PhysicalResourceId", made);
    half.Set("Properties", step.wanted);
    half.Set("ResourceType",
             run.target.document->Find(step.body.GetString("LogicalResourceId"))->type);
    AddLeftover(context, run.stack.id, half, "Delete");
  } else if (step.action == "update" && step.problem.empty()) {
    step.body.Set("Attempted", step.wanted);
  }
  step.body.Remove("Pending");
  const bool cancelled = error.code == "Cancelled";
  const std::string reason =
      cancelled
          ? fmt::format("Resource {} cancelled", step.action == "create" ? "creation" : "update")
          : FailureReason(*step.type, error, step.problem.empty() ? step.token : "");
  SetResourceStatus(context, run.stack, step.body,
                    {.status = fmt::format("{}_FAILED", Verb(step)), .reason = reason});
}

net::aw<bool> ApplyOne(RunPointer run, std::string name) {
  const TemplateResource* resource = run->target.document->Find(name);
  Step step;
  const auto begun = run->context.State([&](Context& context) -> Answer<> {
    step = MakeStep(context, *run, *resource);
    return json::Object();
  });
  if (!begun) co_return false;
  if (step.action.empty()) co_return true;
  const Answer<MadeResource> made = co_await Perform(run, step);
  const auto ended = run->context.State([&](Context& context) -> Answer<> {
    if (made) {
      Succeed(context, *run, *resource, step, *made);
    } else {
      Fail(context, *run, step, made.error());
    }
    PutResource(context, run->stack.id, step.body);
    return json::Object();
  });
  if (!made || !ended) run->gives_up = true;
  co_return made.ok() && ended.ok();
}

}  // namespace

bool TagsChanged(const ResourceType& type, const json::Object& resource,
                 const json::Object& revision) {
  return type.update && FindProperty(type, "Tags") &&
         resource.GetArray("StackTags") != revision.GetArray("Tags");
}

Difference Compare(const ResourceType& type, const json::Object& live, const json::Object& wanted) {
  Difference found = Difference::kNone;
  const auto look = [&](std::string_view name) {
    const json::Value* before = live.Find(name);
    const json::Value* after = wanted.Find(name);
    if ((!before && !after) || (before && after && *before == *after)) return;
    const Property* property = FindProperty(type, name);
    const bool replaces = (property && property->create_only) || !type.update;
    if (replaces) {
      found = Difference::kReplace;
    } else if (found == Difference::kNone) {
      found = Difference::kUpdate;
    }
  };
  for (const json::Member& member : live) look(member.key);
  for (const json::Member& member : wanted) look(member.key);
  return found;
}

net::aw<bool> Apply(RunPointer run) {
  Work work = [run](std::string name) { return ApplyOne(run, std::move(name)); };
  std::function<bool()> stop = [run] { return ShouldStop(*run); };
  Dependencies needs = run->target.dependencies;
  co_return co_await RunGraph(run->context, std::move(needs), std::move(work), false,
                              std::move(stop));
}

}  // namespace trunkline::cloud::cloudformation
