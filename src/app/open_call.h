// Setting up a call to a flow of a monorepo, or to a flow file alone, without any cloud.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/stage.h"
#include "app/world.h"
#include "base/clock.h"
#include "base/finding.h"
#include "base/json.h"
#include "base/result.h"
#include "sim/contact.h"
#include "sim/rehearsal.h"

namespace trunkline::app {

struct OfflineCallArgs {
  std::string flow;                // a file, or the name of one of the center's flows
  std::string folder;              // the monorepo; empty: the one around the file, or around "."
  std::string environment;         // whose account and Region; empty: the center's first
  std::vector<std::string> mocks;  // app/mocks.h
  std::optional<TimePoint> at;     // when the call begins; nothing: now
  std::string from = "+15550100";
  sim::Channel channel = sim::Channel::kVoice;
  json::Object attributes;  // texts
  std::uint64_t seed = 1;
  bool unanswered = false;  // no agent takes the call
};

struct OpenedCall {
  Stage stage;
  sim::Call call;

  // What was made up, a sentence each.
  std::vector<std::string> Notes() const;
};

// `findings` gets what keeps the center from being loaded or linked.
Result<OpenedCall> OpenCall(const AppWorld& world, const OfflineCallArgs& args, Findings& findings);

// What a call asked for and nothing stood in for, as --mock takes it: "lambda:name".
std::vector<std::string> MissingMocks(const sim::Rehearsal& rehearsal);

}  // namespace trunkline::app
