#include "cloud/function_access.h"

#include "cloud/access/evaluate.h"
#include "cloud/arn.h"
#include "cloud/callers.h"

namespace trunkline::cloud {

bool MayInvoke(Context& context, std::string_view function_arn, std::string_view service,
               std::string_view source_arn) {
  const auto arn = ParseArn(function_arn);
  if (!arn || arn->service != "lambda") return false;
  const json::Object input{{"FunctionName", function_arn}};
  const auto answer =
      context.CallAs(RootCaller(arn->account), arn->region, "lambda", "GetPolicy", input);
  if (!answer) return false;
  access::Call call{.account = {},
                    .principal_arn = {},
                    .role_arn = {},
                    .service = std::string(service),
                    .action = "lambda:InvokeFunction",
                    .resource = std::string(function_arn),
                    .keys = {}};
  call.keys["aws:sourcearn"] = {std::string(source_arn)};
  if (const auto source = ParseArn(source_arn)) call.keys["aws:sourceaccount"] = {source->account};
  const access::Opinion opinion =
      access::Ask(*access::ReadPolicy(answer->GetString("Policy")), call, true);
  return opinion.effect == access::Effect::kAllow;
}

}  // namespace trunkline::cloud
