#include "cloud/services/cloudformation/stacks/roll_back.h"

#include <algorithm>

#include "base/random.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/graph_run.h"

namespace trunkline::cloud::cloudformation {
namespace {

enum class Way { kNothing, kQuiet, kRepoint, kUpdate };

Way WayBack(const json::Object& body) {
  const json::Value* stable = body.Find("Stable");
  if (!stable || !stable->IsObject()) return Way::kNothing;
  const json::Object& before = stable->AsObject();
  const std::string_view physical = before.GetString("PhysicalResourceId");
  if (body.GetString("PhysicalResourceId") != physical) return Way::kRepoint;
  const bool failed = body.GetString("ResourceStatus") == "UPDATE_FAILED";
  if (body.Has("Attempted") || body.GetObject("Properties") != before.GetObject("Properties"))
    return Way::kUpdate;
  return failed ? Way::kRepoint : Way::kQuiet;  // a replacement that failed: told, nothing to do
}

bool IsSkipped(const Run& run, std::string_view name) {
  const json::Array& skipped = run.operation.GetArray("Skip");
  return std::any_of(skipped.begin(), skipped.end(),
                     [&](const json::Value& one) { return one.AsString() == name; });
}

// The record as it was; what was made in between is left over.
void Restore(Context& context, const Run& run, json::Object& body, Way way) {
  const json::Object before = body.GetObject("Stable");
  if (way == Way::kRepoint &&
      body.GetString("PhysicalResourceId") != before.GetString("PhysicalResourceId"))
    AddLeftover(context, run.stack.id, body, "Delete");
  RestoreMembers(body, before);
  for (const char* member : {"Stable", "Attempted", "Pending", "Done"}) body.Remove(member);
}

struct Back {
  json::Object body;
  Way way = Way::kNothing;
  std::string token;
};

Answer<Back> BeginBack(Context& context, const Run& run, const std::string& name) {
  Back back;
  auto body = FindResource(context, run.stack.id, name);
  if (!body) return back;
  back.body = std::move(*body);
  back.way = WayBack(back.body);
  if (back.way == Way::kUpdate && IsSkipped(run, name)) back.way = Way::kRepoint;
  if (back.way == Way::kNothing) return back;
  if (back.way != Way::kQuiet) {
    const json::Object before = back.body.GetObject("Stable");
    const json::Object& shown = before.GetObject(before.Has("Shown") ? "Shown" : "Properties");
    SetResourceStatus(context, run.stack, back.body,
                      {.status = "UPDATE_IN_PROGRESS", .shown = &shown});
  }
  if (back.way != Way::kUpdate) {
    Restore(context, run, back.body, back.way);
    if (back.way == Way::kRepoint)
      SetResourceStatus(context, run.stack, back.body, {.status = "UPDATE_COMPLETE"});
  }
  back.token = NewUuid(context.random);
  PutResource(context, run.stack.id, back.body);
  return back;
}

net::aw<Answer<MadeResource>> UpdateBack(RunPointer run, const Back& back) {
  const json::Object& before = back.body.GetObject("Stable");
  const ResourceType* type = FindResourceType(before.GetString("ResourceType"));
  const json::Object& wanted = before.GetObject("Properties");
  TL_CO_TRY(ResourceOrder order, MakeOrder(*run, back.body, wanted, back.token));
  const bool attempted = back.body.Has("Attempted");
  TL_CO_TRY(order.previous,
            ResolveDynamicIn(*run, back.body.GetObject(attempted ? "Attempted" : "Properties")));
  order.previous_tags = back.body.GetArray("StackTags");
  order.created = [](std::string_view) {};
  order.cancelled = [] { return false; };
  co_return co_await type->update(run->context, std::move(order));
}

void EndBack(Context& context, const Run& run, Back& back, const Answer<MadeResource>& made) {
  if (made) {
    if (made->physical_id != back.body.GetString("PhysicalResourceId"))
      AddLeftover(context, run.stack.id, back.body, "Delete");
    Restore(context, run, back.body, back.way);
    back.body.Set("PhysicalResourceId", made->physical_id);
    back.body.Set("Reference", made->reference.empty() ? made->physical_id : made->reference);
    back.body.Set("Attributes", made->attributes);
    SetResourceStatus(context, run.stack, back.body, {.status = "UPDATE_COMPLETE"});
  } else {
    const ResourceType* type = FindResourceType(back.body.GetString("ResourceType"));
    SetResourceStatus(
        context, run.stack, back.body,
        {.status = "UPDATE_FAILED", .reason = FailureReason(*type, made.error(), back.token)});
  }
  PutResource(context, run.stack.id, back.body);
}

net::aw<bool> RollBackOne(RunPointer run, std::string name) {
  Back back;
  const auto begun = run->context.State([&](Context& context) -> Answer<> {
    TL_TRY(back, BeginBack(context, *run, name));
    return json::Object();
  });
  if (!begun) co_return false;
  if (back.way != Way::kUpdate) co_return true;
  const Answer<MadeResource> made = co_await UpdateBack(run, back);
  const auto ended = run->context.State([&](Context& context) -> Answer<> {
    EndBack(context, *run, back, made);
    return json::Object();
  });
  co_return made.ok() && ended.ok();
}

}  // namespace

net::aw<bool> RollBack(RunPointer run) {
  Work work = [run](std::string name) { return RollBackOne(run, std::move(name)); };
  std::function<bool()> never = [] { return false; };
  Dependencies needs = run->target.dependencies;
  // What failed stays as it is, so that ContinueUpdateRollback can take it up again.
  co_return co_await RunGraph(run->context, std::move(needs), std::move(work), false,
                              std::move(never));
}

}  // namespace trunkline::cloud::cloudformation
