#include "cloud/git/hooks.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cloud/git/deliveries.h"
#include "cloud/git/shapes.h"
#include "cloud/objects.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::size_t kMaxEvents = 60;
constexpr std::size_t kLongestSecret = 1024;
constexpr std::size_t kLongestUrl = 2048;

Error Wrong(std::string_view what) {
  return Error(ErrorKind::kInvalid, "{}", what);
}

Result<void> ReadEvents(const json::Value& given, json::Object& body) {
  if (!given.IsArray() || given.AsArray().empty() || given.AsArray().size() > kMaxEvents)
    return Wrong("expected 'events' to be a list of names like \"push\"");
  for (const json::Value& event : given.AsArray()) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '*'; };
    if (!event.IsString() || event.AsString().empty() ||
        !std::ranges::all_of(event.AsString(), allowed)) {
      return Wrong("expected 'events' to be a list of names like \"push\"");
    }
  }
  body.Set("Events", given);
  return {};
}

Result<void> ReadUrl(std::string_view url, json::Object& body) {
  if (url.size() > kLongestUrl) return Wrong("the 'url' has more than 2048 characters");
  TL_TRY(const HookTarget target, ReadHookUrl(url, "http://127.0.0.1"));
  body.Set("Url", url);
  return {};
}

// "0" and 0, "1" and 1: GitHub takes both.
bool IsOn(const json::Value& value) {
  return (value.IsString() && value.AsString() == "1") || (value.IsNumber() && value.AsInt() == 1);
}

Result<void> ReadConfig(const json::Object& config, json::Object& body) {
  if (config.Has("url")) TL_DO(ReadUrl(config.GetString("url"), body));
  if (const std::string_view type = config.GetString("content_type"); !type.empty()) {
    if (type != "json" && type != "form")
      return Wrong("expected 'content_type' to be \"json\" or \"form\"");
    body.Set("ContentType", type);
  }
  if (const json::Value* secret = config.Find("secret")) {
    if (!secret->IsString() || secret->AsString().size() > kLongestSecret)
      return Wrong("expected 'secret' to be a text of at most 1024 characters");
    body.Set("Secret", *secret);
  }
  const json::Value* insecure = config.Find("insecure_ssl");
  if (insecure && IsOn(*insecure) && body.GetString("Url").starts_with("https:"))
    return Wrong("certificates are always verified: insecure_ssl \"1\" is not implemented");
  return {};
}

}  // namespace

Result<void> ReadHook(const json::Object& input, Record& hook) {
  if (const std::string_view name = input.GetString("name", "web"); name != "web")
    return Wrong("expected 'name' to be \"web\"");
  if (const json::Value* events = input.Find("events")) TL_DO(ReadEvents(*events, hook.body));
  if (const json::Value* active = input.Find("active")) {
    if (!active->IsBool()) return Wrong("expected 'active' to be true or false");
    hook.body.Set("Active", *active);
  }
  TL_DO(ReadConfig(input.GetObject("config"), hook.body));
  if (!hook.body.Has("Url")) return Wrong("expected the address to call in config.url");
  return {};
}

Record NewHook(Context& context, std::string_view full_name) {
  constexpr std::uint64_t kSmallest = 100'000'000;  // nine digits, as GitHub's
  Record hook;
  do {
    hook.id = std::to_string(kSmallest + UniformBelow(context.random, 9 * kSmallest));
  } while (context.store.Find(Context::GlobalScope(), kHook, hook.id));
  hook.parent = full_name;
  hook.name = hook.id;
  json::Array events;
  events.emplace_back("push");
  const std::string now = EpochSeconds(context.Now());
  hook.body = json::Object{{"Events", std::move(events)},
                           {"Active", true},
                           {"ContentType", "form"},  // GitHub's default too
                           {"Secret", ""},
                           {"Created", json::Number{now}},
                           {"Updated", json::Number{now}}};
  return hook;
}

json::Object HookShape(const Engine& engine, const Record& hook) {
  const json::Object& body = hook.body;
  const std::string url = fmt::format("{}/hooks/{}", RepositoryUrl(engine, hook.parent), hook.id);
  json::Object config{{"content_type", body.GetString("ContentType")},
                      {"insecure_ssl", "0"},
                      {"url", body.GetString("Url")}};
  // Never the secret itself: GitHub shows stars.
  if (!body.GetString("Secret").empty()) config.Set("secret", "********");
  const json::Object& last = body.GetObject("Last");
  json::Object response{{"code", nullptr}, {"status", "unused"}, {"message", nullptr}};
  if (!last.empty()) {
    const std::int64_t code = last.GetInt("Code");
    response = json::Object{{"code", code},
                            {"status", code >= 200 && code < 300 ? "active" : "error"},
                            {"message", last.GetString("Status")}};
  }
  const auto time = [&](std::string_view key) {
    return ToIso8601(
        std::chrono::floor<std::chrono::seconds>(FromEpochSeconds(body.GetDouble(key))));
  };
  return json::Object{{"type", "Repository"},
                      {"id", ToInt(hook.id).value_or(0)},
                      {"name", "web"},
                      {"active", body.GetBool("Active")},
                      {"events", body.GetArray("Events")},
                      {"config", std::move(config)},
                      {"updated_at", time("Updated")},
                      {"created_at", time("Created")},
                      {"url", url},
                      {"test_url", url + "/tests"},
                      {"ping_url", url + "/pings"},
                      {"deliveries_url", url + "/deliveries"},
                      {"last_response", std::move(response)}};
}

bool Wants(const Record& hook, std::string_view event) {
  if (!hook.body.GetBool("Active")) return false;
  return std::ranges::any_of(hook.body.GetArray("Events"), [&](const json::Value& wanted) {
    return wanted.AsString() == event || wanted.AsString() == "*";
  });
}

void RemoveHook(Store& store, Objects& objects, const std::string& hook_id) {
  std::vector<std::string> deliveries;
  for (const Record* delivery : store.List(Context::GlobalScope(), kDelivery, hook_id))
    deliveries.push_back(delivery->id);
  for (const std::string& id : deliveries) RemoveDelivery(store, objects, id);
  store.Delete(Context::GlobalScope(), kHook, hook_id);
}

}  // namespace trunkline::cloud::git
