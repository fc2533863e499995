// The contacts of the embedded cloud: calls that run the real flows of an instance, with its real
// functions and bots.
//
// They live in memory only: a call does not survive the end of the program, as a phone call would
// not.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "cloud/engine.h"
#include "cloud/operation.h"
#include "cloud/wait.h"
#include "sim/contact.h"
#include "sim/transcript.h"

namespace trunkline::cloud::contacts {

struct Session {
  Caller caller;  // the instance's account
  std::string region;
  std::string instance_id;
  std::shared_ptr<const sim::World> world;
  sim::Contact contact;
  sim::Transcript transcript;
  std::size_t told = 0;  // lines the caller has been told
  bool busy = false;     // an event is being worked on
};

class Contacts final : public Resident {
 public:
  explicit Contacts(Engine& engine) : engine_(engine) {}
  void Reset() override { sessions_.clear(); }

  // What POST /_trunkline/contacts takes: {number} or {instanceId, account?, region?, flow?};
  // from?, attributes?.
  net::aw<Answer<>> Start(json::Object request);
  // {say}, {press}, {hangup: true}, {silence: true} or {advance: milliseconds}.
  net::aw<Answer<>> Tell(std::string id, json::Object event);
  Answer<> Show(const std::string& id);

 private:
  net::aw<void> Pump(std::shared_ptr<Session> session, sim::Event event);
  Answer<std::shared_ptr<Session>> Find(const std::string& id);
  Answer<std::shared_ptr<Session>> Place(const json::Object& request);

  Engine& engine_;
  std::map<std::string, std::shared_ptr<Session>>
      sessions_;  // shared with coroutines that work on an event
};

}  // namespace trunkline::cloud::contacts
