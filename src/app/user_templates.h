// The user's own CloudFormation templates of a monorepo (*.template.json|yaml|yml in
// supporting-infra and lambdas): each becomes a stack in each Region of an environment.
//
// What is deployed is what the commit has: the pipelines do not name the templates, so a new one
// needs no update of theirs. A stack whose template left the monorepo stays as it is.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/open_environment.h"
#include "base/result.h"

namespace trunkline::app {

struct TemplateArgs {
  EnvironmentArgs where;
  std::string project;         // empty: both
  std::string stack_role_arn;  // of CloudFormation; empty: the caller's rights
};

struct DeployedTemplate {
  std::string file;
  std::string stack;
  std::string region;
  bool changed = false;
};

// One after the other, by project and file name, in the primary Region first. `tell` gets a line
// for each, and for what happens to the resources. Errors name the stack and what failed first;
// what was deployed before stays.
Result<std::vector<DeployedTemplate>> DeployTemplates(
    AppWorld& world, const TemplateArgs& args, const std::function<void(const std::string&)>& tell);

}  // namespace trunkline::app
