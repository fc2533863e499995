#include "app/run_tests_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/coverage_text.h"
#include "base/finding_json.h"
#include "base/text.h"
#include "base/xml.h"

namespace trunkline::app {
namespace {

double Seconds(Milliseconds time) {
  return static_cast<double>(time.count()) / 1000.0;
}

std::string Indented(std::string_view text) {
  std::string indented;
  for (const std::string_view line : Split(text, '\n')) {
    if (!line.empty()) indented += fmt::format("    {}\n", line);
  }
  return indented;
}

std::string Details(const TestRunResult& test) {
  std::string details = fmt::format("  {}\n", test.outcome.difference);
  for (const std::string& one : test.outcome.unused) details += fmt::format("  note: {}\n", one);
  for (const std::string& one : test.outcome.missing)
    details += fmt::format("  note: nothing answered for '{}': override it in the test\n", one);
  return details + Indented(sim::ToText(test.outcome.transcript));
}

json::Object ToJson(const TestRunResult& test) {
  const sim::TestOutcome& outcome = test.outcome;
  json::Array observations, assertions, unused, missing;
  for (const sim::ObservationOutcome& one : outcome.observations) {
    observations.push_back(json::Object{{"id", one.id},
                                        {"passed", one.passed},
                                        {"times", one.times},
                                        {"first", one.first.count()}});
  }
  for (const sim::AssertionOutcome& one : outcome.assertions) {
    assertions.push_back(
        json::Object{{"reference", one.assertion.reference},
                     {"operator", one.assertion.op},
                     {"operand", one.assertion.operand},
                     {"actual", one.actual ? json::Value(*one.actual) : json::Value()},
                     {"holds", one.holds}});
  }
  for (const std::string& one : outcome.unused) unused.emplace_back(one);
  for (const std::string& one : outcome.missing) missing.emplace_back(one);
  json::Object log;
  for (const auto& [label, text] : outcome.log) log.Set(label, text);
  return {{"file", test.file},
          {"name", test.name},
          {"flow", test.flow},
          {"verdict", sim::ToText(outcome.verdict)},
          {"difference", outcome.difference},
          {"took", outcome.took.count()},
          {"observations", std::move(observations)},
          {"assertions", std::move(assertions)},
          {"log", std::move(log)},
          {"unused", std::move(unused)},
          {"missing", std::move(missing)},
          {"transcript", sim::ToJson(outcome.transcript)}};
}

}  // namespace

std::string ToText(const TestReport& report) {
  if (report.files == 0)
    return "no test cases: expected them as amzconnect-contact-flows/tests/*.json or *.scenario "
           "(docs/test.md)\n";
  std::string text;
  for (const TestRunResult& test : report.tests) {
    const bool passed = test.outcome.verdict == sim::Verdict::kPassed;
    text += fmt::format("{} {} ({}, {:.1f} s)\n", passed ? "ok  " : "FAIL", test.name, test.file,
                        Seconds(test.outcome.took));
    if (!passed) text += Details(test);
    for (const auto& [label, value] : test.outcome.log)
      text += fmt::format("  log {}: {}\n", label, value);
  }
  const std::size_t failed = report.tests.size() - report.Passed();
  text += fmt::format("{} passed, {} failed", report.Passed(), failed);
  if (report.unread != 0) text += fmt::format(", {} not run", report.unread);
  return text + "\n";
}

json::Object ToJson(const TestReport& report) {
  json::Array tests;
  for (const TestRunResult& test : report.tests) tests.push_back(ToJson(test));
  json::Object all{{"passed", report.Passed()},
                   {"failed", report.tests.size() - report.Passed()},
                   {"findings", trunkline::ToJson(report.findings)},
                   {"tests", std::move(tests)}};
  if (!report.coverage.empty()) all.Set("coverage", ToJson(report.coverage));
  return all;
}

std::string ToJunit(const TestReport& report) {
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites>\n<testsuite name=\"trunkline test\" tests=\"{}\" failures=\"{}\" "
      "errors=\"0\">\n",
      report.tests.size(), report.tests.size() - report.Passed());
  for (const TestRunResult& test : report.tests) {
    xml += fmt::format("<testcase name=\"{}\" classname=\"{}\" file=\"{}\" time=\"{:.3f}\">\n",
                       EscapeXml(test.name), EscapeXml(test.flow), EscapeXml(test.file),
                       Seconds(test.outcome.took));
    if (test.outcome.verdict != sim::Verdict::kPassed) {
      xml += fmt::format("<failure type=\"{}\" message=\"{}\"/>\n",
                         sim::ToText(test.outcome.verdict), EscapeXml(test.outcome.difference));
    }
    xml += fmt::format("<system-out>{}</system-out>\n</testcase>\n",
                       EscapeXml(sim::ToText(test.outcome.transcript)));
  }
  return xml + "</testsuite>\n</testsuites>\n";
}

}  // namespace trunkline::app
