// amzconnect-lambdas/functions/<name>/function.json: a Lambda function, with its code in a folder
// beside the file.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "center/checker.h"
#include "center/file_kinds.h"
#include "center/read_shift.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

constexpr Pattern kNamePattern{"[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores"};
constexpr Range kFunctionNameRange{1, 64};
constexpr Range kTextRange{0, 256};
constexpr std::string_view kRuntimes[] = {
    "nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x",   "python3.9",       "python3.10",
    "python3.11", "python3.12", "python3.13", "python3.14",   "java17",          "java21",
    "dotnet8",    "ruby3.3",    "ruby3.4",    "provided.al2", "provided.al2023",
};
constexpr Pattern kHandlerPattern{R"(\S+)", "a handler without blanks, such as 'index.handler'"};
constexpr Range kHandlerRange{1, 128};
constexpr Pattern kFolderPattern{R"((?!/)(?!.*\.\.).+)", "a folder inside this one"};
constexpr Range kTimeoutRange{1, 900};
constexpr Range kMemoryRange{128, 10240};
constexpr Pattern kVariablePattern{"[a-zA-Z][a-zA-Z0-9_]+",
                                   "a variable's name (letters, digits and underscores)"};
constexpr Pattern kPolicyPattern{"arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy/.+",
                                 "the ARN of a managed policy"};
constexpr std::string_view kEffects[] = {"Allow", "Deny"};
constexpr Range kPoliciesRange{0, 20};

constexpr Field kText{.kind = Kind::kString};
constexpr Field kStatementMembers[] = {
    {.name = "Sid", .summary = "The statement's name."},
    {.name = "Effect", .summary = "Allow or Deny.", .required = true, .one_of = kEffects},
    {.name = "Action",
     .summary = "What the function may do.",
     .kind = Kind::kList,
     .required = true,
     .range = &kAtLeastOne,
     .element = &kText,
     .or_else = &kText},
    {.name = "Resource",
     .summary = "To what.",
     .kind = Kind::kList,
     .required = true,
     .range = &kAtLeastOne,
     .element = &kText,
     .or_else = &kText},
    {.name = "Condition", .summary = "When.", .kind = Kind::kMap},
};
constexpr Field kPolicy{.kind = Kind::kString, .pattern = &kPolicyPattern};
constexpr Field kPermission{
    .kind = Kind::kObject, .members = kStatementMembers, .or_else = &kPolicy};
constexpr Field kVariable{.kind = Kind::kString};

constexpr Field kFunctionMembers[] = {
    {.name = "name",
     .summary = "The function's name, by which flows refer to it; the folder's name unless given.",
     .range = &kFunctionNameRange,
     .pattern = &kNamePattern},
    {.name = "description", .summary = "What the function is for.", .range = &kTextRange},
    {.name = "runtime", .summary = "The Lambda runtime.", .required = true, .one_of = kRuntimes},
    {.name = "handler",
     .summary = "Where the code begins: <file>.<function>.",
     .required = true,
     .range = &kHandlerRange,
     .pattern = &kHandlerPattern},
    {.name = "code",
     .summary = "The folder with the code, below this one; everything in it is uploaded but "
                "__pycache__ and .git.",
     .required = true,
     .pattern = &kFolderPattern},
    {.name = "timeout",
     .summary = "Seconds the function may take, 3 unless given; a flow waits for 8 at most.",
     .kind = Kind::kInteger,
     .range = &kTimeoutRange},
    {.name = "memory",
     .summary = "Megabytes the function has, 128 unless given.",
     .kind = Kind::kInteger,
     .range = &kMemoryRange},
    {.name = "environment",
     .summary = "Environment variables; values may name other resources: ${queue:Sales}.",
     .kind = Kind::kMap,
     .pattern = &kVariablePattern,
     .element = &kVariable},
    {.name = "permissions",
     .summary = "What the function may do: IAM statements, or ARNs of managed policies.",
     .kind = Kind::kList,
     .range = &kPoliciesRange,
     .element = &kPermission},
    {.name = "connect",
     .summary = "Whether flows may call it; true unless given.",
     .kind = Kind::kBoolean},
    {.name = "answers",
     .summary = "The keys of what it answers to flows ($.External.<key>): flow lint compares what "
                "flows read with them.",
     .kind = Kind::kList,
     .element = &kText},
    {.name = "deploymentPreference",
     .summary = "How callers come to a new version: all at once, or a share of them first; as "
                "trunkline.json says unless given.",
     .kind = Kind::kObject,
     .members = kShiftMembers},
};

