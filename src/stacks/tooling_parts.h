// The parts of the tooling stack, and what they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "center/center.h"
#include "stacks/template.h"

namespace trunkline::stacks {

struct ToolingView {
  const center::Center& center;
  const center::Tooling& tooling;
  std::vector<const center::Environment*> environments;  // enabled ones
  std::vector<std::string> projects;  // with pipelines, in delivery order; not devops-pipelines
  std::vector<std::string> regions;   // used by any pipeline, the tooling account's first

  bool Triggers() const {
    return center.settings.pipelines.started_by == center::StartedBy::kTriggers;
  }
  const std::string& ToolingBranch() const { return *center.settings.pipelines.tooling_branch; }
  // A person has to agree before the environment is delivered to.
  bool NeedsApproval(const center::Environment& environment) const;
};
ToolingView MakeToolingView(const center::Center& center);

// devops.json names a connection of the tooling account: not the template's zeros.
bool HasConnection(const center::Tooling& tooling);
// The connection's ARN: that of devops.json, else that of the one the stack makes.
json::Value ConnectionArn(const ToolingView& view);

// The artifact store's key in a Region: a parameter of the stack.
json::Object KeyOf(std::string_view region);

void AddConnection(Template& stack, const ToolingView& view);
void AddNotices(Template& stack, const ToolingView& view);  // topic, e-mail, failed executions
void AddWebhook(Template& stack, const ToolingView& view);  // API, router, secret, ledger
// GithubApi and GithubTokenArn. They stay when triggers take the router's place: the pipeline that
// deploys the new stack is still the old one, and names them.
void AddWebhookParameters(Template& stack);
void AddBuilds(Template& stack, const ToolingView& view);     // CodeBuild projects
void AddPipelines(Template& stack, const ToolingView& view);  // and their roles
void AddOwnRoles(Template& stack);                            // boundary, service role of the stack

// The boundary of every role of the stack.
json::Object ToolingBoundary();
// Reading and writing artifacts of these Regions, with their keys.
json::Array ArtifactStatements(const ToolingView& view, const std::vector<std::string>& regions);
// Reading those of the tooling account's Region only.
json::Array ReadArtifactStatements(const ToolingView& view);

}  // namespace trunkline::stacks
