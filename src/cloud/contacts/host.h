// The contacts of a running cloud: each one a sim::Contact that the cloud's own functions and bots
// answer.
//
// A contact lives in memory only: it is gone when the cloud stops or is reset. Its clock is
// virtual: time passes when the one who plays the caller lets it pass.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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
};

struct LiveContact {
  CallPlan plan;
  std::string instance_arn, instance_name, flow_name;
  sim::Contact contact;
  sim::Transcript transcript;
  bool busy = false;  // an event is being answered
};

class Contacts final : public Resident {
 public:
  static constexpr std::size_t kMost = 1000;  // more: the oldest that has ended is forgotten

  explicit Contacts(Engine& engine) : engine_(engine) {}
  void Reset() override;

  // Makes the contact; nothing has happened yet. Nothing when there are kMost that have not ended.
  std::shared_ptr<LiveContact> Add(Context& context, const CallPlan& plan, const Record& instance);
  std::shared_ptr<LiveContact> Find(const std::string& id) const;  // nullptr: none
  std::vector<std::shared_ptr<LiveContact>> All() const;           // oldest first

 private:
  std::map<std::string, int> QueuedIn(const CallPlan& plan) const;
  bool MakeRoom();

  Engine& engine_;
  connect::Documents documents_;
  std::vector<std::shared_ptr<LiveContact>>
      contacts_;  // shared with coroutines that answer an event
};

// Gives the contact an event, and answers what it asks until the caller, an agent or time is
// needed.
net::aw<void> Give(Engine& engine, std::shared_ptr<LiveContact> live, sim::Event event);

}  // namespace trunkline::cloud::contacts