constexpr std::string_view kFunctionsFolder = "amzconnect-lambdas/functions";
constexpr std::size_t kLargestCode = 250U << 20U;  // Lambda's limit for a package, unzipped

// Folders that running the code or working on it leaves behind: they would change a function that
// nobody changed.
const std::vector<std::string>& NotCode() {
  static const std::vector<std::string> kFolders = {"__pycache__", ".git"};
  return kFolders;
}

bool Has(const std::vector<CodeFile>& code, std::string_view path) {
  return std::ranges::any_of(code, [&](const CodeFile& file) { return file.path == path; });
}

// The files of which one must be there for the handler to be found; none where we cannot know.
std::vector<std::string> HandlerFiles(std::string_view runtime, std::string_view handler) {
  if (runtime.starts_with("provided")) return {"bootstrap"};
  const std::size_t dot = handler.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string module(handler.substr(0, dot));
  if (runtime.starts_with("nodejs")) return {module + ".js", module + ".mjs", module + ".cjs"};
  if (runtime.starts_with("python")) return {Replace(module, ".", "/") + ".py"};
  return {};
}

void CheckHandler(Source& source, const Function& function) {
  const std::vector<std::string> wanted = HandlerFiles(*function.runtime, *function.handler);
  const bool found =
      std::ranges::any_of(wanted, [&](const auto& path) { return Has(function.code, path); });
  if (wanted.empty() || found) return;
  source.Say(Severity::kError, "TL-C013", function.handler.place,
             fmt::format("handler '{}' is not in '{}'", *function.handler, function.folder),
             "expected a file " + Join(wanted, " or "));
}

void ReadCode(Reading& reading, Source& source, Function& function, const Place& place) {
  if (!reading.files.IsFolder(function.folder)) {
    source.Say(Severity::kError, "TL-C001", place,
               fmt::format("code folder '{}' does not exist", function.folder));
    return;
  }
  Result<std::vector<std::string>> paths =
      ListRecursively(reading.files, function.folder, NotCode());
  if (!paths.ok()) return source.Say(Severity::kError, "TL-C001", place, paths.error().message());
  std::size_t total = 0;
  for (const std::string& path : *paths) {
    const std::string full = JoinPath(function.folder, path);
    Result<std::string> bytes = reading.files.Read(full);
    if (!bytes.ok()) {
      source.Say(Severity::kError, "TL-C001", place, bytes.error().message());
      continue;
    }
    total += bytes->size();
    function.code.push_back({.path = path, .bytes = std::move(*bytes), .executable = false});
  }
  if (total > kLargestCode) {
    source.Say(
        Severity::kError, "TL-C007", place,
        fmt::format("expected the code to be at most 250 MB but it has {} MB", total >> 20U));
  }
}

// List tells what is executable, a folder at a time.
void MarkExecutables(const Files& files, Function& function) {
  std::set<std::string> folders;
  for (const CodeFile& file : function.code) {
    folders.insert(FolderName(JoinPath(function.folder, file.path)));
  }
  std::set<std::string> executables;
  for (const std::string& folder : folders) {
    const Result<std::vector<FileEntry>> entries = files.List(folder);
    if (!entries.ok()) continue;  // the files themselves were read; a mode is then the ordinary one
    for (const FileEntry& entry : *entries) {
      if (entry.executable) executables.insert(JoinPath(folder, entry.name));
    }
  }
  for (CodeFile& file : function.code) {
    file.executable = executables.contains(JoinPath(function.folder, file.path));
  }
}

