// hooks of GitHub's REST API: made, changed, pinged; their deliveries shown and repeated.
#include <algorithm>
#include <utility>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/git/deliveries.h"
#include "cloud/git/github.h"
#include "cloud/git/hooks.h"
#include "cloud/git/state.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::size_t kMaxHooks = 20;  // GitHub's, for one event

// What a page answers, made in one transaction.
using Work = std::function<Answer<net::Response>(Context& context)>;

net::Response Run(Engine& engine, const Work& work) {
  net::Response response;
  const auto done = InState(engine, [&](Context& context) -> Answer<> {
    TL_TRY(response, work(context));
    return json::Object();
  });
  if (done) return response;
  return GithubFail(done.error().status == 0 ? 422 : done.error().status, done.error().message);
}

Result<json::Object> ReadBody(const net::Request& request) {
  if (request.body.empty()) return json::Object();
  TL_TRY(json::Value value, json::Parse(request.body));
  if (!value.IsObject())
    return Error(ErrorKind::kInvalid, "expected a JSON object but got {}", value.TypeName());
  return std::move(value.AsObject());
}

ServiceError Unprocessable(std::string_view message) {
  return ServiceError("ValidationFailed", message).WithStatus(422);
}

ServiceError NotFound(std::string_view what, std::string_view id) {
  return ServiceError("NotFound", fmt::format("there is no {} '{}'", what, id)).WithStatus(404);
}

Answer<const Record*> FindHook(Context& context, const GithubCall& call) {
  const Record* hook = context.store.Find(Context::GlobalScope(), kHook, call.parts[1]);
  if (!hook || hook->parent != call.repository.full_name) return NotFound("hook", call.parts[1]);
  return hook;
}

Answer<const Record*> FindDelivery(Context& context, const GithubCall& call, const Record& hook) {
  const Record* delivery = context.store.Find(Context::GlobalScope(), kDelivery, call.parts[3]);
  if (!delivery || delivery->parent != hook.id) return NotFound("delivery", call.parts[3]);
  return delivery;
}

net::Response List(Engine& engine, const GithubCall& call) {
  const auto hooks = engine.store.List(Context::GlobalScope(), kHook, call.repository.full_name);
  const Paging paging = ReadPaging(call);
  json::Array shapes;
  for (std::size_t i = paging.skip(); i < hooks.size() && shapes.size() < paging.per_page; ++i)
    shapes.emplace_back(HookShape(engine, *hooks[i]));
  net::Response response = GithubList(std::move(shapes));
  SetLinks(engine, call, paging, hooks.size(), response);
  return response;
}

Answer<net::Response> Create(Engine& engine, Context& context, const GithubCall& call,
                             const json::Object& input) {
  const auto there = context.store.List(Context::GlobalScope(), kHook, call.repository.full_name);
  if (there.size() >= kMaxHooks) return Unprocessable("a repository has at most 20 hooks");
  Record hook = NewHook(context, call.repository.full_name);
  if (const auto read = ReadHook(input, hook); !read) return Unprocessable(read.error().message());
  const auto same = [&](const Record* other) {
    return other->body.GetString("Url") == hook.body.GetString("Url") &&
           other->body.GetArray("Events") == hook.body.GetArray("Events");
  };
  if (std::ranges::any_of(there, same))
    return Unprocessable("Hook already exists on this repository");
  context.store.Put(Context::GlobalScope(), kHook, hook);
  TL_DO(Ping(context, engine, hook));
  return JsonResponse(201, HookShape(engine, hook));
}

Answer<net::Response> Change(Engine& engine, Context& context, const GithubCall& call,
                             const json::Object& input) {
  TL_TRY(const Record* found, FindHook(context, call));
  Record hook = *found;
  if (const auto read = ReadHook(input, hook); !read) return Unprocessable(read.error().message());
  hook.body.Set("Updated", json::Number{EpochSeconds(context.Now())});
  context.store.Put(Context::GlobalScope(), kHook, hook);
  return JsonResponse(200, HookShape(engine, hook));
}

net::Response NoContent() {
  net::Response response;
  response.status = 204;
  return response;
}

