#include "cloud/function_access.h"

#include "cloud/access/act_as.h"

namespace trunkline::cloud {

bool MayInvoke(Context& context, std::string_view function_arn, std::string_view service,
               std::string_view source_arn) {
  return access::ServiceMay(
      context, {.service = service, .source_arn = std::string(source_arn), .source_account = {}},
      "lambda:InvokeFunction", function_arn);
}

}  // namespace trunkline::cloud
