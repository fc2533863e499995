#include "cloud/git/deliveries.h"

#include <utility>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/git/hooks.h"
#include "cloud/git/push_event.h"
#include "cloud/git/shapes.h"
#include "cloud/job_kinds.h"
#include "cloud/objects.h"

namespace trunkline::cloud {

namespace git {
namespace {

constexpr std::size_t kMaxPayload = 25U << 20U;  // GitHub's
// How many are kept, for how long: GitHub keeps them three days.
constexpr std::size_t kKept = 100;
constexpr auto kKeptFor = std::chrono::hours(72);

std::string NewDeliveryId(Context& context) {
  constexpr std::uint64_t kSmallest = 100'000'000'000;  // twelve digits: they are numbers in JSON
  std::string id;
  do {
    id = std::to_string(kSmallest + UniformBelow(context.random, 9 * kSmallest));
  } while (context.store.Find(Context::GlobalScope(), kDelivery, id));
  return id;
}

void ForgetOld(Context& context, std::string_view hook_id) {
  const std::vector<const Record*> all =
      context.store.List(Context::GlobalScope(), kDelivery, hook_id);
  const std::int64_t oldest = (context.Now() - kKeptFor).time_since_epoch().count();
  std::vector<std::string> old;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool finished = all[i]->body.GetString("Status") != "pending";
    if (finished && (all.size() - i > kKept || all[i]->body.GetInt("At") < oldest))
      old.push_back(all[i]->id);
  }
  for (const std::string& id : old) RemoveDelivery(context.store, context.objects, id);
}

Answer<std::string> Add(Context& context, const Record& hook, json::Object body,
                        const std::string& payload) {
  ForgetOld(context, hook.id);
  TL_TRY(const std::string object, context.objects.Put(payload));
  const std::int64_t now = context.Now().time_since_epoch().count();
  body.Set("At", now);
  body.Set("Payload", object);
  body.Set("Status", "pending");
  std::string id = NewDeliveryId(context);
  // By time, and within a millisecond by chance.
  context.store.Put(Context::GlobalScope(), kDelivery,
                    {.id = id,
                     .parent = hook.id,
                     .name = fmt::format("{:020}-{}", now, id),
                     .body = std::move(body)});
  context.jobs.ScheduleAt(context, kDeliverWebhookJob, json::Object{{"DeliveryId", id}},
                          context.Now());
  return id;
}

Answer<void> OnPush(Context& context, const PushEvent& event) {
  std::string payload;
  std::vector<Record> hooks;
  for (const Record* hook : context.store.List(Context::GlobalScope(), kHook, event.repository)) {
    const bool later = FromEpochSeconds(hook->body.GetDouble("Created")) > event.at;
    if (!later && Wants(*hook, "push")) hooks.push_back(*hook);
  }
  if (hooks.empty()) return {};
  payload = json::Write(event.payload);
  for (const Record& hook : hooks)
    TL_DO(AddDelivery(context, hook, "push", NewUuid(context.random), payload));
  return {};
}

json::Value ParsedOr(const std::string& text) {
  auto value = json::Parse(text);
  if (value) return std::move(*value);
  return nullptr;
}

}  // namespace

Result<HookTarget> ReadHookUrl(std::string_view text, std::string_view endpoint) {
  auto url = net::ParseUrl(text);
  if (!url)
    return Error(ErrorKind::kInvalid, "expected a URL like http://127.0.0.1:8080/ but got '{}'",
                 text);
  HookTarget target{.origin = *url, .host = url->Authority()};
  const std::string host = ToLower(url->host);
  if (host == "localhost" || host == "127.0.0.1" || host == "[::1]") return target;
  if (host.ends_with(".localhost")) {
    target.origin.host = "127.0.0.1";
    return target;
  }
  if (host.ends_with(".amazonaws.com")) {
    const std::string path = url->target;
    target.origin = net::ParseUrl(endpoint).value_or(*url);
    target.origin.target = path;
    return target;
  }
  return Error(ErrorKind::kInvalid,
               "this cloud calls addresses of this machine only (127.0.0.1, localhost, or its own "
               "*.amazonaws.com), not '{}'",
               url->host);
}

Answer<std::string> AddDelivery(Context& context, const Record& hook, std::string_view event,
                                std::string guid, const std::string& payload) {
  if (payload.size() > kMaxPayload) {
    return ServiceError("PayloadTooLarge",
                        fmt::format("a '{}' event of {} MB is not sent: the limit is 25 MB", event,
                                    payload.size() >> 20U));
  }
  json::Object body{{"Guid", std::move(guid)}, {"Event", event}, {"Redelivery", false}};
  return Add(context, hook, std::move(body), payload);
}

Answer<std::string> Redeliver(Context& context, const Record& hook, const Record& delivery) {
  TL_TRY(const std::string payload,
         context.objects.Read(std::string(delivery.body.GetString("Payload"))));
  json::Object body{{"Guid", delivery.body.GetString("Guid")},
                    {"Event", delivery.body.GetString("Event")},
                    {"Redelivery", true}};
  return Add(context, hook, std::move(body), payload);
}

Answer<void> Ping(Context& context, const Engine& engine, const Record& hook) {
  Repository repository;
  repository.full_name = hook.parent;
  json::Object payload{{"zen", "Keep it logically awesome."},
                       {"hook_id", ToInt(hook.id).value_or(0)},
                       {"hook", HookShape(engine, hook)},
                       {"sender", UserShape(engine, repository.owner())}};
  payload.Set("repository", json::Object{{"full_name", repository.full_name},
                                         {"name", repository.name()},
                                         {"url", RepositoryUrl(engine, repository.full_name)}});
  TL_DO(AddDelivery(context, hook, "ping", NewUuid(context.random), json::Write(payload)));
  return {};
}

json::Object DeliveryShape(const Record& delivery) {
  const json::Object& body = delivery.body;
  return json::Object{{"id", ToInt(delivery.id).value_or(0)},
                      {"guid", body.GetString("Guid")},
                      {"delivered_at", ToIso8601(TimePoint(Milliseconds(body.GetInt("At"))))},
                      {"redelivery", body.GetBool("Redelivery")},
                      {"duration", body.GetDouble("Seconds")},
                      {"status", body.GetString("Status")},
                      {"status_code", body.GetInt("Code")},
                      {"event", body.GetString("Event")},
                      {"action", nullptr},
                      {"installation_id", nullptr},
                      {"repository_id", body.GetInt("RepositoryId")}};
}

json::Object FullDeliveryShape(const Objects& objects, const Record& delivery) {
  const json::Object& body = delivery.body;
  json::Object shape = DeliveryShape(delivery);
  const auto payload = objects.Read(std::string(body.GetString("Payload")));
  shape.Set("url", body.GetString("Url"));
  shape.Set("request", json::Object{{"headers", body.GetObject("RequestHeaders")},
                                    {"payload", payload ? ParsedOr(*payload) : json::Value()}});
  json::Value answered = nullptr;
  if (body.Has("ResponseBody")) answered = body.GetString("ResponseBody");
  shape.Set("response", json::Object{{"headers", body.GetObject("ResponseHeaders")},
                                     {"payload", std::move(answered)}});
  return shape;
}

void RemoveDelivery(Store& store, Objects& objects, const std::string& id) {
  const Record* delivery = store.Find(Context::GlobalScope(), kDelivery, id);
  if (!delivery) return;
  objects.Drop(std::string(delivery->body.GetString("Payload")));
  store.Delete(Context::GlobalScope(), kDelivery, id);
}

constinit const PushListener kWebhooksPushListener{.run = OnPush};

}  // namespace git
}  // namespace trunkline::cloud
