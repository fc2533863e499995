#include "cloud/services/lambda/launch.h"

#include <filesystem>

#include "base/embedded.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "base/zip.h"
#include "cloud/objects.h"
#include "cloud/services/lambda/configuration.h"
#include "cloud/services/lambda/function_log.h"

namespace trunkline {
std::span<const EmbeddedFile> LambdaRuntimes();  // cmake/embed.cmake
std::span<const EmbeddedFile> ModelFiles();
}  // namespace trunkline

namespace trunkline::cloud::lambda {
namespace {

namespace fs = std::filesystem;

// Gives a folder that was made under a name of its own its real one. Two invocations may do this at
// once, and the slower finds it there.
Result<void> Rename(const std::string& temporary, const std::string& folder) {
  std::error_code error;
  fs::rename(temporary, folder, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove_all(temporary, ignored);
  if (fs::exists(folder, ignored)) return {};
  return Error(ErrorKind::kUnreached, "cannot make '{}': {}", folder, error.message());
}

Result<void> UnpackOnce(const std::string& zip_path, const std::string& folder,
                        const std::string& unique) {
  if (fs::exists(folder)) return {};
  DiskFiles files;
  TL_TRY(const std::string zip, files.Read(zip_path));
  const std::string temporary = folder + "." + unique;
  TL_DO(Unzip(zip, temporary, files));
  return Rename(temporary, folder);
}

// Everything an interpreter needs beside the function's code: our loops, and the API tables that
// the SDK for Node.js speaks by.
std::vector<EmbeddedFile> RuntimeFiles() {
  std::vector<EmbeddedFile> files(LambdaRuntimes().begin(), LambdaRuntimes().end());
  files.insert(files.end(), ModelFiles().begin(), ModelFiles().end());
  return files;
}

// Named after its content: another version of this program has another folder.
const std::string& RuntimeFolderName() {
  static const std::string kName = [] {
    std::string all;
    for (const EmbeddedFile& file : RuntimeFiles()) all.append(file.name).append(file.bytes);
    return "lambda/runtimes/" + ToHex(Sha256(all)).substr(0, 16);
  }();
  return kName;
}

Result<std::string> RuntimeFolder(const WaitContext& context) {
  const std::string folder =
      fs::absolute(JoinPath(context.data_folder(), RuntimeFolderName())).string();
  if (fs::exists(folder)) return folder;
  // Into a name of its own first: a process that is killed here leaves no half.
  const std::string temporary = folder + "." + NewUuid(context.random());
  DiskFiles files;
  for (const EmbeddedFile& file : LambdaRuntimes())
    TL_DO(files.Write(JoinPath(temporary, std::string(file.name)), file.bytes));
  for (const EmbeddedFile& file : ModelFiles())
    TL_DO(files.Write(JoinPath(temporary, "models/" + std::string(file.name)), file.bytes));
  TL_DO(Rename(temporary, folder));
  return folder;
}

// The system's own interpreters first: what is earlier on a developer's PATH may lack the AWS
// libraries.
Answer<std::string> Interpreter(const std::map<std::string, std::string>& environment,
                                const std::string& name, const std::string& runtime) {
  const MapEnvironment system({{"PATH", "/usr/bin:/usr/local/bin"}});
  const MapEnvironment child(environment);
  for (const Environment* place :
       {static_cast<const Environment*>(&system), static_cast<const Environment*>(&child)}) {
    if (auto path = FindProgram(name, *place)) return *path;
  }
  return ServiceError(
      "InvalidRuntimeException",
      fmt::format("runtime '{}' needs '{}' on this machine, and there is none on PATH", runtime,
                  name));
}

void AddFunctionVariables(const Resolved& function, const std::string& code,
                          const std::string& stream,
                          std::map<std::string, std::string>& environment) {
  const json::Object& configuration = function.configuration;
  for (const json::Member& variable :
       configuration.GetObject("Environment").GetObject("Variables")) {
    environment[variable.key] = variable.value.AsString();
  }
  environment["_HANDLER"] = configuration.GetString("Handler");
  environment["LAMBDA_TASK_ROOT"] = code;
  environment["AWS_LAMBDA_FUNCTION_NAME"] = configuration.GetString("FunctionName");
  environment["AWS_LAMBDA_FUNCTION_VERSION"] = function.version;
  environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] =
      std::to_string(configuration.GetInt("MemorySize", 128));
  environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
  environment["AWS_LAMBDA_LOG_GROUP_NAME"] = LogGroupOf(configuration);
  environment["AWS_LAMBDA_LOG_STREAM_NAME"] = stream;
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

Answer<std::vector<std::string>> Arguments(const WaitContext& context, const Resolved& function,
                                           const std::string& code,
                                           const std::map<std::string, std::string>& environment) {
  const std::string runtime(function.configuration.GetString("Runtime"));
  if (StartsWith(runtime, "provided")) return std::vector<std::string>{code + "/bootstrap"};
  const bool node = StartsWith(runtime, "nodejs");
  TL_TRY(std::string interpreter, Interpreter(environment, node ? "node" : "python3", runtime));
  TL_TRY(const std::string folder, RuntimeFolder(context));
  std::vector<std::string> arguments{std::move(interpreter)};
  if (node) {
    arguments.push_back(
        fmt::format("--max-old-space-size={}", function.configuration.GetInt("MemorySize", 128)));
  } else {
    arguments.emplace_back("-u");
  }
  arguments.push_back(JoinPath(folder, node ? "node_bootstrap.mjs" : "python_bootstrap.py"));
  return arguments;
}

// A role may have been deleted or changed since the function got it.
bool StillHasRole(const WaitContext& context, const Resolved& function) {
  bool may = false;
  static_cast<void>(context.State([&](Context& state) -> Answer<> {
    may = MayAssumeRole(state, function.configuration.GetString("Role"));
    return json::Object();
  }));
  return may;
}

}  // namespace

std::string NewLogStream(const WaitContext& context, const std::string& version) {
  const std::string day = ToIso8601(context.clock().Now()).substr(0, 10);
  std::array<unsigned char, 16> bytes{};
  context.random().Fill(bytes);
  const std::string unique = ToHex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return fmt::format("{}/[{}]{}", Replace(day, "-", "/"), version, unique);
}

net::aw<Answer<Launch>> PrepareLaunch(WaitContext context, Resolved function) {
  const std::string zip = context.objects().Path(function.code_id);
  const std::string code =
      fs::absolute(JoinPath(context.data_folder(), "lambda/code/" + function.code_id)).string();
  const std::string unique = NewUuid(context.random());
  Result<void> unpacked;
  std::function<void()> work = [&] { unpacked = UnpackOnce(zip, code, unique); };
  co_await context.OnWorker(std::move(work));
  if (!unpacked) {
    co_return ServiceError(
        "InvalidZipFileException",
        fmt::format("could not unzip the function's code: {}", unpacked.error().message()));
  }
  const std::string name(function.configuration.GetString("FunctionName"));
  if (!StillHasRole(context, function)) {
    co_return ServiceError("AccessDeniedException",
                           "The role defined for the function cannot be assumed by Lambda.");
  }
  auto environment = context.ChildEnvironment(function.configuration.GetString("Role"), name);
  if (!environment) co_return std::move(environment).error();
  std::string stream = NewLogStream(context, function.version);
  AddFunctionVariables(function, code, stream, *environment);
  auto arguments = Arguments(context, function, code, *environment);
  if (!arguments) co_return std::move(arguments).error();
  Launch launch{.arguments = std::move(*arguments),
                .environment = std::move(*environment),
                .folder = code,
                .memory_mb = function.configuration.GetInt("MemorySize", 128),
                .log_stream = std::move(stream)};
  co_return launch;
}

}  // namespace trunkline::cloud::lambda