void ReadPermissions(const Source& source, const json::Object& root, Function& function) {
  function.managed_policies = source.GetList(root, "permissions");
  for (const json::Value& permission : root.GetArray("permissions")) {
    if (permission.IsObject()) function.statements.push_back(permission.AsObject());
  }
}

std::optional<std::vector<std::string>> ReadAnswers(const json::Object& root) {
  if (!root.Has("answers")) return std::nullopt;
  std::vector<std::string> keys;
  for (const json::Value& key : root.GetArray("answers")) {
    if (key.IsString()) keys.push_back(key.AsString());
  }
  return keys;
}

Function ReadMembers(const Source& source, const json::Object& root, const std::string& folder) {
  const json::Value* code = root.Find("code");
  // A folder elsewhere is an error already; it is not looked at.
  const bool has_code =
      code != nullptr && code->IsString() && Matches(code->AsString(), kFolderPattern);
  Function function{.name = source.Get(root, "name", FileName(folder)),
                    .description = std::string(root.GetString("description")),
                    .runtime = source.Get(root, "runtime"),
                    .handler = source.Get(root, "handler"),
                    .timeout_seconds = static_cast<int>(root.GetInt("timeout", 3)),
                    .memory_mb = static_cast<int>(root.GetInt("memory", 128)),
                    .environment = {},
                    .managed_policies = {},
                    .statements = {},
                    .connect = root.GetBool("connect", true),
                    .answers = ReadAnswers(root),
                    .shift = {},
                    .folder = has_code ? JoinPath(folder, code->AsString()) : std::string(),
                    .code = {},
                    .place = source.PlaceOf(source.root())};
  for (const json::Member& variable : root.GetObject("environment")) {
    if (!variable.value.IsString()) continue;
    function.environment.push_back(
        {variable.key, {variable.value.AsString(), source.PlaceOf(variable.value)}});
  }
  ReadPermissions(source, root, function);
  if (function.name.place.file.empty()) function.name.place = function.place;
  return function;
}

void ReadFunction(Reading& reading, const std::string& folder) {
  const std::string path = JoinPath(folder, "function.json");
  if (!reading.files.Exists(path)) {
    reading.Say(Severity::kError, "TL-C001", path,
                "this file is missing, it declares the function");
    return;
  }
  std::optional<Source> source = Source::Open(reading, path, kFunctionShape);
  if (!source || !source->root().IsObject()) return;
  const json::Object& root = source->root().AsObject();
  Function function = ReadMembers(*source, root, folder);
  if (const json::Value* preference = root.Find("deploymentPreference"))
    function.shift = ReadShift(*source, *preference);
  if (!root.Has("name") && !Matches(*function.name, kNamePattern)) {
    source->Say(Severity::kError, "TL-C006", function.place,
                fmt::format("expected the folder's name to be {} but got '{}'", kNamePattern.words,
                            *function.name),
                "or give the function another with \"name\"");
  }
  if (!function.folder.empty()) {
    ReadCode(reading, *source, function, source->PlaceOf(root.At("code")));
    MarkExecutables(reading.files, function);
    if (!function.code.empty()) CheckHandler(*source, function);
  }
  reading.center.functions.push_back(std::move(function));
}

}  // namespace

constinit const Field kFunctionShape{.kind = Kind::kObject, .members = kFunctionMembers};

void ReadFunctions(Reading& reading) {
  for (const FileEntry& entry : reading.List(kFunctionsFolder)) {
    if (entry.is_folder)
      ReadFunction(reading, JoinPath(reading.Path(kFunctionsFolder), entry.name));
  }
}

}  // namespace trunkline::center
