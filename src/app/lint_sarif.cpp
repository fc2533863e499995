#include "app/lint_sarif.h"

#include <algorithm>
#include <map>

#include "base/code_point.h"
#include "base/text.h"
#include "flow/lint_page.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr std::string_view kFingerprint = "trunkline/v1";

json::Object Text(std::string_view text) {
  return {{"text", text}};
}

std::string_view LevelOf(Severity severity) {
  return severity == Severity::kError     ? "error"
         : severity == Severity::kWarning ? "warning"
                                          : "note";
}

json::Object RuleOf(const flow::LintRule& rule) {
  const flow::LintPage page = flow::PageOf(rule);
  const bool off = rule.level == flow::LintLevel::kOff;
  const std::string plain = fmt::format("{}\n\nSource: {}", page.description, page.source);
  json::Object configuration{{"enabled", !off}};
  if (!off) configuration.Set("level", flow::ToText(rule.level));
  return {{"id", rule.code},
          {"name", rule.name},
          {"shortDescription", Text(rule.summary)},
          {"fullDescription", Text(page.description)},
          {"help", json::Object{{"text", plain}, {"markdown", page.text}}},
          {"defaultConfiguration", std::move(configuration)}};
}

// The rules of the linter, then the codes of other findings as they come.
class Rules {
 public:
  Rules() {
    for (const flow::LintRule& rule : flow::AllLintRules()) Put(rule.code, RuleOf(rule));
  }

  std::size_t IndexOf(const std::string& code) {
    const auto found = index_.find(code);
    return found != index_.end() ? found->second : Put(code, {{"id", code}});
  }

  json::Array Take() { return std::move(rules_); }

 private:
  std::size_t Put(std::string_view code, json::Object rule) {
    rules_.emplace_back(std::move(rule));
    return index_[std::string(code)] = rules_.size() - 1;
  }

  json::Array rules_;
  std::map<std::string, std::size_t> index_;
};

// A path as a URI reference: absolute ones with their scheme, others below %SRCROOT%.
json::Object ArtifactOf(const std::string& file) {
  const std::string path = PercentEncode(file.starts_with("./") ? file.substr(2) : file, true);
  if (file.starts_with('/')) return {{"uri", "file://" + path}};
  return {{"uri", path}, {"uriBaseId", "%SRCROOT%"}};
}

json::Object RegionOf(const Finding& finding) {
  json::Object region{{"startLine", finding.place.line}};
  if (finding.place.column == 0) return region;
  const std::string_view line = finding.source_line.text;
  const std::size_t begin =
      std::min<std::size_t>(finding.place.column - 1 - finding.source_line.cut_bytes, line.size());
  const std::size_t column =
      finding.source_line.cut_characters + CountCodePoints(line.substr(0, begin)) + 1;
  const std::size_t length = CountCodePoints(line.substr(begin, finding.place.length));
  region.Set("startColumn", column);
  region.Set("endColumn", column + std::max<std::size_t>(length, 1));
  return region;
}

json::Array LogicalLocationsOf(const flow::Subject& subject) {
  if (subject.action.empty()) {
    return {json::Object{
        {"name", subject.flow}, {"fullyQualifiedName", subject.flow}, {"kind", "flow"}}};
  }
  return {json::Object{{"name", subject.action},
                       {"fullyQualifiedName", fmt::format("{}/{}", subject.flow, subject.action)},
                       {"kind", "action"}}};
}

json::Object LocationOf(const LintFinding& one) {
  json::Object physical{{"artifactLocation", ArtifactOf(one.finding.place.file)}};
  if (one.finding.place.line > 0) physical.Set("region", RegionOf(one.finding));
  json::Object location{{"physicalLocation", std::move(physical)}};
  if (!one.subject.flow.empty()) location.Set("logicalLocations", LogicalLocationsOf(one.subject));
  return location;
}

json::Object SuppressionOf(const flow::LintSuppression& one) {
  return {{"kind", one.in_flow ? "inSource" : "external"},
          {"status", "accepted"},
          {"justification", one.reason},
          {"properties", json::Object{{"until", one.until}}}};
}

json::Object ResultOf(const LintFinding& one, const LintReport& report, Rules& rules) {
  const Finding& finding = one.finding;
  const std::string text =
      finding.hint.empty() ? finding.message : fmt::format("{}; {}", finding.message, finding.hint);
  json::Object result{{"ruleId", finding.code},
                      {"ruleIndex", rules.IndexOf(finding.code)},
                      {"level", LevelOf(finding.severity)},
                      {"message", Text(text)},
                      {"locations", json::Array{LocationOf(one)}}};
  if (!one.fingerprint.empty())
    result.Set("partialFingerprints", json::Object{{std::string(kFingerprint), one.fingerprint}});
  // An empty list says: looked at, and not suppressed.
  json::Array suppressions;
  if (one.suppression) suppressions.emplace_back(SuppressionOf(*one.suppression));
  result.Set("suppressions", std::move(suppressions));
  if (report.has_baseline) result.Set("baselineState", one.known ? "unchanged" : "new");
  return result;
}

}  // namespace

json::Object ToSarif(const LintReport& report, std::string_view version) {
  Rules rules;
  json::Array results;
  for (const LintFinding& one : report.findings) results.emplace_back(ResultOf(one, report, rules));
  json::Object driver{{"name", "Trunkline"}, {"version", version}, {"rules", rules.Take()}};
  json::Object run{{"tool", json::Object{{"driver", std::move(driver)}}},
                   {"columnKind", "unicodeCodePoints"},
                   {"results", std::move(results)}};
  return {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", json::Array{std::move(run)}}};
}

}  // namespace trunkline::app
