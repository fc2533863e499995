// HTTP messages as JSON, to be carried through what waits with a limit (cloud/within.h). Bodies are
// bytes; a json::Value carries them unchanged.
#pragma once

#include "base/json.h"
#include "net/http.h"

namespace trunkline::cloud::execute_api {

json::Object PackRequest(net::Request request);
net::Request UnpackRequest(json::Object& packed);
json::Object PackResponse(net::Response response);
net::Response UnpackResponse(json::Object& packed);

}  // namespace trunkline::cloud::execute_api
