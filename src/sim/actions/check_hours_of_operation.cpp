// The named hours, else those of the working queue, at the contact's own time.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunCheckHoursOfOperation(Turn& turn) {
  std::string reference = turn.Text("HoursOfOperationId").value_or("");
  if (turn.parameters().Has("HoursOfOperationId") && reference.empty())
    return Fail("the hours of operation are empty");
  if (reference.empty()) {
    if (turn.contact.queue == nullptr)
      return Fail("no working queue is set, and no hours are named");
    reference = turn.contact.queue->hours_id;
  }
  const HoursOfOperation* hours = turn.world().FindHours(reference);
  if (hours == nullptr) return Fail("hours of operation '{}' do not exist", reference);
  const auto open = IsOpen(*hours, turn.contact.now);
  if (!open) return Fail("{}", open.error().message());
  return Returned{*open ? "True" : "False"};
}

}  // namespace

constinit const Runner kRunCheckHoursOfOperation{.run = RunCheckHoursOfOperation};

}  // namespace trunkline::sim
