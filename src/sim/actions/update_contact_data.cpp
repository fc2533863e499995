// System fields of the contact. Voice ID ended in 2026: its fields have no effect,
// nor has the session of an assistant.
#include "sim/actions/list.h"
#include "sim/related.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactData(Turn& turn) {
  ContactState& contact = turn.contact;
  if (turn.View("TargetContact") == "Related") return UpdateRelated(turn);
  if (turn.parameters().Has("LanguageCode") && !turn.Has("LanguageCode"))
    return Fail("the language code is empty");
  if (turn.parameters().Has("WisdomSessionArn") && !turn.Has("WisdomSessionArn"))
    return Fail("the session of the assistant has no ARN");
  if (const auto name = turn.Text("Name")) contact.more.Edit().name = *name;
  if (const auto description = turn.Text("Description"))
    contact.more.Edit().description = *description;
  if (const auto language = turn.Text("LanguageCode")) contact.language = *language;
  if (const auto customer = turn.Text("CustomerId")) contact.more.Edit().customer_id = *customer;
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactData{.run = RunUpdateContactData};

}  // namespace trunkline::sim
