// The summaries of code coverage reports.
#include <algorithm>
#include <array>

#include "aws/xml.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/services/codebuild/test_results.h"

namespace trunkline::cloud::codebuild {
namespace {

using aws::XmlElement;

constexpr std::array<std::string_view, 4> kFormats = {"CLOVERXML", "COBERTURAXML", "JACOCOXML",
                                                      "SIMPLECOV"};

std::int64_t Count(const XmlElement& element, std::string_view attribute) {
  return ToInt(element.Attribute(attribute).value_or("0")).value_or(0);
}

// Both count what is there and what was reached.
Coverage FromTotals(const XmlElement& element, const std::array<std::string_view, 4>& names) {
  Coverage coverage;
  coverage.lines_covered = Count(element, names[1]);
  coverage.lines_missed = Count(element, names[0]) - coverage.lines_covered;
  coverage.branches_covered = Count(element, names[3]);
  coverage.branches_missed = Count(element, names[2]) - coverage.branches_covered;
  return coverage;
}

Coverage FromJacoco(const XmlElement& root) {
  Coverage coverage;
  for (const XmlElement& child : root.children) {
    if (child.name != "counter") continue;
    const std::string_view type = child.Attribute("type").value_or("");
    if (type == "LINE") {
      coverage.lines_covered = Count(child, "covered");
      coverage.lines_missed = Count(child, "missed");
    } else if (type == "BRANCH") {
      coverage.branches_covered = Count(child, "covered");
      coverage.branches_missed = Count(child, "missed");
    }
  }
  return coverage;
}

Result<Coverage> FromClover(const XmlElement& root) {
  const XmlElement* project = root.Find("project");
  const XmlElement* metrics = project ? project->Find("metrics") : nullptr;
  if (!metrics) return Error(ErrorKind::kInvalid, "expected an element coverage/project/metrics");
  return FromTotals(*metrics,
                    {"statements", "coveredstatements", "conditionals", "coveredconditionals"});
}

void AddLines(const json::Array& lines, Coverage& coverage) {
  for (const json::Value& line : lines) {
    if (!line.IsNumber()) continue;  // not code
    ++(line.AsInt() > 0 ? coverage.lines_covered : coverage.lines_missed);
  }
}

// resultset.json and coverage.json: a list of hits per line, or an object that holds it.
Result<Coverage> FromSimpleCov(std::string_view text) {
  TL_TRY(const json::Value document, json::Parse(text));
  if (!document.IsObject())
    return Error(ErrorKind::kInvalid, "expected an object but got {}", document.TypeName());
  Coverage coverage;
  const auto add = [&](const json::Object& files) {
    for (const json::Member& file : files) {
      if (file.value.IsArray()) AddLines(file.value.AsArray(), coverage);
      if (file.value.IsObject()) AddLines(file.value.AsObject().GetArray("lines"), coverage);
    }
  };
  add(document.AsObject().GetObject("coverage"));
  for (const json::Member& suite : document.AsObject())
    if (suite.value.IsObject()) add(suite.value.AsObject().GetObject("coverage"));
  return coverage;
}

}  // namespace

bool IsCoverageFormat(std::string_view format) {
  return std::find(kFormats.begin(), kFormats.end(), format) != kFormats.end();
}

Result<Coverage> ReadCoverage(std::string_view format, std::string_view text) {
  if (format == "SIMPLECOV") return FromSimpleCov(text);
  TL_TRY(const XmlElement root, aws::ReadXml(WithoutDoctype(text)));
  if (format == "JACOCOXML") return FromJacoco(root);
  if (format == "CLOVERXML") return FromClover(root);
  return FromTotals(root, {"lines-valid", "lines-covered", "branches-valid", "branches-covered"});
}

}  // namespace trunkline::cloud::codebuild
