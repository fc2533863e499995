// The embedded cloud's own interfaces, below /_trunkline. Real AWS has nothing like them.
#pragma once

#include <string>

#include "app/world.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::app {

// Posts JSON and gives the answer's object. `what` is what is answered, for the message when
// somebody else answers: "a contact".
Result<json::Object> PostToCloud(AppWorld& world, const std::string& endpoint_url,
                                 const std::string& path, const json::Object& body,
                                 std::string_view what);

}  // namespace trunkline::app
