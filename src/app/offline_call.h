// OfflineCall: a call to a flow of a monorepo, or to a flow file alone, without any cloud: the use
// case behind `trunkline call --flow`.
//
// It speaks the language of the embedded cloud's contacts (docs/contacts.md): Start and Tell answer
// with what app::ContactClient's do, so that whoever plays the caller need not know the difference.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/stage.h"
#include "app/world.h"
#include "base/clock.h"
#include "base/finding.h"
#include "base/json.h"
#include "base/result.h"
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

class OfflineCall {
 public:
  // `findings` gets what keeps the center from being loaded or linked.
  static Result<OfflineCall> Open(const AppWorld& world, const OfflineCallArgs& args,
                                  Findings& findings);

  json::Object Start();
  // kInvalid: no event; kConflict: nothing would happen.
  Result<json::Object> Tell(const json::Object& event);

  // What was made up before the call, a sentence each.
  std::vector<std::string> Notes() const;
  // What the call asked for and nothing stood in for, as --mock takes it: "lambda:name".
  std::vector<std::string> Missing() const;

 private:
  OfflineCall(Stage stage, const OfflineCallArgs& args, sim::Call call);
  json::Object Shown(std::size_t first) const;

  std::string flow_, from_;
  std::string account_, region_;
  std::vector<Placeholder> placeholders_;
  sim::Rehearsal rehearsal_;
};

}  // namespace trunkline::app
