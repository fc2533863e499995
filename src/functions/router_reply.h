// What the router answers and writes to its log: JSON, in which no secret and no signature is.
#pragma once

#include <string>

#include "base/json.h"
#include "functions/router_start.h"

namespace trunkline::functions::router {

struct Reply {
  int status = 200;
  json::Object body;
};

// {"message": why}: nothing was done.
Reply Refuse(int status, std::string_view message);
// {"ignored": [{"what", "why"}]}, with empty lists beside it.
Reply Ignore(const Left& left);

// {"ok", "branch", "environment", "commit", "started": [{"pipeline", "execution"}],
//  "skipped", "ignored", "failed": [{"what", "why"}], "notes": []}
json::Object ToJson(const Routed& routed);
// 200, or 503 when something is still to be started: GitHub shows the delivery as failed then.
Reply ToReply(const Routed& routed);

// As API Gateway takes it.
json::Value ToHttp(const Reply& reply);

}  // namespace trunkline::functions::router
