#include "cloud/function_access.h"

#include "cloud/access/act_as.h"
#include "cloud/arn.h"

namespace trunkline::cloud {

bool MayInvoke(Context& context, std::string_view function_arn, std::string_view service,
               std::string_view source_arn) {
  // A bucket's ARN names no account: it is the caller's.
  const auto source = ParseArn(source_arn);
  const std::string account =
      source && source->account.empty() ? context.caller.account : std::string();
  return access::ServiceMay(
      context,
      {.service = service, .source_arn = std::string(source_arn), .source_account = account},
      "lambda:InvokeFunction", function_arn);
}

}  // namespace trunkline::cloud
