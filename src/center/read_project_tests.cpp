// amzconnect-<project>/test.json: the commands of the Testing stage in the project's pipeline.
#include "center/file_kinds.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

constexpr std::string_view kFormats[] = {
    "JUNITXML",        "CUCUMBERJSON", "NUNITXML",     "NUNIT3XML", "TESTNGXML",
    "VISUALSTUDIOTRX", "CLOVERXML",    "COBERTURAXML", "JACOCOXML", "SIMPLECOV"};
constexpr Pattern kNamePattern{"[A-Za-z0-9][A-Za-z0-9_-]*", "letters, digits, '-' and '_'"};
// CodeBuild takes five report groups of a build.
constexpr Range kReportsRange{0, 5};

constexpr Field kCommand{.kind = Kind::kString, .pattern = &kSomethingPattern};
constexpr Field kRuntime{.kind = Kind::kString, .pattern = &kSomethingPattern};

constexpr Field kReportMembers[] = {
    {.name = "files",
     .summary = "The files of the report, as patterns, relative to the project's folder.",
     .kind = Kind::kList,
     .required = true,
     .range = &kAtLeastOne,
     .element = &kCommand},
    {.name = "format",
     .summary = "The format of the files; JUNITXML unless given.",
     .one_of = kFormats},
};
constexpr Field kReport{.kind = Kind::kObject, .members = kReportMembers};

constexpr Field kMembers[] = {
    {.name = "unit",
     .summary = "Commands of the unit tests, each a line of bash, run in the project's folder.",
     .kind = Kind::kList,
     .element = &kCommand},
    {.name = "integration",
     .summary = "Commands of the integration tests, run after the unit tests.",
     .kind = Kind::kList,
     .element = &kCommand},
    {.name = "coverage",
     .summary = "Commands that measure or check coverage, run last.",
     .kind = Kind::kList,
     .element = &kCommand},
    {.name = "runtimes",
     .summary = "The runtime versions that CodeBuild shall install, such as \"nodejs\": \"20\".",
     .kind = Kind::kMap,
     .pattern = &kNamePattern,
     .element = &kRuntime},
    {.name = "reports",
     .summary = "Reports that CodeBuild shows, by name.",
     .kind = Kind::kMap,
     .range = &kReportsRange,
     .pattern = &kNamePattern,
     .element = &kReport},
};

std::vector<std::string> Texts(const json::Object& object, std::string_view key) {
  std::vector<std::string> texts;
  for (const json::Value& value : object.GetArray(key)) {
    if (value.IsString()) texts.push_back(value.AsString());
  }
  return texts;
}

ProjectTests ReadTests(const json::Object& root) {
  ProjectTests tests{.unit = Texts(root, "unit"),
                     .integration = Texts(root, "integration"),
                     .coverage = Texts(root, "coverage"),
                     .runtimes = {},
                     .reports = {}};
  for (const json::Member& runtime : root.GetObject("runtimes")) {
    if (runtime.value.IsString())
      tests.runtimes.emplace_back(runtime.key, runtime.value.AsString());
  }
  for (const json::Member& report : root.GetObject("reports")) {
    if (!report.value.IsObject()) continue;
    const json::Object& members = report.value.AsObject();
    tests.reports.push_back({.name = report.key,
                             .files = Texts(members, "files"),
                             .format = std::string(members.GetString("format", "JUNITXML"))});
  }
  return tests;
}

}  // namespace

constinit const Field kProjectTestsShape{.kind = Kind::kObject, .members = kMembers};

void ReadProjectTests(Reading& reading) {
  for (const std::string_view project : kTestedProjects) {
    const std::string path = reading.Path(fmt::format("amzconnect-{}/test.json", project));
    if (!reading.files.Exists(path)) continue;
    const std::optional<Source> source = Source::Open(reading, path, kProjectTestsShape);
    if (!source || !source->root().IsObject()) continue;
    reading.center.project_tests.emplace(project, ReadTests(source->root().AsObject()));
  }
}

}  // namespace trunkline::center
