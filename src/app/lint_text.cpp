#include "app/lint_text.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "app/in_order.h"
#include "base/finding_json.h"
#include "base/finding_text.h"

namespace trunkline::app {
namespace {

std::string Counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::size_t CountSuppressed(const LintReport& report) {
  return static_cast<std::size_t>(std::ranges::count_if(
      report.findings, [](const LintFinding& one) { return one.suppression.has_value(); }));
}

std::size_t CountKnown(const LintReport& report) {
  return static_cast<std::size_t>(std::ranges::count_if(
      report.findings, [](const LintFinding& one) { return one.known && !one.suppression; }));
}

// "      in flow 'Main', action 'greet' (Play prompt)"
std::string SubjectText(const flow::Subject& subject) {
  if (subject.flow.empty()) return "";
  std::string text = fmt::format("     in flow '{}'", subject.flow);
  if (!subject.action.empty()) text += fmt::format(", action '{}'", subject.action);
  if (!subject.block.empty()) text += fmt::format(" ({})", subject.block);
  return text + "\n";
}

std::string AcceptedText(const LintFinding& one) {
  if (one.suppression)
    return fmt::format("     suppressed until {}: {}\n", one.suppression->until,
                       one.suppression->reason);
  return one.known ? "     known from the baseline\n" : "";
}

json::Object ToJson(const LintFinding& one) {
  json::Object object = trunkline::ToJson(one.finding);
  object.SetIfNotEmpty("flow", one.subject.flow);
  object.SetIfNotEmpty("action", one.subject.action);
  object.SetIfNotEmpty("block", one.subject.block);
  object.SetIfNotEmpty("pointer", one.subject.pointer);
  object.SetIfNotEmpty("fingerprint", one.fingerprint);
  if (one.known) object.Set("known", true);
  if (one.suppression) {
    object.Set("suppression", json::Object{{"reason", one.suppression->reason},
                                           {"until", one.suppression->until},
                                           {"file", one.suppression->place.file},
                                           {"line", one.suppression->place.line}});
  }
  return object;
}

}  // namespace

std::string ToText(const LintReport& report, bool show_suppressed, bool colour) {
  constexpr std::size_t kPiece = 256;  // findings that one core writes at a time
  const std::span<const LintFinding> findings = report.findings;
  const auto write = [&](std::size_t piece) {
    std::string text;
    const std::size_t first = piece * kPiece;
    for (const LintFinding& one :
         findings.subspan(first, std::min(kPiece, findings.size() - first))) {
      if (!one.Counts() && !show_suppressed) continue;
      text += trunkline::ToText(one.finding, colour) + SubjectText(one.subject) + AcceptedText(one);
    }
    return text;
  };
  std::string text;
  WorkInOrder((findings.size() + kPiece - 1) / kPiece, write,
              [&text](const std::string& piece) { text += piece; });
  return text;
}

std::string SummaryOf(const LintReport& report) {
  std::string text = fmt::format("{}: {}, {}, {}", Counted(report.files, "flow"),
                                 Counted(report.Count(Severity::kError), "error"),
                                 Counted(report.Count(Severity::kWarning), "warning"),
                                 Counted(report.Count(Severity::kNote), "note"));
  if (const std::size_t count = CountSuppressed(report); count > 0)
    text += fmt::format(", {} suppressed", count);
  if (report.has_baseline) text += fmt::format(", {} in the baseline", CountKnown(report));
  if (report.mended > 0)
    text += fmt::format("; {} of the baseline found no more: write it anew",
                        Counted(report.mended, "finding"));
  return text + "\n";
}

json::Object ToJson(const LintReport& report, bool show_suppressed) {
  json::Array findings;
  for (const LintFinding& one : report.findings) {
    if (one.Counts() || show_suppressed) findings.emplace_back(ToJson(one));
  }
  json::Object object{{"files", report.files}, {"findings", std::move(findings)}};
  object.Set("suppressed", CountSuppressed(report));
  if (report.has_baseline) object.Set("known", CountKnown(report));
  return object;
}

}  // namespace trunkline::app
