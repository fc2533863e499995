#include "app/own_program.h"

namespace trunkline::app {
namespace {

// The program interpreter's path stands in the first page of every dynamically linked executable.
bool IsStatic(std::string_view elf) {
  return elf.substr(0, 4096).find("/ld-linux") == std::string_view::npos;
}

Result<std::string> ReadProgram(const void* self) {
  return static_cast<const OwnProgram*>(self)->Read();
}

}  // namespace

Result<std::string> OwnProgram::Read() const {
  const std::string path = world.environment.GetOr("TRUNKLINE_BOOTSTRAP", world.self);
  TL_TRY(std::string bytes, world.files.Read(path));
  if (!embedded_cloud && !IsStatic(bytes)) {
    return Error(ErrorKind::kInvalid,
                 "'{}' is linked dynamically and does not run on Lambda; set TRUNKLINE_BOOTSTRAP "
                 "to the release binary (build/release/trunkline)",
                 path);
  }
  return bytes;
}

deploy::DeployWorld DeployWorldFor(AppWorld& world, Connection& connection,
                                   const OwnProgram& program) {
  return {.timers = connection.timers(),
          .clock = world.clock,
          .bootstrap = ReadProgram,
          .bootstrap_self = &program,
          .boundary = world.environment.GetOr("TRUNKLINE_PERMISSIONS_BOUNDARY", "")};
}

}  // namespace trunkline::app
