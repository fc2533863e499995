// Mapped types: what a Mapping says, done.
//
// A repeated order (after a restart) goes on: with a physical id the creation is not asked for
// again, and a generated name that is taken is the order's own.
#pragma once

#include <string>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/cloudformation/mapping/input.h"
#include "cloud/services/cloudformation/mapping/mapping.h"
#include "cloud/services/cloudformation/resource_type.h"
#include "cloud/wait.h"
#include "net/async.h"

namespace trunkline::cloud::cloudformation {

// `mapping` is a constant of the program.
net::aw<Answer<MadeResource>> Create(const Mapping& mapping, WaitContext context,
                                     ResourceOrder order);
net::aw<Answer<MadeResource>> Update(const Mapping& mapping, WaitContext context,
                                     ResourceOrder order);
net::aw<Answer<void>> Remove(const Mapping& mapping, WaitContext context, ResourceOrder order);
net::aw<Answer<json::Object>> Read(const Mapping& mapping, WaitContext context,
                                   ResourceOrder order);

// ---- the parts, for types that need more than a table

// What is known of the resource: described, ready, with the keys and properties. `known` says what
// is known already. The error is "NotStabilized" when it never gets ready.
net::aw<Answer<json::Object>> DescribeReady(const Mapping& mapping, WaitContext context,
                                            ResourceOrder order, json::Object known);
// One look. An error whose code IsGone when it is not there.
net::aw<Answer<json::Object>> DescribeOnce(const Mapping& mapping, WaitContext context,
                                           ResourceOrder order);
// Until it is not found any more.
net::aw<Answer<void>> WaitUntilGone(const Mapping& mapping, WaitContext context,
                                    ResourceOrder order);
// The stack's tags and the resource's own, which win.
json::Object TagsOf(const Mapping& mapping, const ResourceOrder& order);
// What is described, as properties: as wanted where it means the same.
json::Object PropertiesOf(const Mapping& mapping, const ResourceOrder& order,
                          const json::Object& wanted, const json::Object& described);
// Brings the tags of the resource to what is wanted, by Mapping::tag and ::untag.
net::aw<Answer<void>> ChangeTags(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                 json::Object known);
// Brings the lists of Mapping::members from what was to what is wanted.
net::aw<Answer<void>> ChangeMembers(const Mapping& mapping, WaitContext context,
                                    ResourceOrder order);
// Takes away those without which it cannot be deleted.
net::aw<Answer<void>> ClearMembers(const Mapping& mapping, WaitContext context,
                                   ResourceOrder order);
// Adds Mapping::readings to what is described.
net::aw<Answer<void>> AddReadings(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                  json::Object* described);
// A call whose input may hold tags that begin with "aws:", which only AWS itself may set.
net::aw<Answer<>> CallTagged(WaitContext context, std::string service, std::string operation,
                             json::Object input);
// A call that counts as done when what it is about is gone.
net::aw<Answer<void>> CallUnlessGone(WaitContext context, std::string service,
                                     std::string operation, json::Object input);

// Waits between looks: longer each time, up to five seconds. False: an hour is over.
class Patience {
 public:
  net::aw<bool> Next(WaitContext context);

 private:
  Milliseconds delay_{20};
  Milliseconds waited_{0};
};

}  // namespace trunkline::cloud::cloudformation
