// Work: what a Lambda function or a job worker is to do for an action or a rule, and is to answer
// for with PutJobSuccessResult or PutJobFailureResult.
//
// A record's body: "Pipeline", "Action" or "Rule" (the id of its execution), "Status" (Queued,
// Dispatched, InProgress, Succeeded, Failed), "Nonce", "Data" (JobData without credentials),
// "Role" and "PipelineRole" (the credentials are theirs), "Region", "Outputs". Its parent is the
// type of action, by which job workers poll.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/codepipeline/action_run.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {

// Makes the work of an action (kAction) or a rule (kRule); the answer is the job's id. An order
// that kept one gets the same again.
Answer<std::string> MakeWork(const ActionOrder& order, Kind kind);

// For a custom action: pending until a worker has done it.
ActionOutcome GiveToWorker(const ActionOrder& order);

// JobData with fresh credentials for the artifacts.
ActionRoles RolesOfWork(const json::Object& work);
Answer<json::Object> DataOfWork(Context& context, const Record& work);

// Invokes the function of a work in the order's Region; asynchronous, as CodePipeline does it.
net::aw<Answer<void>> InvokeForWork(WaitContext context, WaitContext actor, std::string work,
                                    std::string function);

}  // namespace trunkline::cloud::codepipeline
