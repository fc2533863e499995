#include "app/flow_refs.h"

#include "app/flow_documents.h"

namespace trunkline::app {

Result<ReferencesReport> ListReferences(const Files& files, const std::vector<std::string>& paths) {
  TL_TRY(FlowDocuments flows, ReadFlowDocuments(files, paths));
  ReferencesReport report;
  for (const flow::Document& document : flows.documents)
    report.flows.push_back({.file = document.file, .references = flow::References(document)});
  report.calls = flow::FindCalls(flows.documents);
  report.orphans = flow::FindOrphans(report.calls);
  report.cycles = flow::FindCycles(report.calls);
  report.findings = std::move(flows.findings);
  return report;
}

}  // namespace trunkline::app
