// The webhook of a tooling account: where it is called, by whom it is signed, and what its router
// is told. What options do not say is asked of the router function and the tooling stack.
#pragma once

#include <string>

#include "app/connection.h"
#include "app/world.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::app {

struct WebhookArgs {
  std::string region;
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

aws::ClientOptions OptionsOf(const WebhookArgs& args);

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
