// /_trunkline/contacts: start a contact, give it events, read its transcript. docs/contacts.md
// describes it.
#include <utility>

#include "cloud/admin.h"
#include "cloud/contacts/host.h"
#include "cloud/contacts/protocol.h"
#include "cloud/contacts/start.h"

namespace trunkline::cloud {

namespace contacts {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/contacts";

net::Response PlainText(std::string text) {
  net::Response response;
  response.headers.Set("Content-Type", "text/plain; charset=utf-8");
  response.body = std::move(text);
  return response;
}

net::Response NoSuchContact(std::string_view id) {
  return FailResponse(
      404,
      fmt::format("contact '{}' does not exist: contacts end with the cloud that ran them", id));
}

net::Response List(Engine& engine) {
  json::Array all;
  for (const auto& live : engine.Get<Contacts>().All()) all.emplace_back(Summary(*live));
  return JsonResponse(200, json::Object{{"contacts", std::move(all)}});
}

// Gives the event and shows what happened since.
net::aw<net::Response> GiveAndShow(Engine& engine, std::shared_ptr<LiveContact> live,
                                   sim::Event event) {
  const std::size_t before = live->transcript.lines.size();
  co_await Give(engine, live, std::move(event));
  co_return JsonResponse(200, Shown(*live, before));
}

net::aw<net::Response> StartContact(Engine& engine, net::Request request) {
  const auto start = ReadStart(request.body);
  if (!start) co_return FailResponse(start.error());
  const auto live = Start(engine, *start);
  if (!live) co_return FailResponse(live.error());
  sim::Event started = sim::Started{};
  co_return co_await GiveAndShow(engine, *live, std::move(started));
}

// The agent's words do not move a contact: they go to the customer's chat.
net::Response SayToCustomer(Engine& engine, LiveContact& live, std::string text) {
  if (!live.chat)
    return FailResponse(409,
                        fmt::format("contact '{}' is no chat that an operation started", live.id));
  if (live.chat->AgentSays(engine.clock.Now(), std::move(text)))
    return JsonResponse(200, Shown(live, live.transcript.lines.size()));
  return FailResponse(409, fmt::format("no agent has joined the chat of contact '{}'", live.id));
}

net::Response SetAnswering(Engine& engine, const net::Request& request) {
  auto& all = engine.Get<Contacts>();
  if (request.method == "POST") {
    const auto answering = ReadAnswering(request.body);
    if (!answering) return FailResponse(answering.error());
    all.answering = *answering;
  } else if (request.method != "GET") {
    return WrongMethod(request, "GET, POST");
  }
  return JsonResponse(200, ShownAnswering(all.answering));
}

net::aw<net::Response> GiveEvent(Engine& engine, net::Request request, std::string id) {
  const auto live = engine.Get<Contacts>().Find(id);
  if (!live) co_return NoSuchContact(id);
  if (live->busy)
    co_return FailResponse(409,
                           fmt::format("contact '{}' is still busy with the event before", id));
  if (live->ended()) {
    co_return FailResponse(409,
                           fmt::format("contact '{}' has ended: {}", id, live->transcript.end));
  }
  auto says = ReadAgentSays(request.body);
  if (!says) co_return FailResponse(says.error());
  if (*says) co_return SayToCustomer(engine, *live, **std::move(says));
  auto event = ReadEvent(request.body, *live);
  if (!event) co_return FailResponse(event.error());
  co_return co_await GiveAndShow(engine, live, std::move(event).value());
}

net::Response ShowContact(Engine& engine, const net::Request& request, const std::string& id) {
  const auto live = engine.Get<Contacts>().Find(id);
  if (!live) return NoSuchContact(id);
  if (request.query() == "format=text") return PlainText(sim::ToText(live->transcript));
  return JsonResponse(200, Shown(*live, 0));
}

// "", "/<id>" or "/<id>/events".
net::aw<net::Response> Handle(Engine& engine, net::Request request) {
  std::string_view rest = request.path().substr(kPrefix.size());
  if (rest.starts_with('/')) rest.remove_prefix(1);
  if (rest.empty()) {
    if (request.method == "GET") co_return List(engine);
    if (request.method == "POST") co_return co_await StartContact(engine, std::move(request));
    co_return WrongMethod(request, "GET, POST");
  }
  if (rest == "answering") co_return SetAnswering(engine, request);
  const std::size_t slash = rest.find('/');
  std::string id(rest.substr(0, slash));
  if (slash == std::string_view::npos) {
    if (request.method == "GET") co_return ShowContact(engine, request, id);
    co_return WrongMethod(request, "GET");
  }
  if (rest.substr(slash) != "/events")
    co_return FailResponse(404, fmt::format("there is nothing at {}", request.path()));
  if (request.method != "POST") co_return WrongMethod(request, "POST");
  co_return co_await GiveEvent(engine, std::move(request), std::move(id));
}

}  // namespace
}  // namespace contacts

constinit const AdminRoute kContactsAdminRoute{.prefix = contacts::kPrefix,
                                               .handle = contacts::Handle};

}  // namespace trunkline::cloud
