// PutApprovalResult.
#include "base/hash.h"
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

// The newest run of the action whose approval is asked with this token. In PARALLEL mode there are
// several at once.
Answer<const Record*> FindApproval(Context& context, const json::Object& input) {
  const std::string_view token = input.GetString("token");
  for (const Record* record :
       context.store.List(context.RegionScope(), kAction, input.GetString("pipelineName"))) {
    const json::Object& body = record->body;
    if (body.GetString("Stage") != input.GetString("stageName") ||
        body.GetString("Action") != input.GetString("actionName")) {
      continue;
    }
    if (EqualsConstantTime(body.GetString("Token"), token)) return record;
    if (EqualsConstantTime(body.GetString("UsedToken"), token)) {
      return ServiceError("ApprovalAlreadyCompletedException",
                          "The approval action has already been approved or rejected.");
    }
  }
  return ServiceError("InvalidApprovalTokenException",
                      "The approval request already received a response or has expired.");
}

Answer<> PutApprovalResult(Context& context, const json::Object& input) {
  const std::string name(input.GetString("pipelineName"));
  TL_TRY(const Record* pipeline, FindPipeline(context, name));
  const json::Object* stage = FindStage(DeclarationOf(*pipeline), input.GetString("stageName"));
  if (!stage) return StageNotFound(name, input.GetString("stageName"));
  if (!FindAction(*stage, input.GetString("actionName")))
    return ActionNotFound(input.GetString("actionName"));
  TL_TRY(const Record* action, FindApproval(context, input));
  const std::string id = action->id;
  const json::Object& result = input.GetObject("result");
  ActionOutcome outcome;
  outcome.succeeded = result.GetString("status") == "Approved";
  outcome.summary = result.GetString("summary");
  if (!outcome.succeeded) {
    outcome.error_code = "JobFailed";
    outcome.error_message = outcome.summary.empty() ? "Rejected" : outcome.summary;
  }
  TL_DO(Change(context, name, [&](Progress& progress) -> Answer<void> {
    progress.EndAction(id, outcome, context.caller.arn);
    return {};
  }));
  return json::Object{{"approvedAt", Timestamp(context.Now())}};
}

constexpr Operation kOperations[] = {
    {.name = "PutApprovalResult", .handle = PutApprovalResult},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kApprovalOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
