// BuildRun: one build while it runs, as the files that do its phases share it.
//
// Lives in the frame of the job that runs the build (run_build.cpp). Functions that wait take it by
// pointer: the frame waits for them. When the cloud goes, the frame goes, and with it the shell and
// all it started.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cloud/services/codebuild/build_log.h"
#include "cloud/services/codebuild/build_shell.h"
#include "cloud/services/codebuild/build_state.h"
#include "cloud/services/codebuild/buildspec.h"
#include "cloud/services/codebuild/running_builds.h"
#include "cloud/wait.h"

namespace trunkline::cloud::codebuild {

struct BuildRun {
  BuildRun(WaitContext where, std::string build_id)
      : context(std::move(where)), id(std::move(build_id)) {}
  ~BuildRun() {
    if (control) control->kill = nullptr;
  }
  BuildRun(const BuildRun&) = delete;
  BuildRun& operator=(const BuildRun&) = delete;

  WaitContext context;
  std::string id;         // "<project>:<uuid>"
  json::Object build;     // as it was when it was started
  json::Object settings;  // start_build.h
  std::shared_ptr<BuildControl> control;

  std::string folder;  // private to this build: src, sources, agent, home, tmp
  std::string source;  // CODEBUILD_SRC_DIR
  std::map<std::string, std::string> source_folders;  // of secondary sources, by identifier
  std::string resolved_version;                       // of the primary source
  std::map<std::string, std::string> environment;
  Buildspec spec;
  std::unique_ptr<BuildLog> log;
  std::unique_ptr<BuildShell> shell;
  bool succeeding = true;         // no phase has failed yet
  std::string failure;            // the first failed phase's message: what RETRY looks at
  std::int64_t retries_left = 0;  // as a failed phase's on-failure says

  std::string uuid() const { return id.substr(id.find(':') + 1); }
  std::string project() const { return id.substr(0, id.find(':')); }
  std::string Agent(std::string_view name) const { return folder + "/agent/" + std::string(name); }
  bool ended() const { return !control->ended.empty(); }
  // Changes the build's record. False: it has ended, or is gone.
  bool Change(const std::function<void(json::Object& build)>& change) const;
};

// ---- the phases' work; each says how its phase ends

net::aw<PhaseEnd> Provision(BuildRun* run);                       // provision.cpp
net::aw<PhaseEnd> DownloadSource(BuildRun* run);                  // build_source.cpp
net::aw<PhaseEnd> RunCommands(BuildRun* run, std::size_t phase);  // build_commands.cpp
net::aw<PhaseEnd> UploadArtifacts(BuildRun* run);                 // build_artifacts.cpp

}  // namespace trunkline::cloud::codebuild
