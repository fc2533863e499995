// Converting flow files from one format to another (flow/convert.h).
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/convert.h"

namespace trunkline::app {

struct ConvertFlowsArgs {
  std::vector<std::string> paths;  // files and folders
  flow::ConvertOptions options;
  std::string output;  // a new file; a folder for several files, or when it is one or ends in '/'
  bool in_place = false;  // each file is replaced by what it became
};

struct ConvertedFlow {
  std::string file;
  std::string written;  // where to; empty: nowhere
  std::string text;
};

struct ConvertFlowsReport {
  std::vector<ConvertedFlow> flows;
  std::size_t files = 0;
  Findings findings;
};

// Files with errors are not written, the others are. Nothing is overwritten: a file that is there
// already is an error finding (TL-C001) and stays as it is, but for `in_place`. Without `output`
// and `in_place` nothing is written, and more than one file is an error.
Result<ConvertFlowsReport> ConvertFlows(Files& files, const ConvertFlowsArgs& args);

}  // namespace trunkline::app
