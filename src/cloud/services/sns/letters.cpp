#include "cloud/services/sns/letters.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/arn.h"
#include "cloud/callers.h"

namespace trunkline::cloud {
namespace sns {
namespace {

constexpr std::string_view kPath = "/_trunkline/notifications";
constexpr std::string_view kConfirmPath = "/_trunkline/notifications/confirm";
constexpr std::size_t kMostLetters = 1000;

net::Response ShowLetters(Engine& engine) {
  json::Array letters;
  for (const auto& [scope, record] : engine.store.ListEverywhere(kLetter)) {
    json::Object letter = record->body;
    letter.Set("Account", scope.account);
    letter.Set("Region", scope.region);
    letters.push_back(std::move(letter));
  }
  return JsonResponse(200, json::Object{{"notifications", std::move(letters)}});
}

net::Response Confirm(Engine& engine, const net::Request& request) {
  json::Object input;
  for (const auto& [key, value] : net::ParseQuery(request.query())) input.Set(key, value);
  const auto arn = ParseArn(input.GetString("TopicArn"));
  if (!arn || !input.Has("Token"))
    return JsonResponse(400, json::Object{{"message", "expected TopicArn and Token"}});
  Reply reply;
  const auto answer = engine.State(
      RootCaller(arn->account), arn->region, NewUuid(engine.random), nullptr, reply,
      [&](Context& context) { return context.Call("sns", "ConfirmSubscription", input); });
  if (!answer) return JsonResponse(400, json::Object{{"message", answer.error().message}});
  return JsonResponse(200, *answer);
}

net::aw<net::Response> Serve(Engine& engine, net::Request request) {
  if (request.method != "GET")
    co_return JsonResponse(405, json::Object{{"message", "expected GET"}});
  const bool confirm = request.path() == kConfirmPath;
  co_return confirm ? Confirm(engine, request) : ShowLetters(engine);
}

}  // namespace

void KeepLetter(Context& context, json::Object letter) {
  const Scope scope = context.RegionScope();
  const auto present = context.store.List(scope, kLetter);
  if (present.size() >= kMostLetters) {
    const std::string oldest = present.front()->id;
    context.store.Delete(scope, kLetter, oldest);
  }
  letter.Set("Sent", ToIso8601(context.Now()));
  const std::string id = NewUuid(context.random);
  // A counter orders what was sent within one millisecond.
  const std::string last = present.empty() ? std::string() : present.back()->name;
  const auto number = last.empty() ? 1 : ToInt(last).value_or(0) + 1;
  context.store.Put(
      scope, kLetter,
      {.id = id, .parent = "", .name = fmt::format("{:020}", number), .body = std::move(letter)});
}

std::string ConfirmUrl(const Context& context, const Subscription& subscription) {
  return fmt::format("{}{}?TopicArn={}&Token={}", context.endpoint, kConfirmPath,
                     PercentEncode(subscription.TopicArn()),
                     subscription.record.body.GetString("Token"));
}

}  // namespace sns

constinit const AdminRoute kNotificationsAdminRoute{.prefix = sns::kPath, .handle = sns::Serve};

}  // namespace trunkline::cloud
