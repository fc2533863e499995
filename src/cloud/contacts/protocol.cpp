#include "cloud/contacts/protocol.h"

#include <algorithm>
#include <array>

#include "base/json_read.h"
#include "base/text.h"
#include "sim/contact_json.h"

namespace trunkline::cloud::contacts {
namespace {

Error Wrong(std::string_view member, std::string_view expected, const json::Value& value) {
  return Error(ErrorKind::kInvalid, "expected {} in '{}' but got {}", expected, member,
               value.TypeName());
}

Result<std::string> Text(const json::Member& member) {
  if (!member.value.IsString()) return Wrong(member.key, "a string", member.value);
  return member.value.AsString();
}

Result<json::Object> ReadObject(std::string_view body) {
  TL_TRY(json::Value value, json::Parse(body.empty() ? "{}" : body));
  if (!value.IsObject())
    return Error(ErrorKind::kInvalid, "expected an object but got {}", value.TypeName());
  return std::move(value.AsObject());
}

Error Unknown(std::string_view member, std::span<const std::string> known) {
  const auto nearest = Nearest(member, known);
  return Error(ErrorKind::kInvalid, "'{}' is not known here{}", member,
               nearest ? fmt::format(": did you mean '{}'?", *nearest) : "");
}

Result<sim::Channel> ReadChannel(std::string_view text) {
  if (text == "voice") return sim::Channel::kVoice;
  if (text == "chat") return sim::Channel::kChat;
  return Error(ErrorKind::kInvalid, "expected 'voice' or 'chat' in 'channel' but got '{}'", text);
}

Result<sim::Answering> AnsweringOf(std::string_view text) {
  using Mode = sim::Answering::Mode;
  sim::Answering answering;
  if (text == "after-first-message") return answering;
  answering.mode = text == "nobody" ? Mode::kNobody : Mode::kHost;
  if (text == "nobody" || text == "manual") return answering;
  return Error(ErrorKind::kInvalid,
               "expected 'after-first-message', 'nobody' or 'manual' in 'answering' but got '{}'",
               text);
}

Result<json::Object> ReadAttributes(const json::Member& member) {
  if (!member.value.IsObject()) return Wrong(member.key, "an object of strings", member.value);
  for (const json::Member& attribute : member.value.AsObject()) {
    if (!attribute.value.IsString())
      return Wrong("attributes." + attribute.key, "a string", attribute.value);
  }
  return member.value.AsObject();
}

Result<std::uint64_t> ReadSeed(const json::Member& member) {
  if (!member.value.IsNumber() || member.value.AsInt() < 0) {
    return Wrong(member.key, "a number from 0 on", member.value);
  }
  return static_cast<std::uint64_t>(member.value.AsInt());
}

// The members that are plain texts, and where they go.
std::string* TextOf(StartRequest& request, std::string_view member) {
  if (member == "number") return &request.number;
  if (member == "instanceId") return &request.instance;
  if (member == "account") return &request.account;
  if (member == "region") return &request.region;
  if (member == "flow") return &request.flow;
  if (member == "from") return &request.from;
  return nullptr;
}

const std::array<std::string, 10> kStartMembers = {
    "number", "instanceId", "account",   "region",     "flow",
    "from",   "channel",    "answering", "attributes", "seed"};

Result<void> ReadStartMember(const json::Member& member, StartRequest& request) {
  if (std::string* text = TextOf(request, member.key)) {
    TL_TRY(*text, Text(member));
  } else if (member.key == "channel") {
    TL_TRY(const std::string channel, Text(member));
    TL_TRY(request.channel, ReadChannel(channel));
  } else if (member.key == "answering") {
    TL_TRY(const std::string answering, Text(member));
    TL_TRY(request.answering, AnsweringOf(answering));
  } else if (member.key == "attributes") {
    TL_TRY(request.attributes, ReadAttributes(member));
  } else if (member.key == "seed") {
    TL_TRY(request.seed, ReadSeed(member));
  } else {
    return Unknown(member.key, kStartMembers);
  }
  return {};
}

}  // namespace

Result<StartRequest> ReadStart(std::string_view body) {
  TL_TRY(const json::Object object, ReadObject(body));
  StartRequest request;
  for (const json::Member& member : object) TL_DO(ReadStartMember(member, request));
  if (request.number.empty() == request.instance.empty()) {
    return Error(ErrorKind::kInvalid,
                 "expected either a 'number', or an 'instanceId' with a 'flow'");
  }
  if (!request.instance.empty() && request.flow.empty()) {
    return Error(ErrorKind::kInvalid, "expected a 'flow' beside the 'instanceId'");
  }
  return request;
}

Result<sim::Event> ReadEvent(std::string_view body, const LiveContact& live) {
  TL_TRY(const json::Object object, ReadObject(body));
  return sim::ReadEvent(object, live.contact);
}

Result<sim::Answering> ReadAnswering(std::string_view body) {
  TL_TRY(const json::Object object, ReadObject(body));
  const json::Value* answering = object.Find("answering");
  if (object.size() != 1 || answering == nullptr || !answering->IsString())
    return Error(ErrorKind::kInvalid, "expected {{\"answering\": \"manual\"}} or the like");
  return AnsweringOf(answering->AsString());
}

json::Object ShownAnswering(const sim::Answering& answering) {
  using Mode = sim::Answering::Mode;
  return {{"answering", answering.mode == Mode::kNobody ? "nobody"
                        : answering.mode == Mode::kHost ? "manual"
                                                        : "after-first-message"}};
}

Result<std::optional<std::string>> ReadAgentSays(std::string_view body) {
  TL_TRY(const json::Object object, ReadObject(body));
  const json::Value* says = object.Find("agentSays");
  if (says == nullptr) return std::optional<std::string>();
  if (!says->IsString() || says->AsString().empty() || object.size() != 1)
    return Error(ErrorKind::kInvalid, "expected one text in 'agentSays', and nothing beside it");
  return std::optional<std::string>(says->AsString());
}

json::Object Summary(const LiveContact& live) {
  json::Object shown{{"contactId", live.id},
                     {"account", live.plan.scope.account},
                     {"region", live.plan.scope.region},
                     {"instanceId", live.plan.instance_id},
                     {"instance", live.instance_name},
                     {"flow", live.flow_name}};
  shown.SetIfNotEmpty("number", live.plan.number);
  shown.Set("from", live.plan.from);
  for (const json::Member& member : sim::Standing(live.contact))
    shown.Set(member.key, member.value);
  return shown;
}

json::Object Shown(const LiveContact& live, std::size_t first) {
  json::Object shown = Summary(live);
  for (const json::Member& member : sim::Progress(live.contact, live.transcript, first)) {
    shown.Set(member.key, member.value);
  }
  return shown;
}

}  // namespace trunkline::cloud::contacts
