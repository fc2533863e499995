#include "app/flow_source.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/json_write.h"
#include "base/text.h"
#include "center/load.h"
#include "flow/document.h"
#include "flow/symbols.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kProjects = "amzconnect-";
constexpr int kHighest = 40;  // folders to go up: relative paths never end

bool IsMonorepo(const Files& files, const std::string& folder) {
  const auto entries = files.List(folder);
  return entries.ok() && std::ranges::any_of(*entries, [](const FileEntry& entry) {
           return entry.is_folder && entry.name.starts_with(kProjects);
         });
}

// "a/b" -> "a" -> "." -> ".." -> "../.."
std::string Above(const std::string& folder) {
  if (folder == ".") return "..";
  if (FileName(folder) == "..") return folder + "/..";
  return FolderName(folder);
}

std::optional<std::string> MonorepoAround(const Files& files, std::string folder) {
  for (int height = 0; height < kHighest && files.IsFolder(folder); ++height) {
    if (IsMonorepo(files, folder)) return folder;
    if (folder == "/") break;
    folder = Above(folder);
  }
  return std::nullopt;
}

bool LooksLikeFile(std::string_view flow) {
  return flow.find('/') != std::string_view::npos || flow.ends_with(".json");
}

bool IsSameFile(const std::string& a, const std::string& b) {
  namespace fs = std::filesystem;
  return fs::path(a).lexically_normal() == fs::path(b).lexically_normal();
}

Error CannotBeRead(std::string_view what) {
  return Error(ErrorKind::kInvalid, "{} cannot be read", what);
}

Result<center::Flow> ReadFlow(const Files& files, const std::string& path, Findings& findings) {
  TL_TRY(std::string bytes, files.Read(path));
  flow::Parsed parsed = flow::Parse(std::move(bytes), path);
  const bool readable = parsed.document.has_value() && !HasErrors(parsed.findings);
  std::ranges::copy_if(parsed.findings, std::back_inserter(findings),
                       [](const Finding& one) { return one.severity == Severity::kError; });
  if (!readable) return CannotBeRead(fmt::format("flow file '{}'", path));
  flow::Document& document = *parsed.document;
  if (document.actions.empty()) {
    return Error(ErrorKind::kInvalid,
                 "'{}' is no flow: expected an object with 'Actions', or with 'Content'", path);
  }
  const std::string stem = std::filesystem::path(path).stem().string();
  center::Flow flow{.name = {document.name.empty() ? stem : document.name, {.file = path}},
                    .type = document.type.empty() ? "CONTACT_FLOW" : document.type};
  flow.document = std::move(document);
  return flow;
}

// A module is called by a flow that does nothing else.
center::Flow CallOf(const std::string& module) {
  json::Object invoke = {
      {"Identifier", "call"},
      {"Type", "InvokeFlowModule"},
      {"Parameters",
       json::Object{{"FlowModuleId", flow::WriteSymbol(flow::ResourceKind::kModule, module)}}}};
  json::Array errors{json::Object{{"ErrorType", "NoMatchingError"}, {"NextAction", "end"}}};
  invoke.Set("Transitions", json::Object{{"NextAction", "end"}, {"Errors", std::move(errors)}});
  json::Object end = {{"Identifier", "end"},
                      {"Type", "DisconnectParticipant"},
                      {"Parameters", json::Object()},
                      {"Transitions", json::Object()}};
  const json::Object content = {{"Version", "2019-10-30"},
                                {"StartAction", "call"},
                                {"Actions", json::Array{std::move(invoke), std::move(end)}}};
  flow::Parsed parsed = flow::ParseContent(json::Write(content), "CONTACT_FLOW");
  center::Flow flow{.name = {fmt::format("call of module {}", module), {}}, .type = "CONTACT_FLOW"};
  flow.document = std::move(parsed.document).value();
  return flow;
}

Result<center::Center> Load(const Files& files, const std::string& folder, Findings& findings) {
  center::Loaded loaded = center::LoadCenter(files, folder);
  if (loaded.center) return std::move(*loaded.center);
  findings.insert(findings.end(), loaded.findings.begin(), loaded.findings.end());
  return CannotBeRead(fmt::format("the center in '{}'", folder));
}

const center::Flow* FindFile(const std::vector<center::Flow>& flows, const std::string& path) {
  const auto found = std::ranges::find_if(
      flows, [&](const center::Flow& one) { return IsSameFile(one.document.file, path); });
  return found == flows.end() ? nullptr : &*found;
}

// Puts a flow or module among its kind, in place of one of the same name.
void Join(std::vector<center::Flow>& flows, center::Flow flow) {
  std::erase_if(flows, [&](const center::Flow& one) { return *one.name == *flow.name; });
  flows.push_back(std::move(flow));
}

Result<FlowSource> FindByFile(const Files& files, const std::string& path,
                              std::optional<std::string> folder, Findings& findings) {
  if (!folder) folder = MonorepoAround(files, FolderName(path));
  FlowSource source;
  source.alone = !folder;
  if (folder) {
    TL_TRY(source.center, Load(files, *folder, findings));
    if (const center::Flow* flow = FindFile(source.center.flows, path)) {
      source.flow = *flow->name;
      return source;
    }
  }
  TL_TRY(center::Flow flow, ReadFlow(files, path, findings));
  if (flow.document.is_module) {
    center::Flow caller = CallOf(*flow.name);
    Join(source.center.modules, std::move(flow));
    flow = std::move(caller);
  }
  source.flow = *flow.name;
  Join(source.center.flows, std::move(flow));
  return source;
}

Result<FlowSource> FindByName(const Files& files, const std::string& name,
                              std::optional<std::string> folder, Findings& findings) {
  if (!folder) folder = MonorepoAround(files, ".");
  if (!folder) {
    return Error(ErrorKind::kNotFound,
                 "there is no file '{0}', and no monorepo here that could have a flow '{0}': say "
                 "where with --folder, or with --instance call the embedded cloud",
                 name);
  }
  FlowSource source{.center = {}, .flow = name};
  TL_TRY(source.center, Load(files, *folder, findings));
  std::vector<std::string> names;
  for (const center::Flow& flow : source.center.flows) names.push_back(*flow.name);
  if (std::ranges::find(names, name) != names.end()) return source;
  const auto nearest = Nearest(name, names);
  return Error(ErrorKind::kNotFound, "the center in '{}' has no flow '{}'{}", *folder, name,
               nearest         ? fmt::format(", did you mean '{}'?", *nearest)
               : names.empty() ? std::string()
                               : fmt::format(", there is '{}'", trunkline::Join(names, "', '")));
}

}  // namespace

Result<FlowSource> FindFlowSource(const Files& files, const std::string& flow,
                                  const std::string& folder, Findings& findings) {
  if (!folder.empty() && !files.IsFolder(folder))
    return Error(ErrorKind::kNotFound, "there is no folder '{}'", folder);
  const auto given = folder.empty() ? std::nullopt : std::optional(folder);
  if (files.Exists(flow) && !files.IsFolder(flow)) return FindByFile(files, flow, given, findings);
  if (LooksLikeFile(flow)) return Error(ErrorKind::kNotFound, "there is no file '{}'", flow);
  return FindByName(files, flow, given, findings);
}

}  // namespace trunkline::app
