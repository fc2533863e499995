#include "app/run_tests.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "app/flow_files.h"
#include "app/lint_home.h"
#include "app/parallel.h"
#include "app/stage.h"
#include "app/test_files.h"
#include "base/text.h"
#include "center/load.h"
#include "sim/testing/check_outcomes.h"
#include "sim/testing/match.h"

namespace trunkline::app {
namespace {

// A center that tests run on. Nobody takes queued contacts: a test ends in the queue.
struct Ground {
  std::shared_ptr<const sim::World> world;
  sim::StandIns stand_ins;
  std::shared_ptr<const center::Center> center;
};

struct Runnable {
  std::string file;
  sim::TestCase test;
  const Ground* ground = nullptr;
};

Result<StagePlace> ReadPlace(const center::Center& center, const std::string& environment) {
  if (!environment.empty()) {
    TL_TRY(const center::Environment* found, center::SelectEnvironment(center, environment));
    return PlaceOf(*found);
  }
  return center.environments.empty() ? StagePlace{} : PlaceOf(center.environments.front());
}

class Grounds {
 public:
  Grounds(const Files& files, const std::string& environment, Findings& findings)
      : files_(files), environment_(environment), findings_(findings) {}

  // Of a test's file.
  Result<const Ground*> Of(const std::string& file) {
    const auto folder = FindMonorepo(files_, FolderName(file));
    if (!folder) {
      return Error(ErrorKind::kNotFound,
                   "'{}' is in no monorepo: expected a folder above it with a trunkline.json or an "
                   "amzconnect-contact-flows",
                   file);
    }
    std::unique_ptr<Ground>& ground = by_folder_[*folder];
    if (ground == nullptr) {
      TL_TRY(Ground made, Make(*folder));
      ground = std::make_unique<Ground>(std::move(made));
    }
    return static_cast<const Ground*>(ground.get());
  }

  // In the order of their folders.
  std::vector<const Ground*> All() const {
    std::vector<const Ground*> all;
    for (const auto& [folder, ground] : by_folder_) all.push_back(ground.get());
    return all;
  }

 private:
  Error CannotRun(const std::string& folder, const Findings& why) {
    findings_.insert(findings_.end(), why.begin(), why.end());
    return Error(ErrorKind::kInvalid, "the center in '{}' cannot be tested", folder);
  }

  Result<Ground> Make(const std::string& folder) {
    center::Loaded loaded = center::LoadCenter(files_, folder);
    if (!loaded.center) return CannotRun(folder, loaded.findings);
    TL_TRY(const StagePlace place, ReadPlace(*loaded.center, environment_));
    Stage stage = SetStage(*loaded.center, place);
    if (HasErrors(stage.findings)) return CannotRun(folder, stage.findings);
    stage.world.answering.mode = sim::Answering::Mode::kNobody;
    Ground ground;
    ground.center = std::make_shared<const center::Center>(std::move(*loaded.center));
    ground.world = std::make_shared<const sim::World>(std::move(stage.world));
    ground.stand_ins = std::move(stage.stand_ins);
    return ground;
  }

  const Files& files_;
  std::string environment_;
  Findings& findings_;
  std::map<std::string, std::unique_ptr<Ground>> by_folder_;
};

// A flow that is not there, before the call is made.
Result<void> CheckFlow(const sim::TestCase& test, const Ground& ground) {
  const std::string wanted = sim::WithoutSymbol(test.flow);
  if (ground.world->FindFlow(wanted) != nullptr) return {};
  std::vector<std::string> names;
  for (const center::Flow& flow : ground.center->flows) names.push_back(*flow.name);
  const auto nearest = Nearest(wanted, names);
  return Error(ErrorKind::kNotFound, "test '{}' enters flow '{}', which the center does not have{}",
               test.name, wanted,
               nearest ? fmt::format(": did you mean '{}'?", *nearest) : std::string());
}

// What the flows cannot do as the test wants it. The places of a scenario's test are in the
// document it was compiled to: only the file is told.
Findings OutcomeFindings(const sim::TestCase& test, const Ground& ground, const std::string& file) {
  Findings findings = sim::CheckOutcomes(test, *ground.world);
  for (Finding& finding : findings) {
    finding.message = fmt::format("test '{}': {}", test.name, finding.message);
    if (IsScenario(file)) finding.place = {.file = file};
  }
  return findings;
}

// Adds the tests of a file that can be run.
Result<void> Prepare(const Files& files, const std::string& file, const TestOrder& order,
                     Grounds& grounds, std::vector<Runnable>& runnables, TestReport& report) {
  const auto mode = order.strict ? sim::TestMode::kStrict : sim::TestMode::kObserved;
  TL_TRY(TestFile read, ReadTestFile(files, file, mode));
  report.findings.insert(report.findings.end(), read.findings.begin(), read.findings.end());
  if (read.tests.empty()) ++report.unread;
  for (sim::TestCase& test : read.tests) {
    TL_TRY(const Ground* ground, grounds.Of(file));
    if (const Result<void> checked = CheckFlow(test, *ground); !checked) {
      report.findings.push_back(UnusableFile(file, checked.error()));
      ++report.unread;
    } else if (Findings wrong = OutcomeFindings(test, *ground, file); !wrong.empty()) {
      std::ranges::move(wrong, std::back_inserter(report.findings));
      ++report.unread;
    } else {
      runnables.push_back({.file = file, .test = std::move(test), .ground = ground});
    }
  }
  return {};
}

std::vector<CoveredFlow> CoverageOf(const Grounds& grounds, const std::vector<Runnable>& runnables,
                                    const std::vector<TestRunResult>& results) {
  std::vector<CoveredFlow> all;
  for (const Ground* ground : grounds.All()) {
    sim::Coverage sum;
    for (std::size_t i = 0; i < runnables.size(); ++i) {
      if (runnables[i].ground == ground) sum.Add(results[i].outcome.coverage);
    }
    std::ranges::move(CoverFlows(ground->center, *ground->world, sum), std::back_inserter(all));
  }
  return all;
}

}  // namespace

std::size_t TestReport::Passed() const {
  return static_cast<std::size_t>(std::ranges::count_if(tests, [](const TestRunResult& one) {
    return one.outcome.verdict == sim::Verdict::kPassed;
  }));
}

Result<TestReport> RunTests(const AppWorld& world, const TestOrder& order, Findings& findings) {
  TL_TRY(const std::vector<std::string> files, FindTestFiles(world.files, order.paths));
  TestReport report;
  report.files = files.size();
  Grounds grounds(world.files, order.environment, findings);
  std::vector<Runnable> runnables;
  for (const std::string& file : files) {
    TL_DO(Prepare(world.files, file, order, grounds, runnables, report));
  }
  report.tests.resize(runnables.size());
  const auto run = [&](std::size_t i) {
    const Runnable& one = runnables[i];
    report.tests[i] = {
        .file = one.file,
        .name = one.test.name,
        .flow = sim::WithoutSymbol(one.test.flow),
        .outcome = sim::RunTestCase(one.test, one.ground->world, one.ground->stand_ins,
                                    {.at = order.at.value_or(kTestTime), .seed = order.seed})};
  };
  InParallel(runnables.size(), run, order.jobs);
  if (order.coverage) report.coverage = CoverageOf(grounds, runnables, report.tests);
  return report;
}

}  // namespace trunkline::app
