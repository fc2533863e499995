#include "app/export.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/finding_json.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kFlowFolder = "amzconnect-contact-flows/lib/callflows";
constexpr std::string_view kModuleFolder = "amzconnect-admin-objects/flow-modules";

// A flow's name as the name of a file: what file systems and shells take.
std::string FileNameOf(std::string_view name) {
  std::string file;
  for (const char c : name) {
    const bool bad = static_cast<unsigned char>(c) < 0x20 ||
                     std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    file += bad ? '_' : c;
  }
  if (file.empty() || file.front() == '.') file.insert(0, "_");
  return file;
}

// What an export wrote: per flow id the file, the service's fingerprint and the file's.
class Record {
 public:
  Record(Files& files, const ExportArgs& args, std::string instance)
      : files_(files), folder_(args.folder), path_(JoinPath(args.folder, kExportRecord)) {
    const Result<std::string> text = files_.Read(path_);
    Result<json::Value> read =
        text ? json::Parse(*text) : Result<json::Value>(json::Value(json::Object()));
    const bool same =
        read && read->IsObject() && read->AsObject().GetString("instance") == instance;
    if (same) flows_ = read->AsObject().GetObject("flows");
    instance_ = std::move(instance);
    for (const json::Member& one : flows_)
      if (one.value.IsObject()) owners_[ToLower(one.value.AsObject().GetString("file"))] = one.key;
  }

  // Whether the file is there as it was written, of the version that the instance has.
  bool IsCurrent(const deploy::ListedFlow& flow) const {
    const json::Object& one = flows_.GetObject(flow.id);
    return !flow.version.empty() && one.GetString("version") == flow.version &&
           one.GetString("name") == flow.name && IsOurs(one);
  }

  // Where the flow goes: where it went before, else a name that no other flow has.
  std::string FileFor(const deploy::ListedFlow& flow) const {
    const json::Object& one = flows_.GetObject(flow.id);
    if (one.GetString("name") == flow.name) return std::string(one.GetString("file"));
    const std::string_view folder = flow.type == "MODULE" ? kModuleFolder : kFlowFolder;
    const std::string base = JoinPath(folder, FileNameOf(flow.name));
    std::string file = base + ".json";
    for (int next = 2; IsTaken(file, flow.id); ++next)
      file = fmt::format("{} ({}).json", base, next);
    return file;
  }

  // Whether the file may be written without losing somebody's work.
  bool IsFree(const std::string& file, const std::string& id, std::string_view bytes) const {
    const Result<std::string> there = files_.Read(JoinPath(folder_, file));
    if (!there || *there == bytes) return true;
    const json::Object& one = flows_.GetObject(id);
    return one.GetString("file") == file && IsOurs(one);
  }

  Result<void> Write(const deploy::ListedFlow& flow, const std::string& file,
                     std::string_view bytes) {
    TL_DO(files_.Write(JoinPath(folder_, file), bytes));
    flows_.Set(flow.id, json::Object{{"name", flow.name},
                                     {"file", file},
                                     {"version", flow.version},
                                     {"sha256", ToHex(Sha256(bytes))}});
    owners_[ToLower(file)] = flow.id;
    // At once: whatever ends this run, the next goes on from here.
    return files_.Write(
        path_, json::WritePretty(json::Object{{"instance", instance_}, {"flows", flows_}}));
  }

 private:
  bool IsOurs(const json::Object& one) const {
    const Result<std::string> there =
        files_.Read(JoinPath(folder_, std::string(one.GetString("file"))));
    return there && ToHex(Sha256(*there)) == one.GetString("sha256");
  }

  bool IsTaken(const std::string& file, const std::string& id) const {
    const auto owner = owners_.find(ToLower(file));
    return owner != owners_.end() && owner->second != id;
  }

  Files& files_;
  std::string folder_;
  std::string path_;
  std::string instance_;
  json::Object flows_;
  std::map<std::string, std::string> owners_;  // lower-case file -> flow
};

Finding StaysAsItIs(const std::string& file, const flow::Unresolved& one) {
  return {.severity = Severity::kWarning,
          .code = "TL-D012",
          .message = fmt::format(
              "{} of {} is of no resource that the instance lists: '{}'", one.path,
              one.action.empty() ? "the layout" : fmt::format("action '{}'", one.action), one.text),
          .hint = "it stays as it is, and ties the flow to this instance",
          .place = {.file = file},
          .source_line = {}};
}

std::string Counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

Result<ExportReport> ExportInstance(AppWorld& world, const ExportArgs& args) {
  Connection connection(world,
                        {.region = args.region,
                         .profile = args.profile,
                         .endpoint_url = args.endpoint_url,
                         .rate_limits = {},
                         .quotas = {}},
                        args.role);
  const aws::Client client =
      args.role.arn.empty() ? connection.client() : connection.WithAccount({});
  TL_TRY(const deploy::ExportedInstance instance,
         connection.Run(deploy::FindInstance(client, args.instance)));
  Record record(world.files, args, instance.id);
  ExportReport report{.instance = instance.alias, .files = {}, .outcome = {}};
  Findings unresolved;
  deploy::ExportOptions options{.samples = args.samples, .wanted = {}, .take = {}};
  options.wanted = [&](const deploy::ListedFlow& flow) { return !record.IsCurrent(flow); };
  options.take = [&](const deploy::ExportedFlow& flow) -> Result<void> {
    const std::string file = record.FileFor(flow.listed);
    if (!args.overwrite && !record.IsFree(file, flow.listed.id, flow.text))
      return Error(ErrorKind::kConflict,
                   "'{}' is there already and is not what an export wrote; --overwrite replaces it",
                   JoinPath(args.folder, file));
    for (const flow::Unresolved& one : flow.unresolved)
      unresolved.push_back(StaysAsItIs(file, one));
    report.files.push_back(file);
    return record.Write(flow.listed, file, flow.text);
  };
  TL_TRY(report.outcome, connection.Run(deploy::Export(client, instance, std::move(options))));
  report.unresolved = unresolved.size();
  report.outcome.findings.insert(report.outcome.findings.end(), unresolved.begin(),
                                 unresolved.end());
  return report;
}

std::string ToText(const ExportReport& report) {
  std::string text;
  for (const std::string& file : report.files) text += fmt::format("  {}\n", file);
  text += fmt::format("{}: {} written", report.instance, Counted(report.outcome.exported, "file"));
  if (report.outcome.unchanged > 0)
    text += fmt::format(", {} as exported before", report.outcome.unchanged);
  if (report.outcome.samples > 0)
    text += fmt::format(", {} of AWS left out (--samples)", report.outcome.samples);
  if (report.outcome.archived > 0)
    text += fmt::format(", {} archived left out", report.outcome.archived);
  if (report.unresolved > 0)
    text += fmt::format("; {} not resolved", Counted(report.unresolved, "reference"));
  return text + "\n";
}

json::Object ToJson(const ExportReport& report) {
  json::Array files;
  for (const std::string& file : report.files) files.emplace_back(file);
  return {{"instance", report.instance},
          {"files", std::move(files)},
          {"unchanged", report.outcome.unchanged},
          {"samples", report.outcome.samples},
          {"archived", report.outcome.archived},
          {"findings", trunkline::ToJson(report.outcome.findings)}};
}

}  // namespace trunkline::app
