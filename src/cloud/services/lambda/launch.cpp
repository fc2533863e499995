#include "cloud/services/lambda/launch.h"

#include <filesystem>

#include "base/embedded.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "cloud/objects.h"
#include "cloud/services/lambda/configuration.h"
#include "cloud/services/lambda/folders.h"
#include "cloud/services/lambda/function_layers.h"
#include "cloud/services/lambda/function_log.h"

namespace trunkline {
std::span<const EmbeddedFile> LambdaRuntimes();  // cmake/embed.cmake
std::span<const EmbeddedFile> ModelFiles();
}  // namespace trunkline

namespace trunkline::cloud::lambda {
namespace {

namespace fs = std::filesystem;

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
  TL_DO(MakeOnce(folder, NewUuid(context.random()), [](const std::string& made) -> Result<void> {
    DiskFiles files;
    for (const EmbeddedFile& file : LambdaRuntimes())
      TL_DO(files.Write(JoinPath(made, std::string(file.name)), file.bytes));
    for (const EmbeddedFile& file : ModelFiles())
      TL_DO(files.Write(JoinPath(made, "models/" + std::string(file.name)), file.bytes));
    return {};
  }));
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

bool IsNode(const Resolved& function) {
  return function.configuration.GetString("Runtime").starts_with("nodejs");
}

// What is unpacked of a function, and what starts it.
struct Parts {
  std::string code;         // folder
  std::string layers;       // folder, or empty
  std::string interpreter;  // empty: the function brings its own
  std::string language;     // folder for /var/lang, or empty
};

// As AWS looks for it: in the code, then in the layers.
std::string Bootstrap(const Parts& parts) {
  std::error_code error;
  std::string own = parts.code + "/bootstrap";
  if (parts.layers.empty() || fs::exists(own, error)) return own;
  return parts.layers + "/bootstrap";
}

Answer<std::vector<std::string>> Arguments(const WaitContext& context, const Resolved& function,
                                           const Parts& parts) {
  if (parts.interpreter.empty()) return std::vector<std::string>{Bootstrap(parts)};
  const bool node = IsNode(function);
  TL_TRY(const std::string folder, RuntimeFolder(context));
  std::vector<std::string> arguments{parts.interpreter};
  if (node) {
    arguments.push_back(
        fmt::format("--max-old-space-size={}", function.configuration.GetInt("MemorySize", 128)));
  } else {
    arguments.emplace_back("-u");
  }
  arguments.push_back(JoinPath(folder, node ? "node_bootstrap.mjs" : "python_bootstrap.py"));
  return arguments;
}

// A script that starts the runtime itself, given its command; layers bring such.
void AddWrapper(const LayerView& view, const Parts& parts, Launch& launch) {
  const auto wrapper = launch.environment.find("AWS_LAMBDA_EXEC_WRAPPER");
  if (wrapper == launch.environment.end() || wrapper->second.empty() || parts.interpreter.empty())
    return;
  launch.arguments.insert(launch.arguments.begin(), OutsidePath(view, parts.code, wrapper->second));
}

std::string FolderOf(const WaitContext& context, std::string_view sort, std::string_view name) {
  return fs::absolute(JoinPath(context.data_folder(), fmt::format("lambda/{}/{}", sort, name)))
      .string();
}

// The objects of the function's layers. Its role may have been deleted or changed since it got it.
Answer<std::vector<std::string>> Admit(const WaitContext& context, const Resolved& function) {
  std::vector<std::string> ids;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    if (!MayAssumeRole(state, function.configuration.GetString("Role"))) {
      return ServiceError("AccessDeniedException",
                          "The role defined for the function cannot be assumed by Lambda.");
    }
    TL_TRY(ids, LayerCodeIds(state, function.configuration));
    return json::Object();
  }));
  return ids;
}

// One zip over the other, in a folder that is named after them.
struct Zips {
  std::vector<std::string> paths;
  std::string folder;
};

Zips LayerZips(const WaitContext& context, const std::vector<std::string>& ids) {
  Zips zips;
  if (ids.empty()) return zips;
  for (const std::string& id : ids) zips.paths.push_back(context.objects().Path(id));
  zips.folder = FolderOf(context, "layers", ToHex(Sha256(Join(ids, " "))).substr(0, 32));
  return zips;
}

net::aw<Answer<void>> Unpack(WaitContext context, Zips zips, std::string what) {
  const std::string unique = NewUuid(context.random());
  Result<void> unpacked;
  std::function<void()> work = [&] { unpacked = UnpackOnce(zips.paths, zips.folder, unique); };
  co_await context.OnWorker(std::move(work));
  if (unpacked) co_return Answer<void>();
  co_return ServiceError(
      "InvalidZipFileException",
      fmt::format("could not unzip the function's {}: {}", what, unpacked.error().message()));
}

Answer<void> FindLanguage(const WaitContext& context, const Resolved& function,
                          const std::map<std::string, std::string>& environment, Parts& parts) {
  const std::string runtime(function.configuration.GetString("Runtime"));
  if (runtime.starts_with("provided")) return {};
  TL_TRY(parts.interpreter,
         Interpreter(environment, IsNode(function) ? "node" : "python3", runtime));
  if (parts.layers.empty()) return {};
  const std::string name =
      fmt::format("{}-{}", runtime, ToHex(Sha256(parts.interpreter)).substr(0, 8));
  parts.language = FolderOf(context, "languages", name);
  TL_DO(MakeLanguageFolder(parts.language, NewUuid(context.random()), parts.interpreter, runtime));
  return {};
}

// Once everything is unpacked.
Answer<Launch> MakeLaunch(const WaitContext& context, const Resolved& function, Parts parts) {
  const json::Object& configuration = function.configuration;
  const std::string name(configuration.GetString("FunctionName"));
  Launch launch{.arguments = {},
                .environment = {},
                .folder = parts.code,
                .memory_mb = configuration.GetInt("MemorySize", 128),
                .log_stream = NewLogStream(context, function.version)};
  TL_TRY(launch.environment, context.ChildEnvironment(configuration.GetString("Role"), name));
  AddFunctionVariables(function, parts.code, launch.log_stream, launch.environment);
  TL_DO(FindLanguage(context, function, launch.environment, parts));
  TL_TRY(launch.arguments, Arguments(context, function, parts));
  LayerView view =
      ViewLayers(context.engine().Get<LayerMounts>(), parts.layers, parts.code, parts.language);
  AddLayerPaths(view, std::string(configuration.GetString("Runtime")), launch.environment);
  AddWrapper(view, parts, launch);
  launch.mounts = std::move(view.mounts);
  return launch;
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
  TL_CO_TRY(const std::vector<std::string> layer_ids, Admit(context, function));
  Zips code{.paths = {context.objects().Path(function.code_id)},
            .folder = FolderOf(context, "code", function.code_id)};
  Zips layers = LayerZips(context, layer_ids);
  const Parts parts{
      .code = code.folder, .layers = layers.folder, .interpreter = {}, .language = {}};
  TL_CO_DO(co_await Unpack(context, std::move(code), "code"));
  if (!parts.layers.empty()) TL_CO_DO(co_await Unpack(context, std::move(layers), "layers"));
  co_return MakeLaunch(context, function, parts);
}

}  // namespace trunkline::cloud::lambda
