// Webhooks of repositories, as GitHub's REST API has them.
//
// In the store, global: {"git","hook"} by number below the repository; body: Events, Active, Url,
// ContentType ("json" or "form"), Secret, Created, Updated (seconds), Last {Code, Status}.
// Only addresses of this machine are called: loopback, *.localhost, and those AWS names
// (*.amazonaws.com) that this cloud itself answers to.
#pragma once

#include <string>

#include "cloud/context.h"
#include "cloud/git/repositories.h"

namespace trunkline::cloud::git {

// What the API gets: {"events": [], "active": true, "config": {"url", "content_type", "secret",
// "insecure_ssl"}}. What is missing stays as it is in `hook`. kInvalid says what is wrong.
Result<void> ReadHook(const json::Object& input, Record& hook);

// With a new number, not yet in the store.
Record NewHook(Context& context, std::string_view full_name);
json::Object HookShape(const Engine& engine, const Record& hook);
bool Wants(const Record& hook, std::string_view event);

// In a transaction: with its deliveries.
void RemoveHook(Store& store, Objects& objects, const std::string& hook_id);

}  // namespace trunkline::cloud::git
