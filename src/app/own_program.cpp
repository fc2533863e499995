#include "app/own_program.h"

#include "base/zip.h"

namespace trunkline::app {
namespace {

// The program interpreter's path stands in the first page of every dynamically linked executable.
bool IsStatic(std::string_view elf) {
  return elf.substr(0, 4096).find("/ld-linux") == std::string_view::npos;
}

Result<std::string> ZipProgram(const void* self) {
  return static_cast<const OwnProgram*>(self)->Zip();
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

Result<std::string> OwnProgram::Zip() const {
  if (!zip.empty()) return zip;
  TL_TRY(std::string bytes, Read());
  std::vector<ZipEntry> entries;
  entries.push_back({.name = "bootstrap", .bytes = std::move(bytes), .mode = 0755});
  TL_TRY(zip, WriteZip(std::move(entries)));
  return zip;
}

deploy::DeployWorld DeployWorldFor(AppWorld& world, Connection& connection,
                                   const OwnProgram& program) {
  return {.timers = connection.timers(),
          .clock = world.clock,
          .program_zip = ZipProgram,
          .program_self = &program,
          .boundary = world.environment.GetOr("TRUNKLINE_PERMISSIONS_BOUNDARY", "")};
}

}  // namespace trunkline::app
