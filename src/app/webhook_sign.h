// Signing a delivery as GitHub does: for tests by hand, and for other forges.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/webhook.h"

namespace trunkline::app {

struct SignArgs {
  WebhookArgs webhook;
  std::string file;  // the payload
  std::string event = "push";
  std::string delivery;     // empty: a new one
  std::string secret_file;  // the secret's text; empty: out of Secrets Manager
  bool now = false;         // the payload is changed to say that it was pushed now
};

struct SignedDelivery {
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string url;  // empty: not known, and not asked for
};

// With --secret-file no AWS is asked.
Result<SignedDelivery> RunWebhookSign(AppWorld& world, const SignArgs& args);

std::vector<std::pair<std::string, std::string>> SignedHeaders(const std::string& event,
                                                               const std::string& delivery,
                                                               const std::string& secret,
                                                               const std::string& body);
// A line for a shell that sends `file`.
std::string CurlLine(const SignedDelivery& delivery, const std::string& file);

// A push's payload that says it was pushed at `time`: the router takes none older than three days.
Result<std::string> PushedAt(const std::string& payload, TimePoint time);

// A secret as a file has it: editors end it with a newline, which is no part of it.
Result<std::string> ReadSecretFile(const Files& files, const std::string& path);

}  // namespace trunkline::app
