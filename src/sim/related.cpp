#include "sim/related.h"

namespace trunkline::sim {

Outcome UpdateRelated(Turn& turn) {
  const std::string& related = turn.contact.more->related_contact_id;
  if (related.empty()) return Fail("the contact has no related contact");
  json::Object parameters = turn.parameters().Whole();
  parameters.Remove("TargetContact");
  turn.Emit(RelatedUpdated{.contact_id = related, .parameters = std::move(parameters)});
  return Succeeded{};
}

}  // namespace trunkline::sim
