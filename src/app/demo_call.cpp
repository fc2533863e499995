#include "app/demo_call.h"

#include "app/contact_client.h"
#include "app/phone.h"

namespace trunkline::app {

Result<std::string> ClaimDemoNumber(AppWorld& world, const DemoCenter& center,
                                    const std::string& flow) {
  const EnvironmentArgs args{.folder = center.folder,
                             .environment = center.environment,
                             .region = {},
                             .endpoint_url = center.endpoint,
                             .profile = {},
                             .role = {}};
  ClaimArgs claim;
  claim.flow = flow;
  TL_TRY(PhoneNumber number, ClaimNumber(world, args, claim));
  return std::move(number.number);
}

Result<PlacedCall> PlaceDemoCall(AppWorld& world, const std::string& endpoint,
                                 const std::string& number, const std::string& say) {
  TL_TRY(const ContactClient contacts, ContactClient::Open(world, endpoint));
  TL_TRY(json::Object status, contacts.Start({{"number", number}}));
  PlacedCall call;
  call.transcript = status.GetString("text");
  const std::string id(status.GetString("contactId"));
  if (!status.GetBool("ended")) {
    TL_TRY(status, contacts.Tell(id, {{"say", say}}));
    call.transcript += status.GetString("text");
  }
  call.queue = status.GetString("queue");
  if (!status.GetBool("ended")) {
    TL_TRY(status, contacts.Tell(id, {{"hangup", true}}));
    call.transcript += status.GetString("text");
  }
  return call;
}

}  // namespace trunkline::app
