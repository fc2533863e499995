// The use case behind `trunkline export`: a live instance's flows and modules as files of a
// monorepo.
#pragma once

#include <string>
#include <vector>

#include "app/connection.h"
#include "deploy/export.h"

namespace trunkline::app {

struct ExportArgs {
  std::string instance;    // id, ARN or alias
  std::string folder;      // where the monorepo is, or begins
  bool samples = false;    // also what every instance comes with
  bool overwrite = false;  // also files that somebody else wrote, or changed since
  std::string region;
  std::string endpoint_url;
  std::string profile;
  RoleArgs role;
};

struct ExportReport {
  std::string instance;            // its alias
  std::vector<std::string> files;  // written, in the order of the export
  deploy::ExportOutcome outcome;   // its findings also name what could not be resolved
  std::size_t unresolved = 0;
};

// What was exported is recorded in the folder (kExportRecord): the same command again reads what
// changed since, or was not reached before. kConflict: a file is in the way.
inline constexpr std::string_view kExportRecord = ".trunkline-export.json";
Result<ExportReport> ExportInstance(AppWorld& world, const ExportArgs& args);

std::string ToText(const ExportReport& report);
json::Object ToJson(const ExportReport& report);

}  // namespace trunkline::app
