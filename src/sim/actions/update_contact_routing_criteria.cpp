// Remembered; the simulated queue has no proficiencies to choose agents by.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactRoutingCriteria(Turn& turn) {
  const json::Value* criteria = turn.Find("RoutingCriteria");
  if (criteria == nullptr || !criteria->IsObject())
    return Fail("the routing criteria are no object");
  turn.contact.more.Edit().routing_criteria = criteria->AsObject();
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactRoutingCriteria{.run = RunUpdateContactRoutingCriteria};

}  // namespace trunkline::sim
