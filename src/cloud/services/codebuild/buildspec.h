// Buildspec: what a buildspec file (version 0.2) says, checked.
//
// Written from the reference of the service ("Build specification reference for CodeBuild"). Errors
// begin with what the service calls them: "YAML_FILE_ERROR".
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::codebuild {

struct PhaseSpec {
  bool present = false;
  std::vector<std::string> commands;
  std::vector<std::string> finally;
  std::string on_failure;  // "", "ABORT", "CONTINUE", "RETRY..."
  std::string run_as;
  std::vector<std::pair<std::string, std::string>> runtime_versions;
};

struct ArtifactSpec {
  std::vector<std::string> files;
  std::vector<std::string> exclude_paths;
  std::string base_directory;
  std::string name;
  std::string s3_prefix;
  bool discard_paths = false;
  bool enable_symlinks = false;
};

struct ReportSpec {
  std::string group;  // a name or an ARN
  std::vector<std::string> files;
  std::string base_directory;
  bool discard_paths = false;
  std::string format = "JUNITXML";
};

struct CacheSpec {
  std::vector<std::string> paths;
  std::string key;
  std::vector<std::string> fallback_keys;
  bool restore = true;
  bool save = true;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Buildspec {
  std::string shell;  // "", "sh", "bash", a path
  std::string run_as;
  Pairs variables;
  Pairs parameter_store;
  Pairs secrets_manager;
  std::vector<std::string> exported_variables;
  bool git_credential_helper = false;
  // INSTALL, PRE_BUILD, BUILD, POST_BUILD
  std::array<PhaseSpec, 4> phases;
  std::vector<ReportSpec> reports;
  std::optional<ArtifactSpec> artifacts;
  std::vector<std::pair<std::string, ArtifactSpec>> secondary_artifacts;
  CacheSpec cache;
  json::Object batch;  // as it stands
};

inline constexpr std::array<std::string_view, 4> kPhaseNames = {"INSTALL", "PRE_BUILD", "BUILD",
                                                                "POST_BUILD"};
inline constexpr std::array<std::string_view, 4> kPhaseKeys = {"install", "pre_build", "build",
                                                               "post_build"};

// The error's message has no "YAML_FILE_ERROR: " in front.
Result<Buildspec> ReadBuildspec(std::string_view text);

}  // namespace trunkline::cloud::codebuild
