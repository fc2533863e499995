// Deliveries of webhooks: recorded first, then sent by a job, so that a restart loses none;
// GitHub's headers, signatures and limit of ten seconds. No delivery is tried twice but by
// redelivering it.
//
//   {"git","delivery"}  by number below the hook; body: Guid, Event, Redelivery, At (ms), Payload
//                       (an object's id), Status ("pending" until it was sent), Code, Seconds,
//                       RequestHeaders, ResponseHeaders, ResponseBody
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/git/repositories.h"
#include "net/http.h"

namespace trunkline::cloud::git {

// Where a hook's URL leads.
struct HookTarget {
  net::Url origin;   // what is connected to
  std::string host;  // the Host header
};
// kInvalid: it is not an address of this machine. `endpoint` is the cloud's own.
Result<HookTarget> ReadHookUrl(std::string_view url, std::string_view endpoint);

// In a transaction; the delivery's number. An empty guid gives a new one. Payloads above 25 MB are
// GitHub's limit: kInvalid.
Answer<std::string> AddDelivery(Context& context, const Record& hook, std::string_view event,
                                std::string guid, const std::string& payload);
// The same again, with the same GUID. kNotFound: its payload is gone.
Answer<std::string> Redeliver(Context& context, const Record& hook, const Record& delivery);
// GitHub's ping, sent when a hook is made.
Answer<void> Ping(Context& context, const Engine& engine, const Record& hook);

json::Object DeliveryShape(const Record& delivery);
// With the request and the response.
json::Object FullDeliveryShape(const Objects& objects, const Record& delivery);

void RemoveDelivery(Store& store, Objects& objects, const std::string& id);

}  // namespace trunkline::cloud::git
