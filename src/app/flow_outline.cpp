#include "app/flow_outline.h"

#include "app/flow_documents.h"
#include "flow/outline.h"

namespace trunkline::app {

Result<OutlineReport> OutlineFlows(const Files& files, const std::vector<std::string>& paths) {
  TL_TRY(FlowDocuments flows,
         ReadFlowDocuments(files, paths, LegacyExports::kConvert, BrokenFlows::kLeaveOut));
  OutlineReport report{.text = {}, .findings = std::move(flows.findings)};
  for (const flow::Document& document : flows.documents)
    report.text += (report.text.empty() ? "" : "\n") + flow::Outline(document);
  return report;
}

Result<OutlineReport> OutlineAnything(const Files& files, const std::vector<std::string>& paths) {
  OutlineReport report;
  for (const std::string& path : paths) {
    TL_TRY(const OutlineReport one, OutlineFlows(files, {path}));
    if (HasErrors(one.findings)) {
      TL_TRY(const std::string bytes, files.Read(path));
      report.text += bytes;
    } else {
      report.text += one.text;
    }
  }
  return report;
}

}  // namespace trunkline::app
