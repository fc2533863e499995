// GitHub's hook for the webhook: made, or brought up to date.
#pragma once

#include <optional>
#include <string>

#include "app/webhook.h"

namespace trunkline::app {

struct HookReport {
  std::int64_t id = 0;
  std::string repository;
  std::string url;
  bool created = false;  // false: one was there, and has the secret of now
};

Result<HookReport> RunWebhookCreate(AppWorld& world, const WebhookArgs& args);

// GitHub's shape of a hook for pushes.
json::Object HookShape(const std::string& url, const std::string& secret);
// The id of the hook that calls `url`, of a list as GitHub gives it.
std::optional<std::int64_t> FindHook(const json::Value& hooks, std::string_view url);

}  // namespace trunkline::app
