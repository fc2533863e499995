// Call phone number: dials the customer of an outbound call, once; before that an outbound whisper
// says nothing to him (flow-language 3.2). He answers at once: who does not is no contact of a
// flow.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunCompleteOutboundCall(Turn& turn) {
  turn.Emit(CustomerDialled{.number = turn.contact.call.customer.address,
                            .caller_id = turn.Text("CallerId.Number").value_or("")});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunCompleteOutboundCall{.run = RunCompleteOutboundCall,
                                                .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
