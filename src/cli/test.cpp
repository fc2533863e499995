#include "app/coverage_text.h"
#include "app/run_tests_text.h"
#include "base/changes.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/interrupt.h"
#include "cli/list.h"
#include "cli/test_emit.h"
#include "cli/test_watch.h"

namespace trunkline::cli {
namespace {

constexpr Milliseconds kLookPause{250};  // between two looks for changes

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
    {.name = "--coverage",
     .value = "",
     .help = "print which actions and branches of the flows the tests went through"},
    {.name = "--coverage-html",
     .value = "FILE",
     .help = "write a page with a picture of each flow and what was missed (needs Graphviz)"},
    {.name = "--cobertura", .value = "FILE", .help = "write the coverage as Cobertura XML"},
    {.name = "--fail-under",
     .value = "PERCENT",
     .help = "fail when fewer actions and branches were gone through"},
    {.name = "--jobs",
     .value = "N",
     .help = "run so many tests at once (default: one for each core)"},
    {.name = "--emit",
     .value = "",
     .help = "run nothing: print scenarios as test cases in the Testing language"},
    {.name = "--watch", .value = "", .help = "run again whenever a file of the monorepo changes"},
    {.name = "-o", .value = "DIR", .help = "with --emit: write each test case to a file in DIR"},
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

bool WantsCoverage(const Arguments& arguments) {
  return arguments.Has("--coverage") || arguments.Has("--coverage-html") ||
         arguments.Has("--cobertura") || arguments.Has("--fail-under");
}

// Nothing when it was not asked for.
Result<std::optional<double>> ReadLeast(const Arguments& arguments) {
  if (!arguments.Has("--fail-under")) return std::optional<double>();
  const auto number = ToInt(arguments.Get("--fail-under"));
  if (number && *number >= 0 && *number <= 100) return std::optional(static_cast<double>(*number));
  return Error(ErrorKind::kInvalid,
               "expected a whole number from 0 to 100 as '--fail-under' but got '{}'",
               arguments.Get("--fail-under"));
}

Result<void> WriteFiles(World& world, const Arguments& arguments, const app::TestReport& report,
                        TimePoint at) {
  if (arguments.Has("--junit"))
    TL_DO(world.files.Write(arguments.Get("--junit"), app::ToJunit(report)));
  if (arguments.Has("--cobertura")) {
    TL_DO(world.files.Write(arguments.Get("--cobertura"), app::ToCobertura(report.coverage, at)));
  }
  if (arguments.Has("--coverage-html")) {
    TL_TRY(const std::string page, app::ToHtml(report.coverage, world.environment));
    TL_DO(world.files.Write(arguments.Get("--coverage-html"), page));
  }
  return {};
}

std::string Print(const Arguments& arguments, const app::TestReport& report) {
  if (arguments.Has("--json")) return json::WritePretty(json::Value(app::ToJson(report)));
  std::string text = app::ToText(report);
  if (arguments.Has("--coverage")) text += app::ToText(report.coverage);
  return text;
}

Exit RunOnce(World& world, const Arguments& arguments) {
  Result<app::TestOrder> order = ReadOrder(arguments);
  if (!order) return Fail(world, arguments, order.error(), Exit::kUsage);
  const Result<std::optional<double>> least = ReadLeast(arguments);
  if (!least) return Fail(world, arguments, least.error(), Exit::kUsage);
  order->coverage = WantsCoverage(arguments);
  Findings findings;
  const Result<app::TestReport> report = app::RunTests(MakeAppWorld(world), *order, findings);
  world.err.Write(ToText(findings, world.err.IsTerminal()));
  if (!report) return Fail(world, arguments, report.error(), Exit::kUsage);
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  const Result<void> written = WriteFiles(world, arguments, *report, world.clock.Now());
  if (!written) return Fail(world, arguments, written.error());
  world.out.Write(Print(arguments, *report));
  if (HasErrors(report->findings)) return Exit::kUsage;
  const double covered = app::SumOf(report->coverage).Percent();
  if (*least && covered < **least) {
    return Fail(
        world, arguments,
        Error(ErrorKind::kInvalid,
              "the tests go through {:.1f} % of actions and branches: at least {:.0f} % were "
              "expected (--coverage lists what is missed)",
              covered, **least));
  }
  return report->Passed() == report->tests.size() ? Exit::kDone : Exit::kFailed;
}

// Files that a run writes would be changes, too; and what no change of a file can mend is said at
// once.
Result<void> CheckWatch(const Arguments& arguments) {
  for (const std::string_view option :
       {"--junit", "--coverage-html", "--cobertura", "--emit", "-o"}) {
    if (!arguments.Has(option)) continue;
    return Error(ErrorKind::kInvalid, "'--watch' runs tests again and again: leave out '{}'",
                 option);
  }
  TL_DO(ReadOrder(arguments));
  TL_DO(ReadLeast(arguments));
  return {};
}

Exit WatchTests(World& world, const Arguments& arguments) {
  const Result<void> checked = CheckWatch(arguments);
  if (!checked) return Fail(world, arguments, checked.error(), Exit::kUsage);
  DiskChanges changes(WatchedFolders(world.files, arguments.positionals),
                      {".git", "node_modules", "build", "cdk.out", ".trunkline"}, kLookPause,
                      StopOnInterrupt());
  return RunOnChange(world, changes, [&] { return RunOnce(world, arguments); });
}

Exit RunTest(World& world, const Arguments& arguments) {
  if (arguments.Has("--watch")) return WatchTests(world, arguments);
  if (arguments.Has("--emit")) return EmitTests(world, arguments);
  if (arguments.Has("-o")) {
    return Fail(world, arguments,
                Error(ErrorKind::kInvalid, "'-o' says where '--emit' writes: give both"),
                Exit::kUsage);
  }
  return RunOnce(world, arguments);
}

}  // namespace

const Command kTestCommand{
    .name = "test",
    .summary = "runs test cases in Amazon Connect's Testing language, and scenarios, offline",
    .positionals = "[PATH...]",
    .options = kOptions,
    .details =
        "PATHs are test files or folders; without any, all of amzconnect-contact-flows/tests of "
        "the "
        "monorepo here.\n"
        "A test is the input of 'aws connect create-test-case', or its Content alone; or a\n"
        "scenario, a text with one step a line (*.scenario, docs/test.md). Of one that fails the\n"
        "first difference and the transcript are printed.\n"
        "Exit code: 0 all passed, 1 one did not, 2 a test or the center cannot be read.",
    .example = "trunkline test --junit tests.xml",
    .run = RunTest};

}  // namespace trunkline::cli
