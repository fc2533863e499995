// The contacts of a running cloud: each one a sim::Contact that the cloud's own functions and bots
// answer.
//
// A contact lives in memory only: it is gone when the cloud stops or is reset; what DescribeContact
// shows of it is kept (contacts/record.h). The clock of a contact that somebody drives through
// /_trunkline/contacts is virtual: time passes when the one who plays the caller lets it pass. A
// contact that an operation started lives on the cloud's clock: its timers fire there, and before
// each event it catches up. Speaking takes it an estimated time, so that its own clock may be
// ahead.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cloud/contacts/chat.h"
#include "cloud/contacts/record.h"
#include "cloud/engine.h"
#include "cloud/services/connect/world.h"
#include "net/async.h"
#include "sim/contact.h"
#include "sim/transcript.h"

namespace trunkline::cloud::contacts {

// What calls what.
struct CallPlan {
  Scope scope;
  std::string instance_id;
  std::string flow_id;
  std::string number;              // the dialled one; empty when a flow is called directly
  std::string from = "+15550100";  // the caller's
  sim::Channel channel = sim::Channel::kVoice;
  sim::Answering answering;
  json::Object attributes;
  std::optional<std::uint64_t> seed;  // absent: drawn
  std::string initiation_method = "INBOUND";
  std::string queue_id;         // the target queue it begins with; may be empty
  std::string initial_message;  // of a chat
  json::Object details;  // members of the Contact structure that whoever started it gave: Name, ...
  json::Object references;          // name -> {Type, Value}
  std::optional<TimePoint> begins;  // absent: now
  bool stops = false;               // before each action, which a test steers
  bool on_cloud_clock = false;      // started by an operation: nobody drives it
};

struct LiveContact {
  std::string id;  // its first: the contact takes a new one when it changes queues
  CallPlan plan;
  std::string instance_arn, instance_name, flow_name;
  sim::Contact contact;
  sim::Transcript transcript;
  Course course;                      // what the record tells
  std::unique_ptr<Chat> chat;         // of a chat that has participants, else null
  bool busy = false;                  // an event is being answered
  std::deque<sim::Event> waiting;     // events that came meanwhile
  Timers::Id timer = 0;               // wakes it for its own next timer; 0: none
  std::vector<Timers::Id> deadlines;  // end it

  bool ended() const { return contact.phase() == sim::Phase::kEnded; }
};

class Contacts final : public Resident {
 public:
  static constexpr std::size_t kMost = 1000;  // more: the oldest that has ended is forgotten

  explicit Contacts(Engine& engine) : engine_(engine) {}
  ~Contacts() override;
  void Reset() override;

  // Makes the contact and its record; nothing has happened yet. Nothing when there are kMost that
  // have not ended.
  std::shared_ptr<LiveContact> Add(Context& context, const CallPlan& plan, const Record& instance);
  // By its first or its present id. nullptr: none.
  std::shared_ptr<LiveContact> Find(std::string_view id) const;
  // Of a chat: by a token that its customer holds and may still use. nullptr: none.
  std::shared_ptr<LiveContact> FindByToken(std::string_view token, TimePoint now) const;
  // Of a chat: by the secret of the URL of its WebSocket, which is used up. nullptr: none.
  std::shared_ptr<LiveContact> TakeUrl(std::string_view secret, TimePoint now) const;
  std::vector<std::shared_ptr<LiveContact>> All() const;  // oldest first
  // Who takes the contacts that operations start from a queue; until the next reset.
  sim::Answering answering;

 private:
  std::map<std::string, int> QueuedIn(const CallPlan& plan) const;
  bool MakeRoom();

  Engine& engine_;
  connect::Documents documents_;
  std::vector<std::shared_ptr<LiveContact>>
      contacts_;  // shared with coroutines that answer an event
};

// Gives the contact an event, and answers what it asks until the caller, an agent or time is
// needed. A contact on the cloud's clock catches up first.
net::aw<void> Give(Engine& engine, std::shared_ptr<LiveContact> live, sim::Event event);
// The same, later: at once if the contact is not busy, else after what came before.
void Post(Engine& engine, const std::shared_ptr<LiveContact>& live, sim::Event event);
// Its flow begins: at once, or at the time of its plan on the cloud's clock.
void Begin(Engine& engine, const std::shared_ptr<LiveContact>& live);
// Ends it from outside, whatever it is doing. `reason` as DisconnectReason has it.
void End(Engine& engine, const std::shared_ptr<LiveContact>& live, std::string why,
         std::string_view reason);
// Ends it when `due` has come on the cloud's clock and it has not ended before.
void EndAt(Engine& engine, const std::shared_ptr<LiveContact>& live, TimePoint due, std::string why,
           std::string_view reason);

}  // namespace trunkline::cloud::contacts
