// What test cases went through of a center's flows: every action, and every branch a contact can
// take.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "center/center.h"
#include "flow/graph.h"
#include "sim/coverage.h"
#include "sim/world.h"

namespace trunkline::app {

struct CoverageCount {
  std::size_t covered = 0;
  std::size_t all = 0;

  void Add(bool is_covered);
  CoverageCount& operator+=(const CoverageCount& other);
  double Percent() const;  // 100 when there is nothing to cover, and only when all is covered
};

struct CoverageSums {
  CoverageCount actions;
  CoverageCount branches;  // all of them
  CoverageCount errors;    // of the branches, those of errors
  CoverageCount arms;      // of the branches, those of conditions

  CoverageSums& operator+=(const CoverageSums& other);
  // Of actions and branches together.
  double Percent() const;
};

struct CoveredBranch {
  flow::EdgeKind kind = flow::EdgeKind::kNext;
  std::size_t position = 0;  // in the action's conditions or errors
  std::size_t times = 0;
  std::string words;  // "on digit 2"
};

struct CoveredAction {
  Place place;
  std::string block;  // "Play prompt", as the console calls it
  std::size_t times = 0;
  std::vector<CoveredBranch> branches;
};

struct CoveredFlow {
  std::string name;
  const flow::Document* document = nullptr;  // of `center`
  std::vector<CoveredAction> actions;        // those of the document, in its order
  std::shared_ptr<const center::Center> center;

  CoverageSums Sums() const;
};

// An action that never ran, or a branch that an action which ran was never left by.
struct Miss {
  std::size_t action = 0;          // position in CoveredFlow::actions
  std::optional<std::string> way;  // the branch in words; nothing: the action itself

  std::string Words() const;  // "never ran", "never left on error"
};
// In the order of the document.
std::vector<Miss> MissesOf(const CoveredFlow& flow);

CoverageSums SumOf(const std::vector<CoveredFlow>& flows);

// Of the center's flows and modules, as its stage's world (app/stage.h) ran them.
std::vector<CoveredFlow> CoverFlows(const std::shared_ptr<const center::Center>& center,
                                    const sim::World& world, const sim::Coverage& coverage);

}  // namespace trunkline::app
