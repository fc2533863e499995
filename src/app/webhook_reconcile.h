// Reconciliation now: the router function is told to, and its report comes back.
#pragma once

#include <string>

#include "app/webhook.h"

namespace trunkline::app {

// {"ok", "branches": [...]} (docs/webhook.md).
Result<json::Object> RunWebhookReconcile(AppWorld& world, const WebhookArgs& args);

}  // namespace trunkline::app
