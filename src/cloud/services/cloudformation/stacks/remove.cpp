#include "cloud/services/cloudformation/stacks/remove.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/random.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/graph_run.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool Retains(std::string_view policy, bool rolling_back) {
  if (policy == "RetainExceptOnCreate") return !rolling_back;
  return policy == "Retain" || policy == "Snapshot";
}

// Deletes one physical resource; `members` are those of its record.
net::aw<Answer<void>> Delete(RunPointer run, json::Object members, std::string token) {
  const ResourceType* type = FindResourceType(members.GetString("ResourceType"));
  if (!type || members.GetString("PhysicalResourceId").empty()) co_return Answer<void>();
  // A secret that is gone must not keep what refers to it from being deleted.
  json::Object properties = members.GetObject("Properties");
  if (auto resolved = ResolveDynamicIn(*run, properties)) properties = std::move(*resolved);
  json::Object nothing;
  TL_CO_TRY(ResourceOrder order, MakeOrder(*run, members, nothing, token));
  order.properties = std::move(properties);
  order.cancelled = [] { return false; };
  co_return co_await type->remove(run->context, std::move(order));
}

// How the deletion of one resource is told and kept.
struct Removal {
  json::Object body;
  std::string token;
};

struct Telling {
  bool keep = false;
  bool cleanup = false;
};

void Tell(const Run& run, json::Object& body, std::string_view status, std::string_view reason,
          const Telling& how) {
  const auto told = run.context.State([&](Context& context) -> Answer<> {
    SetResourceStatus(context, run.stack, body,
                      {.status = status, .reason = reason, .cleanup = how.cleanup});
    if (how.keep) PutResource(context, run.stack.id, body);
    return json::Object();
  });
  if (!told) run.context.log().Warn("stack {}: {}", run.stack.name, told.error().message);
}

bool IsRetained(const RemoveOptions& options, const json::Object& body) {
  const std::string_view name = body.GetString("LogicalResourceId");
  if (std::find(options.retained.begin(), options.retained.end(), name) != options.retained.end())
    return true;
  return Retains(body.GetString("DeletionPolicy"), options.rolling_back) ||
         (options.rolling_back && body.GetBool("Imported"));
}

net::aw<bool> RemoveOne(RunPointer run, std::shared_ptr<const RemoveOptions> options,
                        json::Object body) {
  if (body.GetString("ResourceStatus") == "DELETE_COMPLETE" ||
      body.GetString("ResourceStatus") == "DELETE_SKIPPED")
    co_return true;
  const Telling how{.keep = true, .cleanup = options->cleanup};
  if (IsRetained(*options, body)) {
    Tell(*run, body, "DELETE_SKIPPED", {}, how);
    co_return true;
  }
  // What was never made is gone: the service tells only that.
  if (!body.GetString("PhysicalResourceId").empty())
    Tell(*run, body, "DELETE_IN_PROGRESS", {}, how);
  const std::string token = NewUuid(run->context.random());
  const auto removed = co_await Delete(run, body, token);
  if (removed) {
    Tell(*run, body, "DELETE_COMPLETE", {}, how);
    co_return true;
  }
  const ResourceType* type = FindResourceType(body.GetString("ResourceType"));
  Tell(*run, body, "DELETE_FAILED", FailureReason(*type, removed.error(), token), how);
  co_return options->retain_failures;
}

using Bodies = std::map<std::string, json::Object, std::less<>>;

// Resources in the reverse of the order in which they were made.
net::aw<bool> RemoveInOrder(RunPointer run, std::shared_ptr<const RemoveOptions> options,
                            std::vector<json::Object> resources) {
  Dependencies needs = Reversed(RecordedDependencies(resources));
  const auto bodies = std::make_shared<Bodies>();
  for (json::Object& body : resources)
    bodies->emplace(body.GetString("LogicalResourceId"), std::move(body));
  std::erase_if(needs, [&](const auto& entry) { return !bodies->contains(entry.first); });
  Work work = [run, options, bodies](const std::string& name) {
    return RemoveOne(run, options, bodies->at(name));
  };
  std::function<bool()> never = [] { return false; };
  co_return co_await RunGraph(run->context, std::move(needs), std::move(work), true,
                              std::move(never));
}

// ---- cleanup

bool InTarget(const Run& run, const json::Object& body) {
  return run.target.dependencies.contains(body.GetString("LogicalResourceId"));
}

bool WasReplaced(const json::Object& body) {
  const std::string_view before = body.GetObject("Stable").GetString("PhysicalResourceId");
  return !before.empty() && before != body.GetString("PhysicalResourceId");
}

