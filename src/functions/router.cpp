// The router: a webhook's delivery in, pipelines started, and the answer which and why.
//
// Nothing of a body is understood before its signature was checked. docs/webhook.md tells the
// rules.
#include "base/json_write.h"
#include "functions/list.h"
#include "functions/router_delivery.h"
#include "functions/router_github.h"
#include "functions/router_ledger.h"
#include "functions/router_reconcile.h"
#include "functions/router_reply.h"
#include "functions/router_route.h"
#include "functions/router_secret.h"
#include "functions/router_signature.h"

namespace trunkline::functions {
namespace router {
namespace {

bool IsReconcile(const json::Value& event) {
  return event.IsObject() && event.AsObject().GetString("trunkline") == "reconcile";
}

// One line of JSON for each invocation. What strangers sent has been given a form, or is quoted.
void WriteLog(const FunctionWorld& world, const Delivery& delivery, const Reply& reply,
              TimePoint begin, std::string_view why) {
  json::Object line{{"event", delivery.event},
                    {"delivery", delivery.id},
                    {"status", reply.status},
                    {"ms", (world.clock.Now() - begin).count()}};
  line.SetIfNotEmpty("why", why);
  for (const json::Member& member : reply.body) line.Set(member.key, member.value);
  const Log::Level level = reply.status < 400 ? Log::Level::kInfo : Log::Level::kWarning;
  world.log.Line(level, json::Write(line));
}

struct Judged {
  Reply reply;
  std::string why;  // for the log, where the answer must not tell
};

// A strange signature may be of a secret that is newer than the one we keep.
net::aw<Result<bool>> Authenticate(const Session& session, const Delivery& delivery) {
  TL_CO_TRY(const std::vector<std::string> kept, co_await WebhookSecrets(session, kSecretAge));
  if (IsSigned(delivery.signature, delivery.body, kept)) co_return true;
  TL_CO_TRY(const std::vector<std::string> fresh, co_await WebhookSecrets(session, kSuspectAge));
  co_return IsSigned(delivery.signature, delivery.body, fresh);
}

// A push of unknown time whose head commit is old is believed when it is what the branch has.
net::aw<bool> IsTooOld(const Session& session, const Push& push) {
  const Age age = AgeOf(push, session.clock().Now());
  if (age != Age::kSuspect) co_return age == Age::kTooOld;
  const Result<std::string> head = co_await HeadOf(session, std::string(push.branch()));
  co_return !head || *head != push.after;
}

Reply Repeated(json::Object answer) {
  answer.Set("repeated", true);
  return {.status = 200, .body = std::move(answer)};
}

Reply Unavailable(const Error& error) {
  return Refuse(503, fmt::format("nothing was started: {}; deliver the push again when it can, or "
                                 "wait for the reconciliation",
                                 error.message()));
}

net::aw<Reply> RoutePush(const Session& session, Push push, std::string delivery) {
  const Ledger ledger(session);
  const std::string key = KeyOf(push);
  Result<Entry> entry = co_await ledger.Begin(key, delivery);
  if (!entry) co_return Unavailable(entry.error());
  if (entry->done) co_return Repeated(std::move(entry->answer));
  const Result<Routed> routed = co_await Route(session, std::move(push), key);
  if (!routed) co_return Unavailable(routed.error());
  if (!routed->ok()) co_return ToReply(*routed);
  json::Object answer = ToJson(*routed);
  const Result<void> finished = co_await ledger.Finish(key, delivery, std::move(answer));
  if (!finished)
    session.log().Warn("the push was routed and stays open in the ledger: {}",
                       finished.error().message());
  co_return ToReply(*routed);
}

net::aw<Reply> AnswerPush(const Session& session, json::Object payload, std::string delivery) {
  Result<Push> read = ReadPush(payload);
  if (!read) co_return Refuse(400, read.error().message());
  Push push = std::move(*read);
  if (!IsOurs(session.settings(), push))
    co_return Refuse(403, fmt::format("this webhook is for '{}', not for '{}'",
                                      session.settings().repository, push.repository));
  if (const std::optional<Left> ignored = WhyIgnored(session.settings(), push))
    co_return Ignore(*ignored);
  if (co_await IsTooOld(session, push)) {
    const Left old{.what = push.ref, .why = WhyTooOld(push)};
    co_return Ignore(old);
  }
  co_return co_await RoutePush(session, std::move(push), std::move(delivery));
}

net::aw<Reply> AnswerSigned(const Session& session, const Delivery& delivery) {
  Result<json::Object, Refusal> payload = ReadPayload(delivery);
  if (!payload) co_return Refuse(payload.error().status, payload.error().message);
  if (delivery.event == "push")
    co_return co_await AnswerPush(session, std::move(*payload), delivery.id);
  Left left{.what = fmt::format("event '{}'", delivery.event), .why = "only pushes are routed"};
  if (delivery.event == "ping") left.why = "the webhook is set up: pushes will be routed";
  co_return Ignore(left);
}

net::aw<Judged> Judge(const FunctionWorld& world, const Delivery& delivery) {
  Judged judged;
  Result<Settings> settings = ReadSettings(world.environment);
  if (!settings) {
    judged.reply = Refuse(500, "the router is not set up; its log says why");
    judged.why = settings.error().message();
    co_return judged;
  }
  const Session session(world, std::move(*settings), kPushTime);
  const Result<bool> authentic = co_await Authenticate(session, delivery);
  if (!authentic) {
    judged.reply = Refuse(503, "the signature cannot be checked now; the router's log says why");
    judged.why = fmt::format("{}; 'trunkline webhook secret' shows whether the secret is there",
                             authentic.error().ToText());
    co_return judged;
  }
  if (!*authentic) {
    judged.reply = Refuse(401, "unauthorized");
    judged.why = delivery.signature.empty()
                     ? "it has no X-Hub-Signature-256: give the webhook a secret with 'trunkline "
                       "webhook create'"
                     : "its signature is not of this webhook's secret: 'trunkline webhook create' "
                       "tells GitHub the right one";
    co_return judged;
  }
  judged.reply = co_await AnswerSigned(session, delivery);
  co_return judged;
}

net::aw<Result<json::Value>> AnswerHttp(const FunctionWorld& world, const json::Value& event) {
  const TimePoint begin = world.clock.Now();
  Result<Delivery, Refusal> delivery = ReadDelivery(event);
  if (!delivery) {
    const Reply reply = Refuse(delivery.error().status, delivery.error().message);
    const Delivery unread;
    WriteLog(world, unread, reply, begin, "");
    co_return ToHttp(reply);
  }
  const Judged judged = co_await Judge(world, *delivery);
  WriteLog(world, *delivery, judged.reply, begin, judged.why);
  co_return ToHttp(judged.reply);
}

net::aw<Result<json::Value>> AnswerReconcile(const FunctionWorld& world) {
  TL_CO_TRY(Settings settings, ReadSettings(world.environment));
  const Session session(world, std::move(settings), kReconcileTime);
  json::Object report = co_await Reconcile(session);
  json::Object line = report;
  line.Set("event", "reconcile");
  world.log.Line(report.GetBool("ok") ? Log::Level::kInfo : Log::Level::kWarning,
                 json::Write(line));
  co_return json::Value(std::move(report));
}

}  // namespace

static net::aw<Result<json::Value>> Answer(const FunctionWorld& world, json::Value event) {
  if (IsReconcile(event)) co_return co_await AnswerReconcile(world);
  if (IsHttp(event)) co_return co_await AnswerHttp(world, event);
  co_return Error(ErrorKind::kInvalid,
                  "expected an event of an HTTP API with 'headers' and 'body', or "
                  "{{\"trunkline\": \"reconcile\"}}");
}

}  // namespace router

const Function kRouterFunction{.name = "router",
                               .summary = "starts the pipelines that a push concerns",
                               .answer = router::Answer};

}  // namespace trunkline::functions
