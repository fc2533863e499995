// Sending a delivery: a payload of a file, signed here, or one that GitHub keeps, by GitHub.
#pragma once

#include <string>

#include "app/webhook_sign.h"

namespace trunkline::app {

struct ReplayReport {
  int status = 0;        // of HTTP; 0: GitHub does not say yet
  json::Object answer;   // what the router says; of GitHub's delivery when it shows it
  std::string delivery;  // X-GitHub-Delivery
  bool ok() const { return status >= 200 && status < 300; }
};

struct ReplayArgs {
  SignArgs sign;         // `file`, or
  std::string recorded;  // a delivery that GitHub keeps, by number or X-GitHub-Delivery
};

Result<ReplayReport> RunWebhookReplay(AppWorld& world, const ReplayArgs& args);

}  // namespace trunkline::app
