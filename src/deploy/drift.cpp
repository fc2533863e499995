#include "deploy/drift.h"

#include <algorithm>

#include "deploy/function_delivery.h"

namespace trunkline::deploy {
namespace {

// Of these the plan compares every member with what is live: they have no tags to record a hash in.
bool ComparesAll(std::string_view kind) {
  return kind == "storage" || kind == "parameter";
}

bool IsAssociation(std::string_view kind) {
  return kind == "function association" || kind == "bot association";
}

// What the plan would make although what it is for is there: somebody has taken it away, unless it
// never was.
std::string WordsFor(const Change& change, const Plan& plan) {
  if (IsAssociation(change.kind)) {
    const bool with_it = std::any_of(change.after.begin(), change.after.end(),
                                     [&](const auto& id) { return plan.Find(id) != nullptr; });
    return with_it ? "" : "the instance may not use it any more";
  }
  if (change.action == Action::kCreate) return "is not there: deleted, or never delivered";
  return ComparesAll(change.kind) ? change.why : "";
}

void AddFromPlan(const Session& session, std::vector<Drifted>& drifted) {
  const Plan plan = MakePlan(session.target, session.live);
  for (const Change& change : plan.changes) {
    if (change.internal) continue;
    std::string what = WordsFor(change, plan);
    if (what.empty()) continue;
    drifted.push_back({.kind = change.kind, .name = change.name, .what = std::move(what)});
  }
}

}  // namespace

std::string RecordedHash(const LiveResource& resource) {
  if (resource.Tag(kManagedTag) != "true" || resource.OwnedByStack()) return "";
  return resource.Tag(kHashTag);
}

net::aw<Result<std::vector<Drifted>>> FindDrift(Session& session) {
  std::vector<Drifted> drifted;
  AddFromPlan(session, drifted);
  for (const ResourceKind* kind : AllResourceKinds()) {
    if (kind->drift == nullptr || (kind->in_instance && !session.live.HasActiveInstance()))
      continue;
    Result<void> compared = co_await kind->drift(session, drifted);
    if (!compared)
      co_return std::move(compared).error().While("comparing the {} of {}", kind->plural,
                                                  session.target.region);
  }
  std::stable_sort(drifted.begin(), drifted.end(), [](const Drifted& a, const Drifted& b) {
    return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
  });
  co_return drifted;
}

// A version is described by the hash it was published for (deploy/function_delivery.cpp).
net::aw<Result<void>> DriftOfFunction(Session& session, std::string kind, std::string name,
                                      std::vector<Drifted>& drifted) {
  const LiveResource* there = session.live.Find(kind, name);
  const std::string hash = there == nullptr ? "" : RecordedHash(*there);
  if (hash.empty()) co_return Result<void>();
  json::Object input{{"FunctionName", session.target.Qualified(name)}, {"Qualifier", kLiveAlias}};
  const Result<json::Object> live =
      co_await session.Call("lambda", "GetFunctionConfiguration", std::move(input));
  if (!live && live.error().kind() != ErrorKind::kNotFound) co_return live.error();
  if (!live) {
    drifted.push_back({.kind = kind, .name = name, .what = "its alias 'live' is gone"});
  } else if (live->GetString("Description") != VersionDescription(hash)) {
    drifted.push_back(
        {.kind = kind,
         .name = name,
         .what = fmt::format("its alias 'live' leads to version {}, which is not the delivered one",
                             live->GetString("Version"))});
  }
  co_return Result<void>();
}

}  // namespace trunkline::deploy
