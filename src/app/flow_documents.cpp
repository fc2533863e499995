#include "app/flow_documents.h"

#include <algorithm>
#include <iterator>

#include "app/flow_files.h"
#include "flow/legacy.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kIsLegacy = "TL-F005";

void Append(Findings& all, Findings more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// What Parse gives, with a legacy export as wished.
void Take(flow::Parsed parsed, LegacyExports legacy, BrokenFlows broken, FlowDocuments& flows) {
  const bool is_legacy = parsed.document && parsed.document->format == flow::Format::kLegacy;
  if (is_legacy && legacy != LegacyExports::kRefuse)
    std::erase_if(parsed.findings, [](const Finding& one) { return one.code == kIsLegacy; });
  const bool left_out = broken == BrokenFlows::kLeaveOut && HasErrors(parsed.findings);
  Append(flows.findings, std::move(parsed.findings));
  if (left_out || !parsed.document) return;
  if (!is_legacy || legacy != LegacyExports::kConvert) {
    flows.documents.push_back(std::move(*parsed.document));
    return;
  }
  flow::LegacyConversion converted = flow::ConvertLegacy(*parsed.document);
  if (converted.document) {
    flows.documents.push_back(std::move(*converted.document));
  } else {
    Append(flows.findings, std::move(converted.findings));
  }
}

}  // namespace

Result<FlowDocuments> ReadFlowDocuments(const Files& files, const std::vector<std::string>& paths,
                                        LegacyExports legacy, BrokenFlows broken) {
  FlowDocuments flows;
  TL_TRY(const std::vector<std::string> found, FindFlowFiles(files, paths));
  for (const std::string& file : found) {
    Result<std::string> bytes = files.Read(file);
    const bool named = std::ranges::find(paths, file) != paths.end();
    if (bytes && !named && !LooksLikeFlow(*bytes)) continue;
    ++flows.files;
    if (bytes) {
      Take(flow::Parse(std::move(*bytes), file), legacy, broken, flows);
    } else {
      flows.findings.push_back(UnusableFile(file, bytes.error()));
    }
  }
  return flows;
}

}  // namespace trunkline::app
