// The job that sends one delivery of a webhook and writes down what came of it.
#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/hmac_sha1.h"
#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/git/deliveries.h"
#include "cloud/git/history.h"
#include "cloud/job_kinds.h"
#include "cloud/objects.h"
#include "cloud/wait.h"
#include "net/client.h"

namespace trunkline::cloud {

namespace git {
namespace {

using Steady = std::chrono::steady_clock;

// GitHub waits this long, and on its own clock: real time.
constexpr std::chrono::seconds kLimit{10};
// How much of an answer is kept.
constexpr std::size_t kShownAnswer = 64U << 10U;

struct Sending {
  Record delivery;
  Record hook;
  std::string payload;
};

std::string FormBody(const std::string& payload) {
  return "payload=" + PercentEncode(payload);
}

net::Request MakeRequest(const Sending& sending, const HookTarget& target) {
  const json::Object& hook = sending.hook.body;
  const bool form = hook.GetString("ContentType") == "form";
  net::Request request;
  request.method = "POST";
  request.target = target.origin.target;
  request.body = form ? FormBody(sending.payload) : sending.payload;
  net::Headers& headers = request.headers;
  headers.Add("Host", target.host);
  headers.Add("Accept", "*/*");
  headers.Add("User-Agent", "GitHub-Hookshot/trunkline");
  headers.Add("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
  headers.Add("X-GitHub-Event", sending.delivery.body.GetString("Event"));
  headers.Add("X-GitHub-Delivery", sending.delivery.body.GetString("Guid"));
  headers.Add("X-GitHub-Hook-ID", sending.hook.id);
  headers.Add("X-GitHub-Hook-Installation-Target-Type", "repository");
  headers.Add("X-GitHub-Hook-Installation-Target-ID",
              std::to_string(RepositoryId(sending.hook.parent)));
  if (const std::string_view secret = hook.GetString("Secret"); !secret.empty()) {
    headers.Add("X-Hub-Signature", "sha1=" + ToHex(HmacSha1(secret, request.body)));
    headers.Add("X-Hub-Signature-256", "sha256=" + ToHex(HmacSha256(secret, request.body)));
  }
  return request;
}

json::Object ShapeOf(const net::Headers& headers) {
  json::Object shape;
  for (const auto& [name, value] : headers) shape.Set(AsUtf8(name), AsUtf8(value));
  return shape;
}

// GitHub's words for what is no answer, and its codes for them.
struct Outcome {
  std::string status;
  std::int64_t code = 0;
};

Outcome OutcomeOf(const Result<net::Response>& answer, Steady::duration took) {
  if (!answer && took >= kLimit) return {.status = "timed out", .code = 504};
  if (!answer) return {.status = "failed to connect to host", .code = 502};
  if (answer->status >= 200 && answer->status < 300)
    return {.status = "OK", .code = answer->status};
  return {.status = fmt::format("Invalid HTTP Response: {}", answer->status),
          .code = answer->status};
}

Answer<> WriteDown(Context& context, const std::string& id, const json::Object& result) {
  const Record* found = context.store.Find(Context::GlobalScope(), kDelivery, id);
  if (!found) return json::Object();  // its hook was removed meanwhile
  Record delivery = *found;
  for (const json::Member& member : result) delivery.body.Set(member.key, member.value);
  if (const Record* hook = context.store.Find(Context::GlobalScope(), kHook, delivery.parent)) {
    Record updated = *hook;
    updated.body.Set("Last", json::Object{{"Code", result.GetInt("Code")},
                                          {"Status", result.GetString("Status")}});
    context.store.Put(Context::GlobalScope(), kHook, std::move(updated));
  }
  context.store.Put(Context::GlobalScope(), kDelivery, std::move(delivery));
  return json::Object();
}

json::Object ResultOf(const Sending& sending, const net::Headers& sent,
                      const Result<net::Response>& answer, Steady::duration took) {
  const Outcome outcome = OutcomeOf(answer, took);
  const double seconds =
      static_cast<double>(std::chrono::duration_cast<Milliseconds>(took).count()) / 1000.0;
  json::Object result{{"Status", outcome.status},
                      {"Code", outcome.code},
                      {"Seconds", seconds},
                      {"Url", sending.hook.body.GetString("Url")},
                      {"RepositoryId", RepositoryId(sending.hook.parent)},
                      {"RequestHeaders", ShapeOf(sent)}};
  if (answer) {
    result.Set("ResponseHeaders", ShapeOf(answer->headers));
    result.Set("ResponseBody", AsUtf8(std::string_view(answer->body).substr(0, kShownAnswer)));
  } else {
    result.Set("ResponseBody", answer.error().message());
  }
  return result;
}

net::aw<Result<net::Response>> Send(WaitContext context, net::Url origin, net::Request request) {
  net::ClientOptions options;
  options.connect_limit = kLimit;
  options.answer_limit = kLimit;
  options.max_body = 1U << 20U;
  net::Client client(context.loop(), context.engine().environment, std::move(options));
  co_return co_await client.Send(std::move(origin), std::move(request));
}

net::aw<Answer<>> Run(WaitContext context, json::Object payload) {
  const std::string id(payload.GetString("DeliveryId"));
  Store& store = context.engine().store;
  const Record* delivery = store.Find(Context::GlobalScope(), kDelivery, id);
  if (!delivery || delivery->body.GetString("Status") != "pending") co_return json::Object();
  const Record* hook = store.Find(Context::GlobalScope(), kHook, delivery->parent);
  if (!hook) co_return json::Object();
  Sending sending{.delivery = *delivery, .hook = *hook, .payload = {}};
  TL_CO_TRY(sending.payload,
            context.objects().Read(std::string(sending.delivery.body.GetString("Payload"))));
  TL_CO_TRY(const HookTarget target,
            ReadHookUrl(sending.hook.body.GetString("Url"), context.endpoint()));
  net::Request request = MakeRequest(sending, target);
  const net::Headers sent = request.headers;
  const Steady::time_point begin = Steady::now();
  const auto answer = co_await Send(context, target.origin, std::move(request));
  const json::Object result = ResultOf(sending, sent, answer, Steady::now() - begin);
  co_return context.State([&](Context& state) { return WriteDown(state, id, result); });
}

constexpr WaitHandler kRun{Run};

}  // namespace
}  // namespace git

constinit const JobKind kDeliverWebhookJob{.name = "git.deliver-webhook", .wait = &git::kRun};

}  // namespace trunkline::cloud
