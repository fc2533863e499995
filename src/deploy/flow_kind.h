// Flows and flow modules are delivered the same way; what differs is the names of the API's
// operations and members.
//
// Flows refer to each other in cycles, so a missing one is first created as a minimal valid stub.
// Then every content is linked against the instance and written in one pass. The hash of what was
// applied goes into the tags last: an interrupted run leaves a stub without hash, and the next run
// goes on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "deploy/resource.h"
#include "flow/link.h"

namespace trunkline::deploy {

struct FlowKind {
  std::string_view kind;        // "flow"
  std::string_view stub_kind;   // "flow stub"
  std::string_view search;      // SearchContactFlows
  std::string_view list;        // its list member
  std::string_view create;      // CreateContactFlow
  std::string_view created_id;  // ContactFlowId
  std::string_view created_arn;
  std::string_view update_content;  // UpdateContactFlowContent
  std::string_view update_metadata;
  std::string_view describe;
  std::string_view described;  // ContactFlow
  std::string_view id;         // ContactFlowId: the label of the operations above
  std::string_view state;      // ContactFlowState: the member of update_metadata
  std::string_view remove;     // DeleteContactFlow
  std::string_view sha;        // FlowContentSha256
  bool is_module = false;

  // What every operation on one of them takes.
  json::Object Where(const Session& session, std::string_view flow_id) const;
  const std::vector<center::Flow>& Of(const center::Center& center) const {
    return is_module ? center.modules : center.flows;
  }
};

bool IsArchived(const LiveResource& flow);

extern const FlowKind kFlows;
extern const FlowKind kModules;

net::aw<Result<void>> ReadFlows(Session& session, const FlowKind& kind);
void PlanStubs(const Target& target, const Live& live, const FlowKind& kind, Plan& plan);
void PlanContents(const Target& target, const Live& live, const FlowKind& kind, Plan& plan);
net::aw<Result<void>> ApplyStub(Session& session, const FlowKind& kind, const Change& change);
net::aw<Result<void>> ApplyContent(Session& session, const FlowKind& kind, const Change& change);

}  // namespace trunkline::deploy
