// DOWNLOAD_SOURCE: the sources, the cache, the buildspec, the environment, the shell.
#include "cloud/services/codebuild/build_source.h"

#include <fmt/format.h>

#include "cloud/services/codebuild/build_cache.h"
#include "cloud/services/codebuild/build_commands.h"
#include "cloud/services/codebuild/build_variables.h"

namespace trunkline::cloud::codebuild {
namespace {

// The version of a secondary source stands beside it.
std::string SecondaryVersion(const json::Object& build, std::string_view identifier) {
  for (const json::Value& one : build.GetArray("secondarySourceVersions")) {
    const json::Object& version = one.AsObject();
    if (version.GetString("sourceIdentifier") == identifier)
      return std::string(version.GetString("sourceVersion"));
  }
  return {};
}

net::aw<Answer<void>> FetchAll(BuildRun* run) {
  SourceRequest primary{.source = run->build.GetObject("source"),
                        .version = std::string(run->build.GetString("sourceVersion")),
                        .folder = run->source};
  auto version = co_await FetchSource(run->context, std::move(primary));
  if (!version) co_return std::move(version).error();
  run->resolved_version = std::move(*version);
  for (const json::Value& value : run->build.GetArray("secondarySources")) {
    const std::string identifier(value.AsObject().GetString("sourceIdentifier"));
    SourceRequest request{.source = value.AsObject(),
                          .version = SecondaryVersion(run->build, identifier),
                          .folder = run->folder + "/sources/" + identifier};
    run->source_folders[identifier] = request.folder;
    auto fetched = co_await FetchSource(run->context, std::move(request));
    if (!fetched) co_return std::move(fetched).error();
  }
  co_return Answer<void>();
}

void NotePhases(BuildRun& run) {
  std::size_t found = 0;
  for (const PhaseSpec& phase : run.spec.phases) found += phase.present ? 1 : 0;
  run.log->Note(fmt::format("Phases found in YAML: {}", found));
  for (std::size_t i = 0; i < kPhaseNames.size(); ++i) {
    const PhaseSpec& phase = run.spec.phases.at(i);
    if (!phase.present) continue;
    run.log->Note(fmt::format(" {}: {} commands", kPhaseNames.at(i), phase.commands.size()));
  }
}

PhaseEnd ReadSpec(BuildRun& run) {
  const json::Object& source = run.build.GetObject("source");
  const auto text = FindBuildspec(run.context, source, run.source);
  if (!text) return Failed("YAML_FILE_ERROR", text.error().message());
  auto spec = ReadBuildspec(*text);
  if (!spec) return Failed("YAML_FILE_ERROR", spec.error().message());
  run.spec = std::move(*spec);
  if (!run.spec.run_as.empty())
    run.log->Note(fmt::format("run-as {} has no effect on this cloud", run.spec.run_as));
  return {};
}

}  // namespace

net::aw<PhaseEnd> DownloadSource(BuildRun* run) {
  run->log->Note("Phase is DOWNLOAD_SOURCE");
  const Answer<void> fetched = co_await FetchAll(run);
  if (run->ended()) co_return PhaseEnd();
  if (!fetched) co_return Failed("CLIENT_ERROR", fetched.error().message);
  if (!run->resolved_version.empty()) {
    run->Change(
        [&](json::Object& build) { build.Set("resolvedSourceVersion", run->resolved_version); });
  }
  run->log->Note("CODEBUILD_SRC_DIR=" + run->source);
  if (PhaseEnd end = ReadSpec(*run); !end.ok()) co_return end;
  run->log->Note("Processing environment variables");
  AddBuildVariables(*run);
  if (PhaseEnd end = AddOwnVariables(*run); !end.ok()) co_return end;
  if (const auto started = StartShell(*run); !started)
    co_return Failed("CLIENT_ERROR", started.error().message());
  co_await RestoreCache(run);
  NotePhases(*run);
  co_return PhaseEnd();
}

}  // namespace trunkline::cloud::codebuild
