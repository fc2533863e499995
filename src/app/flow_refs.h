// What flows refer to, and how they call each other.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/calls.h"
#include "flow/symbols.h"

namespace trunkline::app {

struct FlowReferences {
  std::string file;
  std::vector<flow::Reference> references;  // in the order of the file
};

struct ReferencesReport {
  std::vector<FlowReferences> flows;
  flow::CallGraph calls;                         // among these flows
  std::vector<std::size_t> orphans;              // nodes of `calls`
  std::vector<std::vector<std::size_t>> cycles;  // ways of nodes
  Findings findings;                             // of what cannot be read
};

Result<ReferencesReport> ListReferences(const Files& files, const std::vector<std::string>& paths);

}  // namespace trunkline::app
