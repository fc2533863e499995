// What the customer says, and what the customer's client tells of itself.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connectparticipant/participant.h"

namespace trunkline::cloud::participant {
namespace {

using contacts::Chat;
using contacts::ChatItem;

// The lengths that the reference gives for each content type.
constexpr std::size_t kMostText = 1024;
constexpr std::size_t kMostJson = 12000;

Answer<void> CheckMessage(const Chat& chat, std::string_view type, std::string_view content) {
  if (std::ranges::find(chat.content_types, type) == chat.content_types.end()) {
    return Invalid(fmt::format("content type '{}' is not supported by this chat", type));
  }
  const std::size_t most = type.starts_with("text/") ? kMostText : kMostJson;
  if (content.size() <= most) return {};
  return Invalid(fmt::format("the content has {} bytes; at most {} are allowed for {}",
                             content.size(), most, type));
}

json::Object Sent(const ChatItem& item) {
  return {{"Id", item.id}, {"AbsoluteTime", contacts::ToChatTime(item.at)}};
}

// What the same client token was answered, else null.
const json::Object* Before(const Chat& chat, std::string_view operation,
                           const json::Object& input) {
  const auto found =
      chat.answered.find(fmt::format("{}:{}", operation, input.GetString("ClientToken")));
  return found == chat.answered.end() ? nullptr : &found->second;
}

void Remember(Chat& chat, std::string_view operation, const json::Object& input,
              const json::Object& output) {
  const std::string_view token = input.GetString("ClientToken");
  if (!token.empty()) chat.answered.emplace(fmt::format("{}:{}", operation, token), output);
}

Answer<Live> FindTalking(const WaitContext& context, const json::Object& input) {
  TL_TRY(Live live, FindConnected(context, input));
  if (live->ended()) return Denied();
  return live;
}

net::aw<Answer<>> SendMessage(WaitContext context, json::Object input) {
  TL_CO_TRY(const Live live, FindTalking(context, input));
  Chat& chat = *live->chat;
  if (const json::Object* before = Before(chat, "SendMessage", input)) co_return *before;
  const std::string_view type = input.GetString("ContentType");
  const std::string content(input.GetString("Content"));
  TL_CO_DO(CheckMessage(chat, type, content));
  const json::Object output =
      Sent(chat.AddMessage(context.clock().Now(), chat.customer(), type, content));
  Remember(chat, "SendMessage", input, output);
  sim::CallerSaid said{.text = content};
  contacts::Post(context.engine(), live, std::move(said));
  co_return output;
}

// Told to who listens, not kept: a transcript has none of them.
net::aw<Answer<>> SendEvent(WaitContext context, json::Object input) {
  constexpr std::string_view kEvents[] = {"typing", "connection.acknowledged", "message.delivered",
                                          "message.read"};
  TL_CO_TRY(const Live live, FindTalking(context, input));
  std::string_view event = input.GetString("ContentType");
  const bool ours = event.starts_with(contacts::kEventPrefix);
  if (ours) event.remove_prefix(contacts::kEventPrefix.size());
  if (!ours || std::ranges::find(kEvents, event) == std::end(kEvents)) {
    co_return Invalid(fmt::format("content type '{}' is no event of a participant",
                                  input.GetString("ContentType")));
  }
  Chat& chat = *live->chat;
  co_return Sent(chat.Tell(context.clock().Now(), chat.customer(), input.GetString("ContentType")));
}

constexpr WaitHandler kSendEvent{SendEvent};
constexpr WaitHandler kSendMessage{SendMessage};

constexpr Operation kOperations[] = {
    {.name = "SendEvent", .wait = &kSendEvent},
    {.name = "SendMessage", .wait = &kSendMessage},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kMessageOperations = kOperations;

}  // namespace trunkline::cloud::participant
