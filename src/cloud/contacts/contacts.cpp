#include "cloud/contacts/contacts.h"

#include <deque>

#include "base/overloaded.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/contacts/answers.h"
#include "cloud/contacts/instance_world.h"
#include "cloud/services/connect/kinds.h"
#include "cloud/services/connect/phone_numbers.h"

namespace trunkline::cloud::contacts {
namespace {

namespace service = cloud::connect;

constexpr std::size_t kMostContacts = 1000;
// A contact that only waits for time gets it at once, but not for ever.
constexpr int kMostTimers = 500;

ServiceError BadRequest(std::string_view message) {
  return ServiceError("InvalidRequestException", message).WithStatus(400);
}
ServiceError NotFound(std::string_view message) {
  return ServiceError("ResourceNotFoundException", message).WithStatus(404);
}

struct CallPlace {
  Caller caller;
  std::string region;
  std::string instance_id;
  std::string flow;
  std::string number;
};

// The flow a claimed number is attached to, in whichever account and Region it is.
Answer<CallPlace> PlaceOfNumber(Engine& engine, const std::string& number) {
  CallPlace place{.number = number};
  Reply reply;
  TL_DO(engine.State(RootCaller(kDefaultAccount), kDefaultRegion, {}, nullptr, reply,
                     [&](Context& context) -> Answer<> {
                       const Record* claimed = context.store.Find(Context::GlobalScope(),
                                                                  service::kClaimedNumber, number);
                       if (claimed == nullptr)
                         return NotFound(fmt::format("nobody has claimed the number '{}'", number));
                       place.caller = RootCaller(claimed->body.GetString("Account"));
                       place.region = claimed->body.GetString("Region");
                       const Scope scope{place.caller.account, place.region};
                       const std::string id(claimed->body.GetString("PhoneNumberId"));
                       const Record* record = context.store.Find(scope, service::kPhoneNumber, id);
                       const Record* flow = context.store.Find(scope, service::kNumberFlow, id);
                       if (record == nullptr || flow == nullptr) {
                         return NotFound(
                             fmt::format("no flow is attached to the number '{}' (connect "
                                         "associate-phone-number-contact-flow)",
                                         number));
                       }
                       place.instance_id = record->parent;
                       place.flow = flow->body.GetString("FlowId");
                       return json::Object();
                     }));
  return place;
}

// By instance, and a flow's name or id.
Answer<CallPlace> PlaceOfInstance(const json::Object& request) {
  CallPlace place;
  place.caller = RootCaller(request.GetString("account", kDefaultAccount));
  place.region = request.GetString("region", kDefaultRegion);
  place.instance_id = request.GetString("instanceId");
  place.flow = request.GetString("flow");
  if (place.instance_id.empty() || place.flow.empty())
    return BadRequest("expected 'number', or 'instanceId' and 'flow'");
  return place;
}

std::string FlowNamed(const sim::World& world, const std::string& flow) {
  if (world.FindFlow(flow) != nullptr) return flow;
  for (const sim::FlowResource& one : world.flows) {
    if (one.name == flow) return one.id;
  }
  return {};
}

std::vector<std::string> FlowNames(const sim::World& world) {
  std::vector<std::string> names;
  for (const sim::FlowResource& one : world.flows) names.push_back(one.name);
  return names;
}

bool OnlyTimeIsMissing(const sim::Needs& needs) {
  return needs.timer && !needs.keys && !needs.speech && needs.request == 0 && !needs.agent &&
         !needs.conversation;
}

json::Object Status(Session& session, bool whole) {
  const sim::Needs needs = session.contact.needs();
  json::Array waits;
  if (needs.speech) waits.emplace_back("speech");
  if (needs.keys) waits.emplace_back("keys");
  if (needs.agent) waits.emplace_back("agent");
  if (needs.conversation) waits.emplace_back("conversation");
  json::Array lines;
  const json::Object transcript = sim::ToJson(session.transcript);
  const json::Array& all = transcript.GetArray("Lines");
  for (std::size_t i = whole ? 0 : session.told; i < all.size(); ++i) lines.push_back(all[i]);
  std::string text;
  for (std::size_t i = whole ? 0 : session.told; i < session.transcript.lines.size(); ++i) {
    text += sim::ToText(session.transcript, session.transcript.lines[i]);
    if (!text.empty() && text.back() != '\n') text += '\n';
  }
  session.told = session.transcript.lines.size();
  json::Object status{{"contactId", session.contact.id()},
                      {"phase", sim::ToText(session.contact.phase())},
                      {"ended", session.contact.phase() == sim::Phase::kEnded},
                      {"waitsFor", std::move(waits)},
                      {"lines", std::move(lines)},
                      {"text", text}};
  status.SetIfNotEmpty("queue", session.transcript.queue);
  status.SetIfNotEmpty("intent", session.transcript.intent);
  status.SetIfNotEmpty("end", session.transcript.end);
  return status;
}

// An event in the request's words.
Answer<sim::Event> ReadEvent(const json::Object& event, const sim::Contact& contact) {
  if (event.size() != 1)
    return BadRequest("expected one of 'say', 'press', 'hangup', 'silence', 'advance'");
  const json::Member& member = *event.begin();
  if (member.key == "say" && member.value.IsString())
    return sim::Event(sim::CallerSaid{.text = member.value.AsString()});
  if (member.key == "press" && member.value.IsString()) {
    const std::string& keys = member.value.AsString();
    if (keys.empty() || keys.find_first_not_of("0123456789*#") != std::string::npos) {
      return BadRequest(fmt::format("expected keys 0 to 9, * and # but got '{}'", keys));
    }
    return sim::Event(sim::CallerPressed{.keys = keys});
  }
  if (member.key == "hangup") return sim::Event(sim::CallerHungUp{});
  if (member.key == "silence")
    return sim::Event(sim::TimerFired{.timer = contact.needs().timer.value_or(0)});
  if (member.key == "advance" && member.value.IsNumber()) {
    return sim::Event(sim::TimeAdvanced{.by = Milliseconds(member.value.AsInt())});
  }
  return BadRequest(
      fmt::format("expected 'say' or 'press' with a text, 'hangup', 'silence', or 'advance' with "
                  "milliseconds but got '{}'",
                  member.key));
}

}  // namespace

Answer<std::shared_ptr<Session>> Contacts::Place(const json::Object& request) {
  const bool by_number = request.Has("number");
  TL_TRY(const CallPlace place,
         by_number ? PlaceOfNumber(engine_, std::string(request.GetString("number")))
                   : PlaceOfInstance(request));
  std::shared_ptr<const sim::World> world;
  Reply reply;
  TL_DO(engine_.State(
      place.caller, place.region, {}, nullptr, reply, [&](Context& context) -> Answer<> {
        if (context.store.Find(context.RegionScope(), service::kInstance, place.instance_id) ==
            nullptr) {
          return NotFound(fmt::format("there is no instance '{}' in {} of account {}",
                                      place.instance_id, place.region, place.caller.account));
        }
        world = ReadInstanceWorld(context, place.instance_id);
        return json::Object();
      }));
  const std::string flow = FlowNamed(*world, place.flow);
  if (flow.empty()) {
    const auto nearest = Nearest(place.flow, FlowNames(*world));
    return NotFound(fmt::format("the instance has no flow '{}'{}", place.flow,
                                nearest ? fmt::format(", did you mean '{}'?", *nearest) : ""));
  }
  sim::Call call;
  call.contact_id = NewUuid(engine_.random);
  call.flow = flow;
  call.customer.address = request.GetString("from", "+15550100");
  call.system.address = place.number;
  call.now = engine_.clock.Now();
  call.seed = UniformBelow(engine_.random, std::numeric_limits<std::uint64_t>::max());
  call.attributes = request.GetObject("attributes");
  sim::Contact contact(world, call);
  return std::make_shared<Session>(Session{.caller = place.caller,
                                           .region = place.region,
                                           .instance_id = place.instance_id,
                                           .world = world,
                                           .contact = std::move(contact),
                                           .transcript = {.began = call.now}});
}

Answer<std::shared_ptr<Session>> Contacts::Find(const std::string& id) {
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return NotFound(fmt::format("there is no contact '{}'", id));
  return found->second;
}

net::aw<Answer<>> Contacts::Start(json::Object request) {
  if (sessions_.size() >= kMostContacts) sessions_.erase(sessions_.begin());
  TL_CO_TRY(std::shared_ptr<Session> session, Place(request));
  sessions_.emplace(session->contact.id(), session);
  sim::Event started = sim::Started{};
  co_await Pump(session, std::move(started));
  co_return Status(*session, false);
}

net::aw<Answer<>> Contacts::Tell(std::string id, json::Object event) {
  TL_CO_TRY(std::shared_ptr<Session> session, Find(id));
  if (session->busy)
    co_return ServiceError("ConflictException", "an event of this contact is under way")
        .WithStatus(409);
  TL_CO_TRY(sim::Event read, ReadEvent(event, session->contact));
  co_await Pump(session, std::move(read));
  co_return Status(*session, false);
}

Answer<> Contacts::Show(const std::string& id) {
  TL_TRY(std::shared_ptr<Session> session, Find(id));
  return Status(*session, true);
}

// Gives the contact the event, and then the answers to what it asks of functions and bots, until a
// caller is needed.
net::aw<void> Contacts::Pump(std::shared_ptr<Session> session, sim::Event event) {
  session->busy = true;
  std::deque<sim::Event> events;
  events.push_back(std::move(event));
  for (int timers = 0; !events.empty();) {
    const sim::Event next = std::move(events.front());
    events.pop_front();
    sim::Note(session->transcript, session->contact.now(), next);
    std::vector<sim::Effect> effects = session->contact.Step(next);
    for (sim::Effect& effect : effects) {
      sim::Note(session->transcript, effect);
      // Named before it is moved: g++ 12 destroys aggregate temporaries of a co_await twice.
      Caller caller = session->caller;
      std::optional<sim::Event> answer =
          co_await AnswerEffect(engine_, std::move(caller), session->region, session->instance_id,
                                std::move(effect));
      if (answer) events.push_back(std::move(*answer));
    }
    const sim::Needs needs = session->contact.needs();
    if (events.empty() && OnlyTimeIsMissing(needs) && ++timers <= kMostTimers) {
      events.emplace_back(sim::TimerFired{.timer = *needs.timer});
    }
  }
  session->busy = false;
}

}  // namespace trunkline::cloud::contacts
