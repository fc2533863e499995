#include "cloud/gateway.h"

#include <exception>
#include <utility>

#include "aws/codec.h"
#include "base/random.h"
#include "cloud/admin.h"
#include "cloud/authenticate.h"
#include "cloud/errors.h"
#include "cloud/execute_api/serve.h"
#include "cloud/identify.h"
#include "cloud/key_use.h"
#include "cloud/services/connectparticipant/bearer.h"
#include "cloud/services/connectparticipant/browsers.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace {

// S3's ids are 16 upper-case characters, all others' are UUIDs.
std::string NewRequestId(Random& random, const aws::Model& model) {
  constexpr std::size_t kS3Length = 16;
  if (model.protocol == aws::Protocol::kRestXml)
    return NewToken(random, kS3Length, kUpperAlphanumeric);
  return NewUuid(random);
}

// The code as the wire has it, and the status: what the error says itself, the model's row, 400.
aws::WireError ToWire(const aws::Model& model, const ServiceError& error, bool head) {
  aws::WireError wire{.code = error.code,
                      .message = error.message,
                      .status = error.status,
                      .members = error.members,
                      .head = head};
  const aws::ErrorRow* row = model.FindError(error.code);
  if (row) wire.code = row->code;
  if (wire.status == 0) wire.status = row ? row->status : 400;
  AddUsualMembers(model, wire.members);
  // "Not modified" is an error to handlers, and to HTTP an answer that has no body.
  constexpr int kNotModified = 304;
  wire.head = wire.head || wire.status == kNotModified;
  return wire;
}

void AddHeaders(const Reply& reply, net::Response& response) {
  for (const auto& [name, value] : reply.headers) response.headers.Set(name, value);
}

}  // namespace

// One request on its way, in the order of its life.
struct Gateway::Passage {
  net::Request request;  // a waiting handler takes it
  bool head = false;     // it is a HEAD
  bool known = false;    // who calls was known before
  Identity identity;
  std::string request_id;
  Caller caller;
  json::Object input;
  Reply reply;
  bool handled = false;  // the handler has run
};

// Its callers show a token instead of a signature.
bool Gateway::IsForParticipant(const Passage& passage) {
  return passage.identity.model != nullptr &&
         passage.identity.model->service == participant::kService;
}

Gateway::Gateway(Engine& engine, GatewayOptions options)
    : engine_(engine),
      identifier_(engine.dispatch),
      authenticator_(engine.store, options.require_signatures) {}

Answer<void> Gateway::Admit(Passage& passage) {
  Identity& identity = passage.identity;
  if (identity.error) return *identity.error;
  if (IsForParticipant(passage)) {
    TL_TRY(const participant::Bearer who, participant::WhoBears(engine_, passage.request));
    passage.caller = who.caller;
    identity.region = who.region;
  } else if (!passage.known) {
    TL_TRY(passage.caller,
           authenticator_.Authenticate(passage.request, identity, engine_.real_clock.Now()));
    NoteKeyUse(engine_.store, passage.caller, identity.model->signing_name, identity.region,
               engine_.clock.Now());
  }
  if (identity.target) passage.request.target = *identity.target;
  if (identity.route.service->prepare) TL_DO(identity.route.service->prepare(passage.request));
  auto input = aws::DecodeRequest(*identity.model, *identity.route.row, passage.request);
  if (!input) return Undecodable(*identity.model, input.error());
  passage.input = std::move(input).value();
  TL_DO(CheckInput(identity.route, passage.input));
  return engine_.Permit(passage.caller, identity.region, passage.request_id, &passage.request,
                        identity.route, passage.input);
}

Answer<> Gateway::RunState(Passage& passage) {
  const auto handle = passage.identity.route.handler->handle;
  return engine_.State(passage.caller, passage.identity.region, passage.request_id,
                       &passage.request, passage.reply,
                       [&](Context& context) { return handle(context, passage.input); });
}

