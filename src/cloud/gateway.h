// Gateway: one HTTP request of any AWS protocol in, the answer out.
//
//   identify (which service, Region, operation) -> authenticate (who) -> decode by the model ->
//   check constraints
//   -> handler -> encode by the model
#pragma once

#include <memory>

#include "cloud/engine.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::cloud {

struct GatewayOptions {
  bool require_signatures = false;  // verify everybody's, not only those of keys issued here
};

class Gateway {
 public:
  // `engine` must outlive it.
  Gateway(Engine& engine, GatewayOptions options);

  // Always an answer; what a handler throws is a bug, is logged and becomes a 500.
  net::aw<net::Response> Handle(net::Request request);

 private:
  Engine& engine_;
  GatewayOptions options_;
};

}  // namespace trunkline::cloud
