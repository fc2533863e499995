#include "cloud/services/codebuild/test_results.h"

#include <charconv>
#include <cmath>
#include <functional>

#include "aws/xml.h"
#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::cloud::codebuild {
namespace {

using aws::XmlElement;

double Number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string AttributeOf(const XmlElement& element, std::string_view name) {
  return std::string(element.Attribute(name).value_or(""));
}

std::int64_t Nanoseconds(double seconds) {
  return std::isfinite(seconds) && seconds > 0 && seconds < 1e9 ? std::llround(seconds * 1e9) : 0;
}

// Every element of that name at any depth; `parent` is the nearest element above it.
void Visit(const XmlElement& in, std::string_view name,
           const std::function<void(const XmlElement& found, const XmlElement& parent)>& visit) {
  for (const XmlElement& child : in.children) {
    if (child.name == name) visit(child, in);
    Visit(child, name, visit);
  }
}

std::string MessageOf(const XmlElement& element) {
  const std::string attribute = AttributeOf(element, "message");
  return attribute.empty() ? std::string(Trim(element.text)) : attribute;
}

TestResult FromJUnit(const XmlElement& found, const XmlElement& parent) {
  TestResult result{.prefix = AttributeOf(found, "classname"),
                    .name = AttributeOf(found, "name"),
                    .suite = AttributeOf(parent, "name"),
                    .status = "SUCCEEDED",
                    .message = {},
                    .nanoseconds = Nanoseconds(Number(AttributeOf(found, "time")))};
  for (const auto& [child, status] :
       {std::pair{"skipped", "SKIPPED"}, {"failure", "FAILED"}, {"error", "ERROR"}}) {
    if (const XmlElement* element = found.Find(child)) {
      result.status = status;
      result.message = MessageOf(*element);
    }
  }
  return result;
}

std::string NUnitStatus(std::string_view result) {
  if (result == "Success" || result == "Passed") return "SUCCEEDED";
  if (result == "Failure" || result == "Failed") return "FAILED";
  if (result == "Error") return "ERROR";
  if (result == "Ignored" || result == "Skipped" || result == "NotRunnable") return "SKIPPED";
  return "UNKNOWN";
}

TestResult FromNUnit(const XmlElement& found, const XmlElement& parent) {
  const bool newer = found.Attribute("duration").has_value();  // version 3
  TestResult result{
      .prefix = AttributeOf(found, "classname"),
      .name = AttributeOf(found, "name"),
      .suite = AttributeOf(parent, "name"),
      .status = NUnitStatus(AttributeOf(found, "result")),
      .message = {},
      .nanoseconds = Nanoseconds(Number(AttributeOf(found, newer ? "duration" : "time")))};
  if (const XmlElement* failure = found.Find("failure"))
    result.message = failure->TextOf("message");
  return result;
}

TestResult FromTestNg(const XmlElement& found, const XmlElement& parent) {
  const std::string status = AttributeOf(found, "status");
  TestResult result{.prefix = AttributeOf(parent, "name"),
                    .name = AttributeOf(found, "name"),
                    .suite = {},
                    .status = status == "PASS"   ? "SUCCEEDED"
                              : status == "FAIL" ? "FAILED"
                              : status == "SKIP" ? "SKIPPED"
                                                 : "UNKNOWN",
                    .message = {},
                    .nanoseconds = Nanoseconds(Number(AttributeOf(found, "duration-ms")) / 1000)};
  if (const XmlElement* thrown = found.Find("exception"))
    result.message = Trim(thrown->TextOf("message"));
  return result;
}

// "00:01:02.5000000"
double ClockSeconds(std::string_view text) {
  double seconds = 0;
  for (const std::string_view part : Split(text, ':')) seconds = seconds * 60 + Number(part);
  return seconds;
}

TestResult FromTrx(const XmlElement& found, const XmlElement& /*parent*/) {
  const std::string outcome = AttributeOf(found, "outcome");
  TestResult result{.prefix = {},
                    .name = AttributeOf(found, "testName"),
                    .suite = {},
                    .status = outcome == "Passed"                                ? "SUCCEEDED"
                              : outcome == "Failed"                              ? "FAILED"
                              : outcome == "Error" || outcome == "Timeout"       ? "ERROR"
                              : outcome == "NotExecuted" || outcome == "Pending" ? "SKIPPED"
                                                                                 : "UNKNOWN",
                    .message = {},
                    .nanoseconds = Nanoseconds(ClockSeconds(AttributeOf(found, "duration")))};
  if (const XmlElement* output = found.Find("Output")) {
    if (const XmlElement* info = output->Find("ErrorInfo"))
      result.message = info->TextOf("Message");
  }
  return result;
}

struct XmlFormat {
  std::string_view format;
  std::string_view element;
  TestResult (*read)(const XmlElement& found, const XmlElement& parent);
};

constexpr XmlFormat kXmlFormats[] = {
    {.format = "JUNITXML", .element = "testcase", .read = FromJUnit},
    {.format = "NUNIT3XML", .element = "test-case", .read = FromNUnit},
    {.format = "NUNITXML", .element = "test-case", .read = FromNUnit},
    {.format = "TESTNGXML", .element = "test-method", .read = FromTestNg},
    {.format = "VISUALSTUDIOTRX", .element = "UnitTestResult", .read = FromTrx},
};

// A scenario is as its worst step.
TestResult FromScenario(const json::Object& feature, const json::Object& scenario) {
  TestResult result{.prefix = std::string(feature.GetString("name")),
                    .name = std::string(scenario.GetString("name")),
                    .suite = std::string(feature.GetString("uri")),
                    .status = "SUCCEEDED",
                    .message = {},
                    .nanoseconds = 0};
  for (const json::Value& step : scenario.GetArray("steps")) {
    if (!step.IsObject()) continue;
    const json::Object& ran = step.AsObject().GetObject("result");
    const std::string_view status = ran.GetString("status");
    result.nanoseconds += ran.GetInt("duration");
    if (status == "failed") {
      result.status = "FAILED";
      result.message = ran.GetString("error_message");
    } else if (status != "passed" && result.status == "SUCCEEDED") {
      result.status = status == "skipped" || status == "pending" ? "SKIPPED" : "UNKNOWN";
    }
  }
  return result;
}

Result<std::vector<TestResult>> ReadCucumber(std::string_view text) {
  TL_TRY(const json::Value document, json::Parse(text));
  if (!document.IsArray())
    return Error(ErrorKind::kInvalid, "expected a list of features but got {}",
                 document.TypeName());
  std::vector<TestResult> results;
  for (const json::Value& feature : document.AsArray()) {
    if (!feature.IsObject()) continue;
    for (const json::Value& element : feature.AsObject().GetArray("elements")) {
      if (!element.IsObject() || element.AsObject().GetString("type") == "background") continue;
      results.push_back(FromScenario(feature.AsObject(), element.AsObject()));
    }
  }
  return results;
}

}  // namespace

std::string WithoutDoctype(std::string_view text) {
  const std::size_t at = text.find("<!DOCTYPE");
  if (at == std::string_view::npos) return std::string(text);
  const std::size_t end = text.find_first_of("[>", at);
  // One with declarations of its own stays, and is refused.
  if (end == std::string_view::npos || text[end] == '[') return std::string(text);
  return std::string(text.substr(0, at)) + std::string(text.substr(end + 1));
}

Result<std::vector<TestResult>> ReadTestResults(std::string_view format, std::string_view text) {
  if (format == "CUCUMBERJSON") return ReadCucumber(text);
  for (const XmlFormat& known : kXmlFormats) {
    if (known.format != format) continue;
    TL_TRY(const XmlElement root, aws::ReadXml(WithoutDoctype(text)));
    std::vector<TestResult> results;
    Visit(root, known.element, [&](const XmlElement& found, const XmlElement& parent) {
      results.push_back(known.read(found, parent));
    });
    return results;
  }
  return Error(ErrorKind::kInvalid, "unknown report file format '{}'", format);
}

}  // namespace trunkline::cloud::codebuild
