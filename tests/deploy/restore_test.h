// RestoreTest: a change that works, then one that fails, in a run that is put back.
#pragma once

#include <string_view>

#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {

class RestoreTest : public DeployTest {
 protected:
  RestoreTest() {
    HaveInstance();
    Have("hours", "Basic Hours").id = "h-basic";
    aws.Fails("ssm:PutParameter", "ParameterLimitExceeded", "too many");
  }
  // The change, then one that fails.
  Applied Fail(std::string_view kind, std::string_view name, Action action) {
    Plan plan;
    Change change{.kind = std::string(kind), .name = std::string(name), .action = action};
    Change failing{.kind = "parameter", .name = "p", .action = Action::kUpdate};
    failing.after = {change.Id()};
    plan.changes.push_back(std::move(change));
    plan.changes.push_back(std::move(failing));
    ApplyOptions options;
    options.rollback = true;
    return Apply(plan, options);
  }
};

}  // namespace trunkline::deploy::tests
