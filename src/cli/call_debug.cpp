#include "cli/call_debug.h"

#include <utility>

#include <fmt/format.h>

#include "app/debug_call.h"
#include "cli/caller.h"
#include "cli/fail.h"

namespace trunkline::cli {
namespace {

void Tell(World& world, const Result<std::string>& told) {
  if (told) return world.out.Write(*told);
  world.err.Write(fmt::format("note: {}\n", told.error().message()));
}

Result<std::string> Begin(app::DebugCall& call, const Arguments& arguments) {
  for (const std::string& name : arguments.All("--break")) TL_DO(call.Break(name));
  std::string begin = call.Begin();
  // The first action may be the one.
  if (!arguments.Has("--break") || call.debugger().IsAtBreakpoint()) return begin;
  return call.Do("continue");
}

}  // namespace

bool IsDebugged(const Arguments& arguments) {
  return arguments.Has("--debug") || arguments.Has("--break");
}

Exit DebugTheCall(World& world, const Arguments& arguments, app::OpenedCall opened) {
  if (arguments.Has("--json"))
    return Fail(world, arguments,
                Error(ErrorKind::kInvalid, "'--debug' talks to people: leave '--json' out"),
                Exit::kUsage);
  app::DebugCall call(std::move(opened), ScriptOf(arguments));
  const Result<std::string> began = Begin(call, arguments);
  if (!began) return Fail(world, arguments, began.error(), Exit::kUsage);
  world.out.Write(*began);
  std::string line;
  while (!call.WantsToQuit()) {
    if (world.in.IsTerminal()) world.err.Write("(debug) ");
    if (!world.in.ReadLine(line)) break;
    Tell(world, call.Do(line));
  }
  for (const std::string& missing : app::MissingMocks(call.debugger().rehearsal()))
    world.err.Write(
        fmt::format("note: nothing answered for '{0}': --mock '{0}=...' does\n", missing));
  return Exit::kDone;
}

}  // namespace trunkline::cli
