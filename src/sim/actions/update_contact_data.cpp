// System fields of the contact. Voice ID ended in 2026: its fields have no effect.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactData(Turn& turn) {
  ContactState& contact = turn.contact;
  if (const auto target = turn.Text("TargetContact"); target && *target == "Related") {
    return Fail("data of the related contact is not simulated");
  }
  if (turn.parameters().Has("LanguageCode") && !turn.Has("LanguageCode"))
    return Fail("the language code is empty");
  if (const auto name = turn.Text("Name")) contact.more.Edit().name = *name;
  if (const auto description = turn.Text("Description"))
    contact.more.Edit().description = *description;
  if (const auto language = turn.Text("LanguageCode")) contact.language = *language;
  if (const auto customer = turn.Text("CustomerId")) contact.more.Edit().customer_id = *customer;
  if (turn.parameters().Has("WisdomSessionArn"))
    return Fail("assistant sessions are not simulated");
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactData{.run = RunUpdateContactData};

}  // namespace trunkline::sim
