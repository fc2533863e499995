// What an exploration of one flow needs of its center.
#pragma once

#include <memory>
#include <string>

#include "app/explore.h"
#include "base/files.h"
#include "center/center.h"

namespace trunkline::app {

struct ExploreStage {
  center::Center center;  // whose documents are as their authors wrote them
  std::string flow;       // the one that callers enter
  // The flow's own name; differs where callers come to it by one that was made for it: a module,
  // or a customer queue flow.
  std::string explored;
  std::shared_ptr<const sim::World> world;
  sim::StandIns stand_ins;
  sim::ExploreOrder order;
};

Result<ExploreStage> SetExploreStage(Files& files, const ExploreArgs& args, const std::string& flow,
                                     Findings& findings);

}  // namespace trunkline::app
