#include "deploy/flow_drift.h"

#include <algorithm>

#include "deploy/drift.h"
#include "deploy/gone.h"

namespace trunkline::deploy {
namespace {

// The service's hash of the content. A listing of an older service has none; then it is described.
net::aw<Result<std::string>> ContentHash(Session& session, const FlowKind& kind,
                                         const LiveResource& flow) {
  const std::string_view listed = flow.body.GetString(kind.sha);
  if (!listed.empty()) co_return std::string(listed);
  json::Object where = kind.Where(session, flow.id);
  TL_CO_TRY(const json::Object described,
            co_await session.Call("connect", std::string(kind.describe), std::move(where)));
  co_return std::string(described.GetObject(kind.described).GetString(kind.sha));
}

// What the center wants of it counts only while that is what was delivered: no change is planned.
std::string OtherDescription(const Session& session, const FlowKind& kind, const Plan& plan,
                             const std::string& name, const LiveResource& flow) {
  const auto& all = kind.Of(session.target.center);
  const auto wanted =
      std::ranges::find_if(all, [&](const center::Flow& one) { return one.name.value == name; });
  const bool planned = plan.Find(fmt::format("{}:{}", kind.kind, name)) != nullptr;
  const std::string_view now = flow.body.GetString("Description");
  if (wanted == all.end() || planned || now == wanted->description) return "";
  return fmt::format("its description is '{}'", now);
}

}  // namespace

net::aw<Result<void>> DriftOfFlows(Session& session, const FlowKind& kind,
                                   std::vector<Drifted>& drifted) {
  const auto flows = session.live.resources.find(kind.kind);
  if (flows == session.live.resources.end()) co_return Result<void>();
  const Plan plan = MakePlan(session.target, session.live);
  for (const auto& [name, flow] : flows->second) {
    if (RecordedHash(flow).empty()) continue;
    std::vector<std::string> all;
    all.push_back(OtherDescription(session, kind, plan, name, flow));
    if (IsArchived(flow) && plan.Find(fmt::format("{}:{}", kind.kind, name)) != nullptr)
      all.emplace_back("was archived");
    const std::string recorded = flow.Tag(kContentTag);
    TL_CO_TRY(const std::string now, co_await ContentHash(session, kind, flow));
    if (!recorded.empty() && !now.empty() && now != recorded)
      all.emplace_back("its content was changed");
    for (std::string& what : all) {
      if (what.empty()) continue;
      drifted.push_back({.kind = std::string(kind.kind), .name = name, .what = std::move(what)});
    }
  }
  co_return Result<void>();
}

}  // namespace trunkline::deploy
