// The webhook of a tooling account: where it is called, by whom it is signed, and what its router
// is told. What options do not say is asked of the router function and the tooling stack.
#pragma once

#include <memory>
#include <string>

#include "app/connection.h"
#include "app/tooling.h"
#include "app/world.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::app {

struct WebhookArgs {
  std::string folder;  // the monorepo that says where the tooling account is
  std::string region;  // empty: the monorepo's, the profile's
  std::string profile;
  std::string endpoint_url;
  std::string function = "amzconnect-router";
  std::string stack = "amzconnect-tooling";
  // Empty: found out.
  std::string url;         // where GitHub posts
  std::string secret;      // the ARN or name of the secret
  std::string repository;  // "owner/name"
  std::string github_api;  // "https://api.github.com"
};

// AWS where the webhook is: in the tooling account of the monorepo that is named, or that is the
// working folder; without one, or with a Region, where the credentials are.
struct WebhookAccount {
  std::unique_ptr<Tooling> tooling;  // one of the two
  std::unique_ptr<Connection> plain;

  Connection& connection() const { return tooling ? tooling->connection : *plain; }
  const aws::Client& client() const { return tooling ? tooling->client : plain->client(); }
};
Result<WebhookAccount> OpenWebhook(AppWorld& world, const WebhookArgs& args);

// What a use case needs of it.
struct WebhookNeeds {
  bool url = false;
  bool secret = false;
  bool repository = false;  // and GitHub's API
};

// `args` with what is needed filled in. Errors say what is not deployed, and how to do without.
net::aw<Result<WebhookArgs>> FindWebhook(aws::Client client, WebhookArgs args, WebhookNeeds needs);

// The secret's text.
net::aw<Result<std::string>> ReadSecretText(aws::Client client, std::string secret);

}  // namespace trunkline::app