net::aw<void> RemoveLeftover(RunPointer run, Record leftover) {
  json::Object body = leftover.body;
  const Telling how{.keep = false, .cleanup = true};
  if (Retains(body.GetString("Policy"), false)) {
    Tell(*run, body, "DELETE_SKIPPED", {}, how);
  } else {
    Tell(*run, body, "DELETE_IN_PROGRESS", {}, how);
    const std::string token = NewUuid(run->context.random());
    const auto removed = co_await Delete(run, body, token);
    const ResourceType* type = FindResourceType(body.GetString("ResourceType"));
    Tell(*run, body, removed ? "DELETE_COMPLETE" : "DELETE_FAILED",
         removed ? "" : FailureReason(*type, removed.error(), token), how);
  }
  const auto dropped = run->context.State([&](Context& context) -> Answer<> {
    context.store.Delete(context.RegionScope(), kLeftover, leftover.id);
    return json::Object();
  });
  if (!dropped) run->context.log().Warn("stack {}: {}", run->stack.name, dropped.error().message);
}

// What needs another goes before it.
void SortLeftovers(std::vector<Record>& leftovers) {
  const auto needs = [](const Record& one, const Record& other) {
    const json::Array& names = one.body.GetArray("DependsOn");
    const json::Value* name = other.body.Find("LogicalResourceId");
    return name && std::find(names.begin(), names.end(), *name) != names.end();
  };
  std::vector<Record> sorted;
  while (!leftovers.empty()) {
    auto free = std::find_if(leftovers.begin(), leftovers.end(), [&](const Record& one) {
      return std::none_of(leftovers.begin(), leftovers.end(),
                          [&](const Record& other) { return needs(other, one); });
    });
    if (free == leftovers.end()) free = leftovers.begin();
    sorted.push_back(std::move(*free));
    leftovers.erase(free);
  }
  leftovers = std::move(sorted);
}

void DropRemoved(Context& context, const Run& run) {
  for (const json::Object& body : ListResources(context, run.stack.id)) {
    if (!InTarget(run, body))
      DropResource(context, run.stack.id, body.GetString("LogicalResourceId"));
  }
}

}  // namespace

void CollectReplaced(Context& context, const std::string& stack_id) {
  for (json::Object& body : ListResources(context, stack_id)) {
    if (!WasReplaced(body)) continue;
    json::Object old = body.GetObject("Stable");
    old.Set("LogicalResourceId", body.GetString("LogicalResourceId"));
    AddLeftover(context, stack_id, old, body.GetString("UpdateReplacePolicy"));
    body.Remove("Stable");
    PutResource(context, stack_id, std::move(body));
  }
}

net::aw<bool> RemoveAll(RunPointer run, RemoveOptions options) {
  std::vector<json::Object> resources;
  std::vector<Record> leftovers;
  const auto listed = run->context.State([&](Context& context) -> Answer<> {
    CollectReplaced(context, run->stack.id);
    resources = ListResources(context, run->stack.id);
    leftovers = ListLeftovers(context, run->stack.id);
    SortLeftovers(leftovers);
    return json::Object();
  });
  if (!listed) co_return false;
  const auto shared = std::make_shared<const RemoveOptions>(std::move(options));
  const bool done = co_await RemoveInOrder(run, shared, std::move(resources));
  for (Record& leftover : leftovers) co_await RemoveLeftover(run, std::move(leftover));
  co_return done;
}

net::aw<void> CleanUp(RunPointer run, bool rolling_back) {
  std::vector<json::Object> removed;
  std::vector<Record> leftovers;
  const auto listed = run->context.State([&](Context& context) -> Answer<> {
    CollectReplaced(context, run->stack.id);
    removed = ListResources(context, run->stack.id);
    std::erase_if(removed, [&](const json::Object& body) { return InTarget(*run, body); });
    leftovers = ListLeftovers(context, run->stack.id);
    SortLeftovers(leftovers);
    return json::Object();
  });
  if (!listed) co_return;
  for (Record& leftover : leftovers) co_await RemoveLeftover(run, std::move(leftover));
  const auto options = std::make_shared<RemoveOptions>();
  options->rolling_back = rolling_back;
  options->cleanup = true;
  co_await RemoveInOrder(run, options, std::move(removed));
  const auto dropped = run->context.State([&](Context& context) -> Answer<> {
    DropRemoved(context, *run);
    return json::Object();
  });
  if (!dropped) run->context.log().Warn("stack {}: {}", run->stack.name, dropped.error().message);
}

}  // namespace trunkline::cloud::cloudformation
