// The record of a contact: what DescribeContact and the log of contact records tell of it, in the
// shape of the service's Contact structure. Kept in the store, so that a contact that has ended, or
// ended with the cloud that ran it, can still be described.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "cloud/context.h"
#include "cloud/store.h"
#include "cloud/wait.h"
#include "sim/effect.h"
#include "sim/event.h"

namespace trunkline::cloud::contacts {

struct LiveContact;

// The id is the contact's, the parent the instance's, the name the time it began. Its body is the
// Contact structure, and "References".
inline constexpr Kind kContactRecord{"connect", "contact"};
// More of an instance: the oldest go.
inline constexpr std::size_t kMostRecords = 2000;

// When what happened to a contact.
struct Course {
  TimePoint began{};
  std::optional<TimePoint> queued, accepted, joined, ended;
  std::string agent;       // id of who accepted; the user name of the stand-in
  std::string_view cause;  // the first who left, as DisconnectReason has it; empty: nobody yet
  json::Object kept;       // the record as it was kept last
  bool logged = false;     // the record of its end was written
};

void Note(Course& course, const sim::Event& event);
void Note(Course& course, const LiveContact& live, const sim::Effect& effect);

// Keeps the record when it has changed; the second writes the contact record of one that has ended.
void Keep(Context& context, LiveContact& live);
void Keep(const WaitContext& context, LiveContact& live);

// Of a contact of this instance, by id; nullptr: none.
const Record* FindRecord(Context& context, std::string_view instance_id, std::string_view id);
// As DescribeContact shows it. A contact whose cloud stopped before it ended was disconnected then.
json::Object Described(const Record& record, bool runs);
// Room for one more of the instance.
void DropOldest(Context& context, std::string_view instance_id);

}  // namespace trunkline::cloud::contacts
