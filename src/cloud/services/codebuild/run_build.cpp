// The job that runs a build: waits for its turn, does phase after phase, ends it.
//
// What is known of a build is its record, so a build that was under way when the cloud was stopped
// is seen by that: it has left the queue. It cannot be taken up again, and ends as a fault.
#include <filesystem>

#include <fmt/format.h>

#include "base/files.h"
#include "base/gzip.h"
#include "cloud/engine.h"
#include "cloud/job_kinds.h"
#include "cloud/services/codebuild/build_run.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/retry.h"
#include "cloud/services/codebuild/s3_access.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr Milliseconds kLookAgain{200};

enum class Begin { kGone, kQueued, kInterrupted };

Begin Load(BuildRun& run) {
  Begin begin = Begin::kGone;
  static_cast<void>(run.context
                        .State([&](Context& context) -> Answer<> {
                          const Record* record =
                              context.store.Find(context.RegionScope(), kBuild, run.id);
                          if (!record || IsComplete(record->body.GetObject("build")))
                            return json::Object();
                          run.build = record->body.GetObject("build");
                          run.settings = record->body.GetObject("settings");
                          begin = run.build.GetString("currentPhase") == "QUEUED"
                                      ? Begin::kQueued
                                      : Begin::kInterrupted;
                          return json::Object();
                        })
                        .ok());
  return begin;
}

std::string FolderOf(const BuildRun& run) {
  return JoinPath(run.context.data_folder(), "codebuild/builds/" + run.uuid());
}

void Complete(const BuildRun& run, const PhaseEnd& end, std::string_view status) {
  run.Change(
      [&](json::Object& build) { CompleteBuild(build, end, status, run.context.clock().Now()); });
}

void EndInterrupted(const BuildRun& run) {
  const PhaseEnd end{.status = "FAULT",
                     .code = "INTERNAL_ERROR",
                     .message = "The cloud was restarted while the build was running"};
  Complete(run, end, "FAULT");
}

// Waits for a free slot. False: it was stopped, or waited too long.
net::aw<bool> LeaveQueue(BuildRun* run) {
  const WaitContext& context = run->context;
  const TimePoint limit = FromEpochSeconds(run->build.GetDouble("startTime")) +
                          std::chrono::minutes(run->build.GetInt("queuedTimeoutInMinutes", 480));
  for (;;) {
    run->control = context.engine().Get<RunningBuilds>().Enter(run->id);
    if (run->control) co_return true;
    if (context.clock().Now() >= limit) {
      const PhaseEnd end{.status = "TIMED_OUT",
                         .code = "BUILD_TIMED_OUT",
                         .message = "Build has timed out while it was queued. "};
      Complete(*run, end, "TIMED_OUT");
      co_return false;
    }
    co_await context.Sleep(kLookAgain);
    if (Load(*run) != Begin::kQueued) co_return false;
  }
}

using Work = net::aw<PhaseEnd> (*)(BuildRun* run);

bool BeginOf(BuildRun& run, std::string_view phase) {
  if (run.ended()) return false;
  const bool begun = run.Change([&](json::Object& build) {
    const TimePoint now = run.context.clock().Now();
    EndPhase(build, {}, now);
    BeginPhase(build, phase, now);
  });
  // Deleted, or everything was forgotten: nothing goes on.
  if (!begun) run.control->End("STOPPED");
  return begun;
}

void EndOf(BuildRun& run, std::string_view phase, const PhaseEnd& end) {
  if (!end.ok() && run.succeeding) {
    run.succeeding = false;
    run.failure = end.code + ": " + end.message;
  }
  // The log begins with the machine that is there.
  if (run.log && (phase != "PROVISIONING" || !end.ok())) {
    run.log->Note(fmt::format("Phase complete: {} State: {}", phase, end.status));
    run.log->Note(fmt::format("Phase context status code: {} Message: {}", end.code, end.message));
    run.log->Flush();
  }
  if (run.ended()) return;
  run.Change([&](json::Object& build) { EndPhase(build, end, run.context.clock().Now()); });
}

net::aw<PhaseEnd> RunPhase(BuildRun* run, std::string_view phase, Work work) {
  if (!BeginOf(*run, phase)) co_return Failed("STOPPED", "");
  PhaseEnd end = co_await work(run);
  EndOf(*run, phase, end);
  co_return end;
}

// Whether what comes after a failed phase of commands is done: the service's rules, unless the
// phase says otherwise.
bool GoesOn(const PhaseSpec& spec, std::size_t phase) {
  if (spec.on_failure == "CONTINUE") return true;
  if (!spec.on_failure.empty()) return false;  // ABORT, RETRY
  return kPhaseNames.at(phase) == "BUILD" || kPhaseNames.at(phase) == "POST_BUILD";
}

