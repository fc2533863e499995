#include "cloud/contacts/chat.h"

#include <algorithm>

#include <fmt/format.h>

namespace trunkline::cloud::contacts {
namespace {

constexpr std::size_t kSecretLength = 120;
constexpr std::string_view kSecretAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kMostContent = 16384;

std::string NewSecret(Random& random) {
  return NewToken(random, kSecretLength, kSecretAlphabet);
}

bool IsGood(const Chat::Pass& pass, std::string_view secret, TimePoint now) {
  return pass.secret == secret && (!pass.expires || now < *pass.expires);
}

Participant NewParticipant(Random& random, Role role, std::string name) {
  return {.role = role, .id = NewUuid(random), .display_name = std::move(name)};
}

}  // namespace

std::string_view ToText(Role role) {
  constexpr std::string_view kRoles[] = {"CUSTOMER", "AGENT", "SYSTEM"};
  return kRoles[static_cast<std::size_t>(role)];
}

Chat::Chat(std::string contact_id, std::string customer_name, Random& random)
    : contact_id_(std::move(contact_id)),
      random_(random),
      customer_(NewParticipant(random, Role::kCustomer, std::move(customer_name))),
      system_(NewParticipant(random, Role::kSystem, "SYSTEM_MESSAGE")),
      bot_(NewParticipant(random, Role::kSystem, "BOT")),
      participant_token_(NewSecret(random)) {}

Chat::Pass Chat::NewConnection(TimePoint now) {
  connected_ = true;
  return connections_.emplace_back(
      Pass{.secret = NewSecret(random_), .expires = now + kConnectionLife});
}

Chat::Pass Chat::NewUrl(TimePoint now) {
  std::erase_if(urls_, [&](const Pass& pass) { return now >= *pass.expires; });
  connected_ = true;
  return urls_.emplace_back(Pass{.secret = NewSecret(random_), .expires = now + kUrlLife});
}

bool Chat::Admits(std::string_view token, TimePoint now) const {
  if (left_) return false;
  return token == participant_token_ || std::ranges::any_of(connections_, [&](const Pass& pass) {
           return IsGood(pass, token, now);
         });
}

bool Chat::TakeUrl(std::string_view secret, TimePoint now) {
  return std::erase_if(urls_, [&](const Pass& pass) { return IsGood(pass, secret, now); }) > 0;
}

void Chat::Leave() {
  left_ = true;
  connections_.clear();
  urls_.clear();
  for (const auto& listener : std::exchange(listeners_, {})) {
    if (const auto there = listener.lock()) there->Close();
  }
}

const ChatItem& Chat::AddMessage(TimePoint at, const Participant& sender,
                                 std::string_view content_type, std::string content) {
  return Add({.at = at,
              .content_type = std::string(content_type),
              .content = std::move(content),
              .sender = sender});
}

const ChatItem& Chat::AddEvent(TimePoint at, const Participant& sender, std::string_view event) {
  return Add({.at = at,
              .type = "EVENT",
              .content_type = fmt::format("{}{}", kEventPrefix, event),
              .sender = sender});
}

ChatItem Chat::Tell(TimePoint at, const Participant& sender, std::string_view content_type) {
  ChatItem item{.id = NewUuid(random_),
                .at = at,
                .type = "EVENT",
                .content_type = std::string(content_type),
                .sender = sender};
  Tell(item);
  return item;
}

void Chat::Note(TimePoint at, const sim::Effect& effect) {
  if (const auto* say = std::get_if<sim::Say>(&effect.what)) {
    if (say->to != sim::Party::kCustomer || say->text.empty()) return;
    AddMessage(at, say->from_bot ? bot_ : system_, kPlainText, say->text.substr(0, kMostContent));
  } else if (const auto* joined = std::get_if<sim::Joined>(&effect.what)) {
    agent_ = NewParticipant(random_, Role::kAgent, joined->agent);
    AddEvent(at, *agent_, "participant.joined");
  } else if (const auto* gone = std::get_if<sim::Disconnected>(&effect.what)) {
    if (gone->who != sim::Party::kAgent || !agent_) return;
    AddEvent(at, *std::exchange(agent_, std::nullopt), "participant.left");
  } else if (std::holds_alternative<sim::Ended>(effect.what)) {
    AddEvent(at, {}, "chat.ended");
  }
}

bool Chat::AgentSays(TimePoint at, std::string text) {
  if (!agent_) return false;
  AddMessage(at, *agent_, kPlainText, std::move(text));
  return true;
}

void Chat::Listen(const std::shared_ptr<ChatListener>& listener) {
  std::erase_if(listeners_,
                [&](const auto& one) { return one.expired() || one.lock() == listener; });
  listeners_.push_back(listener);
}

const ChatItem& Chat::Add(ChatItem item) {
  item.id = NewUuid(random_);
  Tell(items_.emplace_back(std::move(item)));
  return items_.back();
}

void Chat::Tell(const ChatItem& item) {
  json::Object shown = ToJson(*this, item);
  shown.Set("InitialContactId", contact_id_);
  for (const auto& listener : listeners_) {
    if (const auto there = listener.lock()) there->Hear(shown);
  }
}

std::string ToChatTime(TimePoint time) {
  std::string text = ToIso8601(time);
  if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000");
  return text;
}

json::Object ToJson(const Chat& chat, const ChatItem& item) {
  json::Object shown{{"AbsoluteTime", ToChatTime(item.at)}};
  shown.SetIfNotEmpty("Content", item.content);
  shown.Set("ContentType", item.content_type);
  shown.Set("Id", item.id);
  shown.Set("Type", item.type);
  if (!item.sender.id.empty()) {
    shown.Set("ParticipantId", item.sender.id);
    shown.Set("DisplayName", item.sender.display_name);
    shown.Set("ParticipantRole", ToText(item.sender.role));
  }
  shown.Set("ContactId", chat.contact_id());
  return shown;
}

}  // namespace trunkline::cloud::contacts
