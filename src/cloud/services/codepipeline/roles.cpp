#include "cloud/services/codepipeline/roles.h"

#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

access::Deputy For(const Context& context, std::string_view pipeline) {
  return {.service = "codepipeline.amazonaws.com",
          .source_arn = PipelineArn(context, pipeline),
          .source_account = {}};
}

}  // namespace

bool ServiceMayAssume(Context& context, std::string_view pipeline, std::string_view role_arn) {
  const auto arn = ParseArn(role_arn);
  return arn && arn->account == context.caller.account &&
         access::MayActAs(context, For(context, pipeline), role_arn);
}

Answer<Caller> ActionSession(Context& context, const ActionRoles& roles, std::string_view session) {
  TL_TRY(Caller caller,
         access::ActAs(context, For(context, roles.pipeline), roles.pipeline_role, session));
  if (roles.action_role.empty() || roles.action_role == roles.pipeline_role) return caller;
  return access::ActFurther(context, caller, roles.action_role, session);
}

}  // namespace trunkline::cloud::codepipeline
