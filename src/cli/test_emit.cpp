#include "cli/test_emit.h"

#include <array>

#include "app/emit_tests.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"

namespace trunkline::cli {
namespace {

constexpr std::array<std::string_view, 8> kOfRuns = {"--junit",     "--coverage", "--coverage-html",
                                                     "--cobertura", "--at",       "--fail-under",
                                                     "--seed",      "--jobs"};

Result<void> CheckOptions(const Arguments& arguments) {
  for (const std::string_view option : kOfRuns) {
    if (!arguments.Has(option)) continue;
    return Error(ErrorKind::kInvalid, "'{}' is for running tests, and '--emit' runs none", option);
  }
  return {};
}

Result<std::string> Emitted(World& world, const Arguments& arguments,
                            const app::EmitReport& report) {
  std::string text;
  if (!arguments.Has("-o")) {
    for (const app::EmittedTest& one : report.tests) text += json::WritePretty(one.test);
    return text;
  }
  TL_TRY(const std::vector<std::string> written,
         app::WriteTests(world.files, arguments.Get("-o"), report.tests));
  for (const std::string& path : written) text += path + "\n";
  return text;
}

}  // namespace

Exit EmitTests(World& world, const Arguments& arguments) {
  const Result<void> checked = CheckOptions(arguments);
  if (!checked) return Fail(world, arguments, checked.error(), Exit::kUsage);
  const auto mode = arguments.Has("--strict") ? sim::TestMode::kStrict : sim::TestMode::kObserved;
  const Result<app::EmitReport> report = app::EmitTests(world.files, arguments.positionals, mode);
  if (!report) return Fail(world, arguments, report.error(), Exit::kUsage);
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  if (HasErrors(report->findings)) return Exit::kUsage;
  if (report->tests.empty()) {
    return Fail(world, arguments,
                Error(ErrorKind::kNotFound,
                      "there is no scenario: expected amzconnect-contact-flows/tests/*.scenario"),
                Exit::kUsage);
  }
  const Result<std::string> text = Emitted(world, arguments, *report);
  if (!text) return Fail(world, arguments, text.error());
  world.out.Write(*text);
  return Exit::kDone;
}

}  // namespace trunkline::cli
