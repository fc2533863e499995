#include "cli/fail.h"

#include "base/finding_json.h"
#include "base/json_write.h"

namespace trunkline::cli {

Exit Fail(World& world, const Arguments& arguments, const Error& error, Exit exit) {
  world.err.Write(error.ToText() + "\n");
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(json::Object{{"error", ToJson(error)}}));
  }
  return exit;
}

}  // namespace trunkline::cli
