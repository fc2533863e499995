#include "cloud/execute_api/rest_api.h"

#include "cloud/execute_api/answer.h"

namespace trunkline::cloud::execute_api {

net::aw<net::Response> ServeRestApi(WaitContext /*context*/, ApiCall& /*call*/, Place /*place*/) {
  co_return MessageAnswer(403, "Forbidden");
}

}  // namespace trunkline::cloud::execute_api