net::Response Gateway::Encode(Passage& passage, const Answer<>& answer) {
  const aws::Model& model = *passage.identity.model;
  net::Response response;
  if (answer) {
    response = aws::EncodeResponse(model, *passage.identity.route.row, *answer, passage.request_id);
    if (passage.reply.status != 0) response.status = passage.reply.status;
    response.file = std::move(passage.reply.file);
  } else {
    response =
        aws::EncodeError(model, ToWire(model, answer.error(), passage.head), passage.request_id);
  }
  AddHeaders(passage.reply, response);
  if (IsForParticipant(passage)) participant::AllowBrowsers(response);
  if (!response.headers.Has("Date")) response.headers.Set("Date", HttpDate());
  if (!answer) Note(passage, answer.error(), response.status);
  return response;
}

void Gateway::Note(const Passage& passage, const ServiceError& error, int status) {
  const Route& route = passage.identity.route;
  if (status >= 500) {
    const std::string_view operation =
        route.row ? std::string_view(route.row->name) : passage.request.path();
    engine_.log.Warn("{}:{} answered {} {}: {}", passage.identity.model->service, operation, status,
                     error.code, error.message);
  } else if (passage.handled && !IsModelled(*route.model, *route.row, error.code)) {
    engine_.log.Debug("{}:{} answered '{}', which its model row does not name",
                      route.model->service, route.row->name, error.code);
  }
}

const std::string& Gateway::HttpDate() {
  const auto now = std::chrono::floor<std::chrono::seconds>(engine_.real_clock.Now());
  if (now != date_second_ || date_.empty()) {
    date_second_ = now;
    date_ = ToHttpDate(now);
  }
  return date_;
}

net::aw<Answer<>> Gateway::RunWait(Passage& passage) {
  auto request = std::make_shared<const net::Request>(std::move(passage.request));
  WaitContext context(engine_, passage.caller, passage.identity.region, passage.request_id,
                      std::move(request));
  WaitContext copy = context;  // shares the reply, which the handler fills in
  Answer<> answer =
      co_await passage.identity.route.handler->wait->run(std::move(copy), std::move(passage.input));
  passage.reply = std::move(context.reply());
  co_return answer;
}

net::aw<Answer<>> Gateway::Run(Passage& passage) {
  if (auto admitted = Admit(passage); !admitted) co_return std::move(admitted).error();
  passage.handled = true;
  if (passage.identity.route.handler->handle) co_return RunState(passage);
  co_return co_await RunWait(passage);
}

net::aw<net::Response> Gateway::Handle(net::Request request) {
  if (IsAdminPath(request.path())) co_return co_await HandleAdmin(engine_, std::move(request));
  if (participant::IsPreflight(request)) co_return participant::AnswerPreflight();
  if (participant::IsForWebSocket(request)) co_return participant::RefuseWebSocket();
  if (execute_api::IsForApi(engine_.store, request)) {
    net::Response answer = co_await execute_api::Serve(engine_, authenticator_, std::move(request));
    if (!answer.headers.Has("Date")) answer.headers.Set("Date", HttpDate());
    co_return answer;
  }
  const bool head = request.method == "HEAD";
  Passage passage{.request = std::move(request), .head = head, .identity = {}, .reply = {}};
  co_return co_await Pass(passage);
}

net::aw<net::Response> Gateway::HandleAs(Caller caller, net::Request request) {
  const bool head = request.method == "HEAD";
  Passage passage{.request = std::move(request),
                  .head = head,
                  .known = true,
                  .identity = {},
                  .caller = std::move(caller),
                  .reply = {}};
  co_return co_await Pass(passage);
}

net::aw<net::Response> Gateway::Pass(Passage& passage) {
  std::string bug;
  try {
    passage.identity = identifier_.Identify(passage.request);
    passage.request_id = NewRequestId(engine_.random, *passage.identity.model);
    const Answer<> answer = co_await Run(passage);
    co_return Encode(passage, answer);
  } catch (const std::exception& thrown) {
    bug = thrown.what();
  }
  engine_.log.Warn("a handler has a bug: {}", bug);
  if (!passage.identity.model) co_return JsonResponse(500, {{"message", bug}});
  const Answer<> answer =
      ServiceError("InternalFailure", "the cloud has a bug: " + bug).WithStatus(500);
  co_return Encode(passage, answer);
}

}  // namespace trunkline::cloud
