// Stage: a center set up for calls without a cloud. Its flows are linked for a made-up instance,
// whose queues, hours, prompts and default flows are there; its bots understand by themselves and
// the mapping function answers from the center. Other functions need a mock (app/mocks.h).
//
// What flows name and nobody declares gets a placeholder, so that a call can go on: a flow file
// alone can be called, and so can an export with another instance's ARNs. A flow that is a
// placeholder ends at once, a module returns at once, hours are always open.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "center/center.h"
#include "flow/symbols.h"
#include "sim/rehearsal.h"
#include "sim/world.h"

namespace trunkline::app {

// Where the made-up instance is.
struct StagePlace {
  std::string account = "123456789012";
  std::string region = "us-east-1";
  std::string environment = "dev";

  // Ids are the names: nothing depends on what they look like.
  std::string InstanceArn() const;
  std::string Arn(flow::ResourceKind kind, std::string_view name) const;
};
// Of the environment's account and primary Region; a placeholder account stays the default one.
StagePlace PlaceOf(const center::Environment& environment);

struct Placeholder {
  flow::ResourceKind kind;
  std::string name;
};

struct Stage {
  sim::World world;
  sim::StandIns stand_ins;
  std::vector<Placeholder> placeholders;
  Findings findings;  // of linking; with errors there is no world

  // The called flow, or nothing.
  const sim::FlowResource* FindFlow(std::string_view name) const;
};

// Around the clock, every day.
std::vector<sim::OpenSlot> AlwaysOpen();

// With `guess_keys`, an attribute $.External.<key> that names a resource in a flow which calls the
// mapping function is a resource called <key>: right for a flow whose center is not known.
Stage SetStage(const center::Center& center, const StagePlace& place, bool guess_keys = false);

}  // namespace trunkline::app
