// How one action runs: what it gets, and what it answers with.
//
// An action is a coroutine that is run by a job: when the cloud is restarted, it is run again with
// what it kept in `progress`, and goes on watching what it started. It may answer `pending`: then
// somebody else ends it (PutApprovalResult, PutJobSuccessResult, its time limit).
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/codepipeline/roles.h"
#include "cloud/wait.h"
#include "net/async.h"

namespace trunkline::cloud::codepipeline {

struct ActionOutcome {
  bool pending = false;
  bool succeeded = false;
  std::string error_code;  // JobFailed, ConfigurationError, PermissionError...
  std::string error_message;
  std::string external_id;
  std::string external_url;
  std::string summary;
  std::string log_stream_arn;
  json::Array outputs;     // [{"name", "s3location": {"bucket", "key"}}]
  json::Object variables;  // of the action's namespace
  json::Object revision;   // of a source: revisionId, revisionChangeIdentifier, revisionSummary,
                           // revisionUrl, created

  ActionOutcome() = default;
  // A failure: access that was denied is a PermissionError, all else a ConfigurationError.
  ActionOutcome(const ServiceError& error);  // NOLINT(google-explicit-constructor)
  static ActionOutcome Pending();
  static ActionOutcome Success();
  static ActionOutcome Failure(std::string_view code, std::string_view message);
};

struct ActionOrder {
  WaitContext context;  // the root of the pipeline's account, in the pipeline's Region
  WaitContext actor;    // the action's role, in the action's Region
  std::string pipeline;
  std::string execution;
  std::string stage;
  std::string name;
  std::string id;              // actionExecutionId
  std::string role_arn;        // of `actor`
  json::Object declaration;    // of the action
  json::Object configuration;  // its variables resolved
  json::Array inputs;          // [{"name", "s3location", "revision"}] in the action's Region
  json::Object store;          // the artifact store of the action's Region
  json::Object source;         // the revision this execution is to use, or empty
  json::Object progress;       // what Keep kept

  // A text of the configuration.
  std::string Get(std::string_view key) const { return std::string(configuration.GetString(key)); }
  // Writes down where the action stands; also shown as external execution when given.
  void Keep(json::Object now, std::string_view external_id = {}, std::string_view external_url = {},
            std::string_view summary = {}) const;
  bool StillWanted() const;  // false: abandoned or timed out in between
};

// Resolves what the action needs and runs it: the job of every action execution.
net::aw<Answer<>> RunAction(WaitContext context, json::Object payload);

// Calls as the pipeline's role and then, when it is another, as the action's role.
Answer<WaitContext> AssumeRoles(const WaitContext& context, const ActionRoles& roles,
                                std::string_view session, std::string_view region);

// How long a watcher waits before it looks again: AWS polls every few seconds.
inline constexpr Milliseconds kPollInterval{100};

}  // namespace trunkline::cloud::codepipeline
