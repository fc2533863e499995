// Phone numbers of an instance: searched, claimed, attached to a flow, released.
//
// Numbers are no part of a center: they cost money and are known to customers, so no delivery
// claims or releases one. They are found by their E.164 text, as people know them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "deploy/resource.h"

namespace trunkline::deploy {

struct NumberWish {
  std::string country = "US";  // ISO 3166 alpha-2
  std::string type = "DID";    // DID, TOLL_FREE, UIFN, ...
  std::string prefix;          // "+1415"; empty: any
  std::int64_t at_most = 10;
};

struct PhoneNumber {
  std::string number;  // "+14155550100"
  std::string country;
  std::string type;
  // Of claimed ones only:
  std::string id;
  std::string arn;
  std::string description;
  std::string flow;  // the name of the flow that a call runs; empty: none
};

// The instance must be ACTIVE: session.live has been read with "instance" (ReadLive).
net::aw<Result<std::vector<PhoneNumber>>> SearchNumbers(Session& session, NumberWish wish);
net::aw<Result<std::vector<PhoneNumber>>> ListNumbers(Session& session);
// Claims `number` and waits until it is ours. One that the instance has already is answered.
net::aw<Result<PhoneNumber>> ClaimNumber(Session& session, std::string number,
                                         std::string description);
// Lets calls to a claimed number run the flow of this name.
net::aw<Result<PhoneNumber>> AttachNumber(Session& session, std::string number, std::string flow);
// Gives the number back: it may never be had again.
net::aw<Result<PhoneNumber>> ReleaseNumber(Session& session, std::string number);
// Whether Trunkline claimed it.
net::aw<Result<bool>> IsManagedNumber(Session& session, std::string id);

}  // namespace trunkline::deploy
