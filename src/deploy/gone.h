// What Trunkline delivered and the center has no more: set aside, archived or deleted.
//
// Only what carries 'trunkline:managed' is looked at, and nothing of a CloudFormation stack.
// Queues, hours and prompts are deleted, once nothing of the center leads to them; functions and
// bots are not looked for (trunkline destroy). Flows and modules are never deleted: a number may
// lead to them, and somebody may want them back. They are renamed to z_<name> (as the workshop
// does) or archived; a flow of that name that comes back into the monorepo takes the one that was
// set aside, with its id, its numbers and its history.
#pragma once

#include <string>

#include "deploy/flow_kind.h"

namespace trunkline::deploy {

inline constexpr std::string_view kSetAsidePrefix = "z_";

// Delivered by Trunkline and not of the center (any more), set aside or not.
bool IsLeftOver(const Target& target, const FlowKind& kind, const std::string& name,
                const LiveResource& flow);
// The same, and still in service: neither set aside nor archived.
bool IsGone(const Target& target, const FlowKind& kind, const std::string& name,
            const LiveResource& flow);

void PlanGone(const Target& target, const Live& live, Plan& plan);

// kSetAside and kArchive.
net::aw<Result<void>> ApplyGone(Session& session, const FlowKind& kind, const Change& change);

// The one that was set aside when `flow` left the monorepo; nullptr: none.
const LiveResource* FindSetAside(const Live& live, const FlowKind& kind, const center::Flow& flow);
net::aw<Result<void>> BringBack(Session& session, const FlowKind& kind, const center::Flow& flow);

}  // namespace trunkline::deploy
