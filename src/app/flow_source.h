// Where a called flow comes from: a center, found by a folder or around a file, or the file alone.
#pragma once

#include <string>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "center/center.h"

namespace trunkline::app {

struct FlowSource {
  center::Center center;
  std::string flow;    // the called one's name in it
  bool alone = false;  // the center is nothing but this flow
};

// `flow` is a file or a name; `folder` the monorepo's, empty: the nearest one around. A file below
// the monorepo that is none of its flows joins them, in place of one of the same name. A module is
// called by a flow made for it. The error says what is not there; `findings` what keeps the center
// from being loaded.
Result<FlowSource> FindFlowSource(const Files& files, const std::string& flow,
                                  const std::string& folder, Findings& findings);

}  // namespace trunkline::app
