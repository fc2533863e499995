// The participants of a chat and what they have said: the side of a contact that the customer's
// chat client sees. Item and event names are the participant service's.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "sim/effect.h"

namespace trunkline::cloud::contacts {

enum class Role { kCustomer, kAgent, kSystem };
std::string_view ToText(Role role);  // "CUSTOMER", ...

struct Participant {
  Role role = Role::kSystem;
  std::string id, display_name;
};

// A message, or an event such as somebody's joining.
struct ChatItem {
  std::string id;
  TimePoint at;
  std::string_view type = "MESSAGE";  // or "EVENT"
  std::string content_type;
  std::string content;  // empty: none
  Participant sender;   // without an id: nobody, the chat itself
};

inline constexpr std::string_view kPlainText = "text/plain";
inline constexpr std::string_view kEventPrefix = "application/vnd.amazonaws.connect.event.";

// Who is told of items as they come: a WebSocket.
class ChatListener {
 public:
  virtual ~ChatListener() = default;
  virtual void Hear(const json::Object& item) = 0;
  virtual void Close() = 0;  // the participant is gone
};

class Chat {
 public:
  // What a client may hold of a chat: a secret that is good until `expires`.
  struct Pass {
    std::string secret;
    std::optional<TimePoint> expires;  // nothing: as long as the participant is there
  };
  static constexpr std::chrono::hours kConnectionLife{24};
  static constexpr std::chrono::seconds kUrlLife{100};

  Chat(std::string contact_id, std::string customer_name, Random& random);

  const std::string& contact_id() const { return contact_id_; }
  const Participant& customer() const { return customer_; }
  const std::vector<ChatItem>& items() const { return items_; }

  // The content types that messages may have; plain text always.
  std::vector<std::string> content_types = {std::string(kPlainText)};

  // What StartChatContact gave; it opens connections.
  const std::string& participant_token() const { return participant_token_; }
  Pass NewConnection(TimePoint now);
  Pass NewUrl(TimePoint now);
  // Whether it is the participant's token or a connection's, and the customer is still there.
  bool Admits(std::string_view token, TimePoint now) const;
  // A URL is good for one connection.
  bool TakeUrl(std::string_view secret, TimePoint now);
  bool connected() const { return connected_; }  // a connection was made once
  // The customer has left: no secret is good any more.
  void Leave();

  const ChatItem& AddMessage(TimePoint at, const Participant& sender, std::string_view content_type,
                             std::string content);
  // "participant.joined", "chat.ended", ...
  const ChatItem& AddEvent(TimePoint at, const Participant& sender, std::string_view event);
  // An event that is told and not kept: typing.
  ChatItem Tell(TimePoint at, const Participant& sender, std::string_view content_type);
  // What the customer sees of it.
  void Note(TimePoint at, const sim::Effect& effect);
  // Words of the agent, who must have joined: false when none has.
  bool AgentSays(TimePoint at, std::string text);

  void Listen(const std::shared_ptr<ChatListener>& listener);

  // An answer given before for the same client token of an operation.
  std::map<std::string, json::Object> answered;

 private:
  const ChatItem& Add(ChatItem item);
  void Tell(const ChatItem& item);

  std::string contact_id_;
  Random& random_;
  Participant customer_, system_, bot_;
  std::optional<Participant> agent_;
  std::string participant_token_;
  std::vector<Pass> connections_, urls_;
  bool connected_ = false, left_ = false;
  std::vector<ChatItem> items_;
  std::vector<std::weak_ptr<ChatListener>> listeners_;
};

// As GetTranscript shows it.
json::Object ToJson(const Chat& chat, const ChatItem& item);
// With milliseconds always: "2026-11-28T10:00:00.000Z".
std::string ToChatTime(TimePoint time);

}  // namespace trunkline::cloud::contacts