Answer<net::Response> Remove(Context& context, const GithubCall& call) {
  TL_TRY(const Record* hook, FindHook(context, call));
  const std::string id = hook->id;  // the record goes
  RemoveHook(context.store, context.objects, id);
  return NoContent();
}

Answer<net::Response> OneHook(Engine& engine, Context& context, const GithubCall& call,
                              const json::Object& input) {
  const std::string& method = call.request.method;
  if (method == "PATCH") return Change(engine, context, call, input);
  if (method == "DELETE") return Remove(context, call);
  if (method != "GET") return WrongMethod(call.request, "GET, PATCH, DELETE");
  TL_TRY(const Record* hook, FindHook(context, call));
  return JsonResponse(200, HookShape(engine, *hook));
}

Answer<net::Response> SendPing(Engine& engine, Context& context, const GithubCall& call) {
  if (call.request.method != "POST") return WrongMethod(call.request, "POST");
  TL_TRY(const Record* hook, FindHook(context, call));
  TL_DO(Ping(context, engine, *hook));
  return NoContent();
}

// Newest first; `cursor` is the last one shown.
Answer<net::Response> ListDeliveries(Engine& engine, Context& context, const GithubCall& call) {
  if (call.request.method != "GET") return WrongMethod(call.request, "GET");
  TL_TRY(const Record* hook, FindHook(context, call));
  auto all = context.store.List(Context::GlobalScope(), kDelivery, hook->id);
  std::reverse(all.begin(), all.end());
  const std::string cursor = call.Query("cursor");
  const Paging paging = ReadPaging(call);
  auto at = all.begin();
  if (!cursor.empty()) {
    at = std::ranges::find_if(all, [&](const Record* delivery) { return delivery->id == cursor; });
    if (at != all.end()) ++at;
  }
  json::Array shapes;
  std::string last;
  for (; at != all.end() && shapes.size() < paging.per_page; ++at) {
    shapes.emplace_back(DeliveryShape(**at));
    last = (*at)->id;
  }
  net::Response response = GithubList(std::move(shapes));
  if (at != all.end()) {
    response.headers.Set("Link",
                         fmt::format("<{}{}?per_page={}&cursor={}>; rel=\"next\"", engine.endpoint,
                                     call.request.path(), paging.per_page, last));
  }
  return response;
}

// deliveries/{id} and deliveries/{id}/attempts
Answer<net::Response> OneDelivery(Context& context, const GithubCall& call) {
  const bool again = call.parts.size() == 5;
  const std::string_view expected = again ? "POST" : "GET";
  if (call.request.method != expected) return WrongMethod(call.request, expected);
  TL_TRY(const Record* hook, FindHook(context, call));
  TL_TRY(const Record* delivery, FindDelivery(context, call, *hook));
  if (!again) return JsonResponse(200, FullDeliveryShape(context.objects, *delivery));
  const Record copy = *delivery;
  TL_DO(Redeliver(context, Record(*hook), copy));
  return JsonResponse(202, json::Object());
}

Answer<net::Response> Below(Engine& engine, Context& context, const GithubCall& call,
                            const json::Object& input) {
  const std::size_t size = call.parts.size();
  if (size == 1) return Create(engine, context, call, input);
  if (size == 2) return OneHook(engine, context, call, input);
  if (size == 3 && call.parts[2] == "pings") return SendPing(engine, context, call);
  if (call.parts[2] == "deliveries") {
    if (size == 3) return ListDeliveries(engine, context, call);
    if (size == 4 || (size == 5 && call.parts[4] == "attempts")) return OneDelivery(context, call);
  }
  return NotFound("page", call.request.path());
}

}  // namespace

net::aw<net::Response> HandleHooks(Engine& engine, GithubCall call) {
  if (call.parts.size() == 1 && call.request.method == "GET") co_return List(engine, call);
  if (call.parts.size() == 1 && call.request.method != "POST")
    co_return WrongMethod(call.request, "GET, POST");
  const auto input = ReadBody(call.request);
  if (!input) co_return GithubFail(400, "Problems parsing JSON: " + input.error().message());
  co_return Run(engine, [&](Context& context) { return Below(engine, context, call, *input); });
}

}  // namespace trunkline::cloud::git
