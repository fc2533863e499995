#include "app/graphviz.h"

#include <chrono>

#include "base/shown.h"
#include "base/subprocess.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

constexpr std::chrono::minutes kLimit{1};
constexpr std::size_t kShownComplaint = 200;

// What it needs of ours: where programs are, and where fonts are remembered.
std::map<std::string, std::string> EnvironmentOf(const Environment& environment) {
  std::map<std::string, std::string> passed;
  for (const char* const name : {"PATH", "HOME", "LANG", "LC_ALL", "XDG_CACHE_HOME"})
    if (std::optional<std::string> value = environment.Get(name)) passed.emplace(name, *value);
  return passed;
}

}  // namespace

Result<std::string> RunGraphviz(const Environment& environment, std::string_view engine,
                                std::string_view format, std::string text) {
  const std::optional<std::string> program = FindProgram("dot", environment);
  if (!program) {
    return Error(ErrorKind::kNotFound,
                 "there is no program 'dot' on PATH, which draws SVG and PNG; install the package "
                 "graphviz, or use --format mermaid or --format dot");
  }
  ProcessSpec spec{
      .arguments = {*program, fmt::format("-K{}", engine), fmt::format("-T{}", format)},
      .environment = EnvironmentOf(environment),
      .folder = {},
      .input = std::move(text)};
  // A letter is as high as the text of a page then; Graphviz's own 96 take twice the time.
  if (format.starts_with("png")) spec.arguments.emplace_back("-Gdpi=72");
  if (engine == "neato") spec.arguments.emplace_back("-n2");
  TL_TRY(ProcessOutput output, RunProcess(spec, kLimit));
  if (output.timed_out)
    return Error(ErrorKind::kUnreached, "'{}' took more than a minute for one picture", *program);
  if (output.exit_code != 0 || output.out.empty()) {
    return Error(ErrorKind::kUnreached, "'{}' ended with exit code {}: {}", *program,
                 output.exit_code, Shown(Trim(output.err), kShownComplaint));
  }
  return std::move(output.out);
}

}  // namespace trunkline::app
