// PROVISIONING: the service role's credentials, a private folder, the log.
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "base/files.h"
#include "cloud/engine.h"
#include "cloud/services/codebuild/build_run.h"
#include "cloud/services/codebuild/build_variables.h"

namespace trunkline::cloud::codebuild {
namespace {

namespace fs = std::filesystem;

// Where this program is: a buildspec that calls it finds it.
std::string OwnFolder() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? std::string() : self.parent_path().string();
}

Result<void> MakeFolders(const BuildRun& run) {
  DiskFiles files;
  for (const char* name : {"agent", "home", "tmp", "src", "sources"})
    TL_DO(files.MakeFolder(JoinPath(run.folder, name)));
  std::error_code error;
  fs::permissions(run.folder, fs::perms::owner_all, error);
  if (error) return Error(ErrorKind::kDenied, "cannot protect '{}'", run.folder);
  return {};
}

LogTargets ChooseTargets(const BuildRun& run) {
  const json::Object& logs = run.build.GetObject("logs");
  const json::Object& cloudwatch = logs.GetObject("cloudWatchLogs");
  LogTargets targets;
  targets.stream = run.uuid();
  if (const auto prefix = cloudwatch.GetString("streamName"); !prefix.empty())
    targets.stream = fmt::format("{}/{}", prefix, run.uuid());
  if (cloudwatch.GetString("status") == "ENABLED")
    targets.group = cloudwatch.GetString("groupName", "/aws/codebuild/" + run.project());
  targets.keep_text = logs.GetObject("s3Logs").GetString("status") == "ENABLED";
  return targets;
}

void ShowLog(BuildRun& run, const LogTargets& targets) {
  json::Object logs = run.build.GetObject("logs");
  const std::string& region = run.context.region();
  if (!targets.group.empty()) {
    logs.Set("groupName", targets.group);
    logs.Set("streamName", targets.stream);
    logs.Set("deepLink",
             fmt::format("https://console.aws.amazon.com/cloudwatch/home?region={}#logsV2:"
                         "log-groups/log-group/{}/log-events/{}",
                         region, targets.group, targets.stream));
    logs.Set("cloudWatchLogsArn",
             fmt::format("arn:aws:logs:{}:{}:log-group:{}:log-stream:{}", region,
                         run.context.caller().account, targets.group, targets.stream));
  }
  if (targets.keep_text) {
    const std::string place =
        fmt::format("{}/{}.gz", logs.GetObject("s3Logs").GetString("location"), run.uuid());
    logs.Set("s3LogsArn", "arn:aws:s3:::" + place);
    logs.Set("s3DeepLink", "https://s3.console.aws.amazon.com/s3/object/" + place);
  }
  run.Change([&](json::Object& build) { build.Set("logs", logs); });
  run.build.Set("logs", std::move(logs));
}

// The machine's own rules: what this cloud runs is its own machine.
PhaseEnd CheckMachine(const BuildRun& run) {
  const std::string_view type = run.build.GetObject("environment").GetString("type");
  if (type.find("WINDOWS") == std::string_view::npos && type != "MAC_ARM") return {};
  return Failed("CLIENT_ERROR",
                fmt::format("environment type {} is not implemented by this cloud: builds run on "
                            "the Linux machine it runs on",
                            type));
}

}  // namespace

net::aw<PhaseEnd> Provision(BuildRun* run) {
  const LogTargets targets = ChooseTargets(*run);
  run->log = std::make_unique<BuildLog>(run->context, targets);
  ShowLog(*run, targets);
  run->log->Note("Running on the embedded cloud");
  if (PhaseEnd end = CheckMachine(*run); !end.ok()) co_return end;
  auto environment = run->context.ChildEnvironment(run->build.GetString("serviceRole"),
                                                   "AWSCodeBuild-" + run->uuid());
  if (!environment) {
    co_return Failed("CLIENT_ERROR",
                     fmt::format("CodeBuild is not authorized to perform: sts:AssumeRole on {}",
                                 run->build.GetString("serviceRole")));
  }
  run->environment = std::move(*environment);
  // Behind the wrapper of `aws`, which comes first.
  std::string& path = run->environment["PATH"];
  const std::string own = OwnFolder();
  const std::size_t first = path.find(':');
  if (!own.empty() && first != std::string::npos) path.insert(first, ":" + own);
  run->folder =
      fs::absolute(JoinPath(run->context.data_folder(), "codebuild/builds/" + run->uuid()))
          .string();
  run->source = run->folder + "/src";
  if (const auto made = MakeFolders(*run); !made)
    co_return Failed("INTERNAL_ERROR", made.error().message());
  co_return PhaseEnd();
}

}  // namespace trunkline::cloud::codebuild