net::aw<bool> RunAllCommands(BuildRun* run) {
  for (std::size_t i = 0; i < kPhaseNames.size(); ++i) {
    if (!BeginOf(*run, kPhaseNames.at(i))) co_return false;
    run->log->Note(fmt::format("Entering phase {}", kPhaseNames.at(i)));
    const PhaseEnd end = co_await RunCommands(run, i);
    EndOf(*run, kPhaseNames.at(i), end);
    if (run->ended()) co_return false;
    const PhaseSpec& spec = run->spec.phases.at(i);
    if (!end.ok()) NoteRetries(*run, spec.on_failure);
    if (!end.ok() && !GoesOn(spec, i)) co_return false;
  }
  co_return true;
}

net::aw<void> RunPhases(BuildRun* run) {
  PhaseEnd end = co_await RunPhase(run, "PROVISIONING", Provision);
  if (end.ok() && !run->ended()) end = co_await RunPhase(run, "DOWNLOAD_SOURCE", DownloadSource);
  if (!end.ok() || run->ended()) co_return;
  const bool upload = co_await RunAllCommands(run);
  if (upload) co_await RunPhase(run, "UPLOAD_ARTIFACTS", UploadArtifacts);
}

// The whole log as one file, as the service leaves it.
net::aw<PhaseEnd> Finalize(BuildRun* run) {
  const json::Object& logs = run->build.GetObject("logs").GetObject("s3Logs");
  if (!run->log || logs.GetString("status") != "ENABLED") co_return PhaseEnd();
  S3Place place = ReadS3Place(logs.GetString("location"));
  const std::string name = run->uuid() + ".gz";
  place.key = place.key.empty() ? name : JoinPath(place.key, name);
  S3Write write{.place = std::move(place),
                .bytes = Gzip(run->log->text()),
                .content_type = "application/x-gzip",
                .kms_key = {}};
  const Answer<> put = co_await PutBytes(run->context, std::move(write));
  if (put) co_return PhaseEnd();
  co_return Failed("CLIENT_ERROR", "Unable to write the log to S3: " + put.error().message);
}

net::aw<void> EndBuild(BuildRun* run) {
  if (run->ended()) {
    co_await Finalize(run);  // what there is of the log
  } else {
    co_await RunPhase(run, "FINALIZING", Finalize);
  }
  run->control->kill = nullptr;
  run->shell.reset();
  if (run->log) run->log->Flush();
  if (run->control->ended == "TIMED_OUT") {
    const PhaseEnd end{
        .status = "TIMED_OUT", .code = "BUILD_TIMED_OUT", .message = "Build has timed out. "};
    Complete(*run, end, "TIMED_OUT");
  } else if (!run->ended()) {
    Complete(*run, {}, run->succeeding ? "SUCCEEDED" : "FAILED");
    if (!run->succeeding) RetryAutomatically(*run);
  }
}

// The limit counts from here: waiting in the queue has a limit of its own.
Timers::Id ArmLimit(const BuildRun& run) {
  const std::weak_ptr<BuildControl> weak = run.control;
  const auto minutes = std::chrono::minutes(run.build.GetInt("timeoutInMinutes", 60));
  return run.context.timers().CallAt(run.context.clock().Now() + minutes, [weak] {
    if (const auto control = weak.lock()) control->End("TIMED_OUT");
  });
}

net::aw<void> RemoveFolder(BuildRun* run) {
  const std::string folder = FolderOf(*run);
  std::function<void()> work = [folder] {
    // What a build made read-only must go, too.
    std::error_code ignored;
    namespace fs = std::filesystem;
    for (auto at = fs::recursive_directory_iterator(folder, ignored);
         !ignored && at != fs::recursive_directory_iterator(); at.increment(ignored)) {
      std::error_code gone;
      if (at->is_directory(gone) && !at->is_symlink(gone))
        fs::permissions(at->path(), fs::perms::owner_all, fs::perm_options::add, gone);
    }
    fs::remove_all(folder, ignored);
  };
  co_await run->context.OnWorker(std::move(work));
}

net::aw<Answer<>> RunBuild(WaitContext context, json::Object payload) {
  BuildRun run(std::move(context), std::string(payload.GetString("id")));
  const Begin begin = Load(run);
  if (begin == Begin::kInterrupted) {
    co_await RemoveFolder(&run);
    EndInterrupted(run);
  }
  if (begin != Begin::kQueued) co_return json::Object();
  const bool turn = co_await LeaveQueue(&run);
  if (!turn) co_return json::Object();
  const Timers::Id limit = ArmLimit(run);
  co_await RunPhases(&run);
  co_await EndBuild(&run);
  run.context.timers().Cancel(limit);
  co_await RemoveFolder(&run);
  co_return json::Object();
}

constexpr WaitHandler kRunBuild{RunBuild};

}  // namespace

bool BuildRun::Change(const std::function<void(json::Object& build)>& change) const {
  bool changed = false;
  static_cast<void>(context
                        .State([&](Context& state) -> Answer<> {
                          changed = ChangeBuild(state, id, change);
                          return json::Object();
                        })
                        .ok());
  return changed;
}

}  // namespace trunkline::cloud::codebuild

namespace trunkline::cloud {

constinit const JobKind kRunBuildJob{.name = "codebuild.run-build", .wait = &codebuild::kRunBuild};

}  // namespace trunkline::cloud
