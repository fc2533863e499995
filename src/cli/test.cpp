#include "app/run_tests_text.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--env",
     .value = "NAME",
     .help = "the environment whose account and Region contacts see (default: the first)"},
    {.name = "--at",
     .value = "TIME",
     .help = "when contacts begin (default 2026-01-06T17:00:00Z, a Tuesday)"},
    {.name = "--seed",
     .value = "N",
     .help = "what percentages and new ids are drawn from (default 1)"},
    {.name = "--strict",
     .value = "",
     .help = "read tests as the documentation has them, not as the service takes them"},
    {.name = "--junit", .value = "FILE", .help = "write the results as JUnit XML, too"},
    {.name = "--jobs",
     .value = "N",
     .help = "run so many tests at once (default: one for each core)"},
};

Result<std::int64_t> ReadNumber(const Arguments& arguments, std::string_view option,
                                std::int64_t fallback) {
  if (!arguments.Has(option)) return fallback;
  const auto number = ToInt(arguments.Get(option));
  if (number && *number >= 0) return *number;
  return Error(ErrorKind::kInvalid, "expected a number from 0 on as '{}' but got '{}'", option,
               arguments.Get(option));
}

Result<app::TestOrder> ReadOrder(const Arguments& arguments) {
  app::TestOrder order{.paths = arguments.positionals,
                       .environment = arguments.Get("--env"),
                       .strict = arguments.Has("--strict")};
  if (arguments.Has("--at")) {
    order.at = ParseIso8601(arguments.Get("--at"));
    if (!order.at) {
      return Error(ErrorKind::kInvalid,
                   "expected a time such as '2026-12-24T18:00:00Z' as '--at' but got '{}'",
                   arguments.Get("--at"));
    }
  }
  TL_TRY(const std::int64_t seed, ReadNumber(arguments, "--seed", 1));
  TL_TRY(const std::int64_t jobs, ReadNumber(arguments, "--jobs", 0));
  order.seed = static_cast<std::uint64_t>(seed);
  order.jobs = static_cast<std::size_t>(jobs);
  return order;
}

Exit RunTest(World& world, const Arguments& arguments) {
  const Result<app::TestOrder> order = ReadOrder(arguments);
  if (!order) return Fail(world, arguments, order.error(), Exit::kUsage);
  Findings findings;
  const Result<app::TestReport> report = app::RunTests(MakeAppWorld(world), *order, findings);
  world.err.Write(ToText(findings, world.err.IsTerminal()));
  if (!report) return Fail(world, arguments, report.error(), Exit::kUsage);
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  if (arguments.Has("--junit")) {
    const Result<void> written = world.files.Write(arguments.Get("--junit"), app::ToJunit(*report));
    if (!written) return Fail(world, arguments, written.error());
  }
  world.out.Write(arguments.Has("--json") ? json::WritePretty(json::Value(app::ToJson(*report)))
                                          : app::ToText(*report));
  if (HasErrors(report->findings)) return Exit::kUsage;
  return report->Passed() == report->tests.size() ? Exit::kDone : Exit::kFailed;
}

}  // namespace

const Command kTestCommand{
    .name = "test",
    .summary = "runs test cases in Amazon Connect's Testing language, without any cloud",
    .positionals = "[PATH...]",
    .options = kOptions,
    .details =
        "PATHs are test files or folders; without any, all of amzconnect-contact-flows/tests of "
        "the "
        "monorepo here.\n"
        "A test is the input of 'aws connect create-test-case', or its Content alone. Of one that "
        "fails the first\n"
        "difference and the transcript are printed.\n"
        "Exit code: 0 all passed, 1 one did not, 2 a test or the center cannot be read.",
    .example = "trunkline test --junit tests.xml",
    .run = RunTest};

}  // namespace trunkline::cli
