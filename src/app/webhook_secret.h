// The webhook's secret: where it is, and a new one.
#pragma once

#include <string>

#include "app/webhook.h"
#include "base/clock.h"

namespace trunkline::app {

struct SecretReport {
  std::string arn;
  TimePoint changed{};   // when it was set last; the epoch: unknown
  bool rotated = false;  // just now
  std::string value;     // only where it was asked for
};

struct SecretArgs {
  WebhookArgs webhook;
  bool rotate = false;  // sets a new, random one first
  bool show = false;    // reads the value
};

Result<SecretReport> RunWebhookSecret(AppWorld& world, const SecretArgs& args);

}  // namespace trunkline::app
