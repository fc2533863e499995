// Reading the flows of files and folders, for what looks at all of them together or writes them
// anew.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/document.h"

namespace trunkline::app {

enum class LegacyExports {
  kRefuse,   // an error finding each
  kKeep,     // as they are, Format::kLegacy
  kConvert,  // as flow language (flow/legacy.h); what is lost by that is not said here
};

enum class BrokenFlows {
  kLeaveOut,
  kKeep,  // with what could be read of them
};

struct FlowDocuments {
  std::vector<flow::Document> documents;  // in the order of their files
  std::size_t files = 0;                  // that are flows, broken ones too
  Findings findings;
};

// The flows that PATHs stand for (app/flow_files.h). JSON below a folder that is no flow is left
// out. A path that does not exist is an error; what is wrong in a file is a finding.
Result<FlowDocuments> ReadFlowDocuments(const Files& files, const std::vector<std::string>& paths,
                                        LegacyExports legacy = LegacyExports::kRefuse,
                                        BrokenFlows broken = BrokenFlows::kLeaveOut);

}  // namespace trunkline::app
