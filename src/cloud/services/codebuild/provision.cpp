// PROVISIONING: the service role's credentials, a private folder, the log.
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "base/files.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/engine.h"
#include "cloud/services/codebuild/build_run.h"
#include "cloud/services/codebuild/build_variables.h"
#include "cloud/services/sts/sessions.h"

namespace trunkline::cloud::codebuild {
namespace {

namespace fs = std::filesystem;

// Where this program is: a buildspec that calls it finds it.
std::string OwnFolder() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? std::string() : self.parent_path().string();
}

// What the service's images have for keys of caches: one hash of several files.
constexpr std::string_view kHashFiles = "#!/bin/sh\ncat -- \"$@\" | sha256sum | cut -d ' ' -f 1\n";

Result<void> MakeFolders(const BuildRun& run) {
  DiskFiles files;
  for (const char* name : {"agent", "home", "tmp", "sources"})
    TL_DO(files.MakeFolder(JoinPath(run.folder, name)));
  TL_DO(files.Write(run.Agent("bin/codebuild-hash-files"), kHashFiles, 0755));
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

Answer<Caller> RoleSession(Context& state, const BuildRun& run) {
  const std::string_view role_arn = run.build.GetString("serviceRole");
  const std::string session = "AWSCodeBuild-" + run.uuid();
  if (run.settings.GetBool("inRole")) {
    TL_TRY(const sts::Role role, sts::FindRole(state, role_arn));
    return sts::SessionCaller(role, session);
  }
  const access::Deputy deputy{
      .service = "codebuild.amazonaws.com",
      .source_arn = MakeArn({state.caller.account, std::string(state.region)}, "codebuild",
                            fmt::format("project/{}", run.build.GetString("projectName"))),
      .source_account = {}};
  return access::ActAs(state, deputy, role_arn, session);
}

// From here on the build's own calls are its service role's. False: there is no such role, or it
// does not trust the service.
bool ActAsRole(BuildRun& run) {
  std::optional<Caller> caller;
  static_cast<void>(run.context
                        .State([&](Context& state) -> Answer<> {
                          TL_TRY(caller, RoleSession(state, run));
                          return json::Object();
                        })
                        .ok());
  if (!caller) return false;
  run.context = run.context.As(std::move(*caller), run.context.region());
  return true;
}

PhaseEnd OpenLog(BuildRun& run) {
  const LogTargets targets = ChooseTargets(run);
  run.log = std::make_unique<BuildLog>(run.context, targets);
  ShowLog(run, targets);
  const Answer<void> opened = run.log->Open();
  run.log->Note("Running on the embedded cloud");
  if (opened) return {};
  return Failed("ACCESS_DENIED",
                fmt::format("Service role {} does not allow AWS CodeBuild to create Amazon "
                            "CloudWatch Logs log streams for build {}. Error message: {}",
                            run.build.GetString("serviceRole"), run.build.GetString("arn"),
                            opened.error().message));
}

PhaseEnd MakeEnvironment(BuildRun& run) {
  auto environment = run.context.ChildEnvironment(run.build.GetString("serviceRole"),
                                                  "AWSCodeBuild-" + run.uuid());
  if (!environment) return Failed("CLIENT_ERROR", environment.error().message);
  run.environment = std::move(*environment);
  // Behind the wrapper of `aws`, which comes first.
  std::string& path = run.environment["PATH"];
  std::string own = run.Agent("bin");
  if (const std::string folder = OwnFolder(); !folder.empty()) own += ":" + folder;
  path.insert(std::min(path.size(), path.find(':')), ":" + own);
  return {};
}

}  // namespace

net::aw<PhaseEnd> Provision(BuildRun* run) {
  if (!ActAsRole(*run)) {
    co_return Failed("CLIENT_ERROR",
                     fmt::format("CodeBuild is not authorized to perform: sts:AssumeRole on {}",
                                 run->build.GetString("serviceRole")));
  }
  const std::string folder =
      JoinPath(run->context.data_folder(), "codebuild/builds/" + run->uuid());
  run->folder = fs::absolute(folder).string();
  run->source = run->folder + "/src";
  if (PhaseEnd end = OpenLog(*run); !end.ok()) co_return end;
  if (PhaseEnd end = CheckMachine(*run); !end.ok()) co_return end;
  if (PhaseEnd end = MakeEnvironment(*run); !end.ok()) co_return end;
  if (const auto made = MakeFolders(*run); !made)
    co_return Failed("INTERNAL_ERROR", made.error().message());
  co_return PhaseEnd();
}

}  // namespace trunkline::cloud::codebuild
