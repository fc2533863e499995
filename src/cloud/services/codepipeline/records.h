// Pipelines and what runs in them: the records.
//
// All in the scope of an account and Region:
//   {"codepipeline","pipeline"}  id and name: the pipeline's name; body: "Declaration" (with its
//     version), "Created", "Updated", "Tags", "Sequence" (of executions and actions), "Structure"
//     (a number that a change of stages raises), "Active" (ids of executions that have not ended,
//     oldest first), "Stages": by stage name what GetPipelineState shows: "Latest", "Actions"
//     (action name -> execution id), "Transition", "Conditions", "Retry"; "Seen": by source action
//     the revision that was found last
//   {"codepipeline","version"}   id "<pipeline>:<version>", parent: the pipeline; body:
//     {"Declaration"}
//   {"codepipeline","execution"} id: the execution's; parent: the pipeline; name: newest first.
//     Body: see progress.h
//   {"codepipeline","action"}    one run of one action: id: actionExecutionId; parent: the
//     pipeline; name: newest first. Body: "Execution", "Stage", "Action", "Version", "Status",
//     "Declaration", "Resolved", "Inputs", "Outputs", "Variables", "Result", "Progress", "Token"...
//   {"codepipeline","rule"}      the same of a rule of a condition
//   {"codepipeline","job"}       what a Lambda function or job worker is to do (jobs.h)
//   {"codepipeline","start"}     id "<pipeline>/<clientRequestToken>", parent: the pipeline; body:
//     {"Execution"}
//   {"codepipeline","webhook"}   id and name: the webhook's name; body: as ListWebhooks shows it
//   {"codepipeline","type"}      a custom action type: id "Category:Provider:Version"; body: as
//     ListActionTypes shows it
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::codepipeline {

inline constexpr Kind kPipeline{"codepipeline", "pipeline"};
inline constexpr Kind kVersion{"codepipeline", "version"};
inline constexpr Kind kExecution{"codepipeline", "execution"};
inline constexpr Kind kAction{"codepipeline", "action"};
inline constexpr Kind kRule{"codepipeline", "rule"};
inline constexpr Kind kWork{"codepipeline", "job"};
inline constexpr Kind kStart{"codepipeline", "start"};
inline constexpr Kind kWebhook{"codepipeline", "webhook"};
inline constexpr Kind kCustomType{"codepipeline", "type"};

// PipelineNotFoundException.
Answer<const Record*> FindPipeline(Context& context, std::string_view name);
// The newest, or the one of that version.
const json::Object& DeclarationOf(const Record& pipeline);
std::string VersionId(std::string_view pipeline, std::int64_t version);

// PipelineExecutionNotFoundException, also for an execution of another pipeline.
Answer<const Record*> FindExecution(Context& context, std::string_view pipeline,
                                    std::string_view id);

// The stage of a declaration, or nullptr.
const json::Object* FindStage(const json::Object& declaration, std::string_view name);
// The action of a stage, or nullptr.
const json::Object* FindAction(const json::Object& stage, std::string_view name);
ServiceError StageNotFound(std::string_view pipeline, std::string_view stage);
ServiceError ActionNotFound(std::string_view action);
ServiceError ValidationError(std::string_view message);

std::string PipelineArn(const Context& context, std::string_view name);
// A name that sorts newer numbers first.
std::string NewestFirst(std::int64_t sequence);
json::Value Timestamp(TimePoint time);

// The object under `key`, made when it is not there.
json::Object& Part(json::Object& object, std::string_view key);
// The list under `key`, made when it is not there.
json::Array& PartList(json::Object& object, std::string_view key);
// Copies the member if it is there.
void CopyMember(const json::Object& from, std::string_view key, json::Object& to,
                std::string_view as = {});

}  // namespace trunkline::cloud::codepipeline
