// A stack's operation: a job that goes through phases, each of which can be taken up again after a
// restart.
//
//   apply            -> cleanup | done, or when something fails:
//                    -> rollback-create | delete | rollback | done
//   cleanup          -> done
//   rollback         -> rollback-cleanup | done
//   rollback-cleanup, rollback-create, delete -> done
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {

struct OperationOrder {
  std::string kind;    // "CREATE", "UPDATE", "DELETE", "IMPORT", "ROLLBACK"
  std::string phase;   // where it begins
  std::string from;    // the stable revision; empty when there is none
  std::string to;      // the revision to be carried out
  std::string status;  // of the stack, from now on
  std::string reason = "User Initiated";
  std::string role_arn;
  std::string token;     // ClientRequestToken
  json::Object members;  // further members of the record: OnFailure, Retained, Skip, Imports, ...
};

// Writes the operation down, sets the stack's status and schedules the job. The answer is its id.
Answer<std::string> StartOperation(Context& context, const StackIdentity& stack,
                                   OperationOrder order);

}  // namespace trunkline::cloud::cloudformation
