#include "cloud/services/codebuild/build_reports.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/zip.h"
#include "cloud/services/codebuild/build_commands.h"
#include "cloud/services/codebuild/file_patterns.h"
#include "cloud/services/codebuild/packing.h"
#include "cloud/services/codebuild/report_records.h"
#include "cloud/services/codebuild/s3_access.h"

namespace trunkline::cloud::codebuild {
namespace {

struct Read {
  ReportContent content;
  std::vector<ZipEntry> files;
  std::vector<std::string> notes;
};

// Files that are no reports are named and left out.
void Take(const ReportSpec& spec, const ZipEntry& file, Read& read) {
  if (read.content.coverage) {
    const auto covered = ReadCoverage(spec.format, file.bytes);
    if (covered) {
      read.content.covered.lines_covered += covered->lines_covered;
      read.content.covered.lines_missed += covered->lines_missed;
      read.content.covered.branches_covered += covered->branches_covered;
      read.content.covered.branches_missed += covered->branches_missed;
    } else {
      read.notes.push_back(fmt::format("{}: {}", file.name, covered.error().message()));
    }
    return;
  }
  auto results = ReadTestResults(spec.format, file.bytes);
  if (results) {
    std::move(results->begin(), results->end(), std::back_inserter(read.content.cases));
  } else {
    read.notes.push_back(fmt::format("{}: {}", file.name, results.error().message()));
  }
}

Result<void> ReadFiles(const BuildRun& run, const ReportSpec& spec, Read& read) {
  const std::string& base = spec.base_directory;
  const std::string folder =
      base.starts_with('/') ? base : JoinPath(run.source, base.empty() ? "." : base);
  if (!DiskFiles().IsFolder(folder))
    return Error(ErrorKind::kNotFound, "no matching base directory path found for {}", base);
  TL_TRY(const std::vector<std::string> found, FindFiles(folder, spec.files, {}));
  TL_TRY(read.files, PackFiles(folder, found));
  if (read.files.empty())
    return Error(ErrorKind::kNotFound, "no matching report files found for {}", spec.group);
  for (ZipEntry& file : read.files) {
    Take(spec, file, read);
    if (spec.discard_paths) file.name = FileName(file.name);
  }
  return {};
}

// "<project>-<name>" for a name, as the service makes groups.
std::string GroupOf(const BuildRun& run, const ReportSpec& spec) {
  return spec.group.starts_with("arn:") ? spec.group : run.project() + "-" + spec.group;
}

// The raw files, where the group's reports are to be exported.
net::aw<Answer<>> Export(BuildRun* run, json::Object report, std::vector<ZipEntry> files) {
  const json::Object& config = report.GetObject("exportConfig");
  if (config.GetString("exportConfigType") != "S3") co_return json::Object();
  const json::Object& target = config.GetObject("s3Destination");
  const std::string start = JoinPath(target.GetString("path"), report.GetString("name"));
  const std::string bucket(target.GetString("bucket"));
  if (target.GetString("packaging") == "ZIP") {
    TL_CO_TRY(std::string zip, WriteZip(std::move(files)));
    files.clear();
    files.push_back({.name = "raw.zip", .bytes = std::move(zip)});
  }
  for (ZipEntry& file : files) {
    S3Write write{.place = {.bucket = bucket, .key = JoinPath(start, file.name)},
                  .bytes = std::move(file.bytes),
                  .content_type = {},
                  .kms_key = std::string(target.GetString("encryptionKey"))};
    TL_CO_DO(co_await PutBytes(run->context, std::move(write)));
  }
  co_return json::Object();
}

net::aw<Answer<>> CollectOne(BuildRun* run, ReportSpec spec) {
  Read read;
  read.content.group = GroupOf(*run, spec);
  read.content.build_arn = run->build.GetString("arn");
  read.content.coverage = IsCoverageFormat(spec.format);
  Result<void> done;
  std::function<void()> work = [&] { done = ReadFiles(*run, spec, read); };
  co_await run->context.OnWorker(std::move(work));
  for (const std::string& note : read.notes) run->log->Note("Report file " + note);
  TL_CO_DO(done);
  TL_CO_TRY(json::Object report,
            run->context.State([&](Context& context) { return NewReport(context, read.content); }));
  const json::Value arn = report.At("arn");
  run->Change([&](json::Object& build) {
    if (!build.Has("reportArns")) build.Set("reportArns", json::Array());
    build["reportArns"].AsArray().push_back(arn);
  });
  co_return co_await Export(run, std::move(report), std::move(read.files));
}

}  // namespace

net::aw<void> CollectReports(BuildRun* run) {
  if (run->spec.reports.empty()) co_return;
  run->log->Note("Preparing to copy test reports");
  for (const ReportSpec& spec : run->spec.reports) {
    const Answer<> collected = co_await CollectOne(run, spec);
    if (!collected)
      run->log->Note(fmt::format("Report {}: {}", spec.group, collected.error().message));
  }
}

}  // namespace trunkline::cloud::codebuild
