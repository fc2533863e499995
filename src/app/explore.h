// Exploring flows of a monorepo, or flow files alone, without any cloud: the use case behind
// `trunkline explore`. app/explore_text.h prints the report.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/stage.h"
#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/subject.h"
#include "sim/explore/explore.h"

namespace trunkline::app {

struct ExploreArgs {
  std::vector<std::string> flows;  // files, or names of the center's flows
  std::string folder;              // the monorepo; empty: the one around the file, or around "."
  std::string environment;         // whose account and Region; empty: the center's first
  sim::Channel channel = sim::Channel::kVoice;
  json::Object attributes;  // that contacts begin with; texts
  sim::ExploreBounds bounds;
  std::string tests;  // a folder for a test case of each finding; empty: none are written
};

struct ExploreFinding {
  Finding finding;  // with its place in the flow's file
  flow::Subject subject;
  std::vector<std::string> way;       // the choices that lead there, in words
  std::string test;                   // the file of its test case; empty: none was written
  std::vector<std::string> left_out;  // why a test case was not written: what it cannot say
};

struct ExploredFlow {
  std::string flow;
  std::vector<ExploreFinding> findings;
  std::size_t states = 0, calls = 0, loops = 0;
  std::size_t blocks = 0, all_blocks = 0;  // of the flows that were entered: reached, all
  std::size_t branches = 0, all_branches = 0;
};

struct ExploreReport {
  std::vector<ExploredFlow> flows;

  std::size_t Count(Severity severity) const;
};

// The error says what is not there; `findings` what keeps a center from being loaded.
Result<ExploreReport> ExploreFlows(Files& files, const ExploreArgs& args, Findings& findings);

}  // namespace trunkline::app
