// Reads what a contact can meet in one instance: the records of the store as a sim::World.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "flow/document.h"
#include "sim/world.h"

namespace trunkline::cloud::connect {

// Parsed contents by their SHA-256: contacts of one instance mostly meet the same flows.
class Documents {
 public:
  // The parsed content with its type set; nullptr for a draft that is no flow.
  std::shared_ptr<const flow::Document> Parse(std::string_view content, std::string_view type);
  void Clear() { documents_.clear(); }

 private:
  std::map<std::string, std::shared_ptr<const flow::Document>> documents_;  // shared with worlds
};

// `queued` tells how many contacts wait in a queue now. An instance without users has one stand-in
// agent, "agent", who serves all queues. Overrides of hours count between their dates; their
// recurrence is not followed.
sim::World ReadWorld(Context& context, Documents& documents, const Record& instance,
                     const std::map<std::string, int>& queued);

}  // namespace trunkline::cloud::connect
