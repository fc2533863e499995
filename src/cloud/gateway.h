// Gateway: one HTTP request of any AWS protocol in, the answer out.
//
//   identify (which service, Region, operation) -> authenticate (who) -> decode by the model ->
//   check constraints -> handler -> encode by the model
#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"
#include "cloud/authenticate.h"
#include "cloud/engine.h"
#include "cloud/identify.h"
#include "cloud/operation.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::cloud {

struct GatewayOptions {
  bool require_signatures = false;  // verify everybody's, not only those of keys issued here
};

class Gateway {
 public:
  // `engine` must outlive it, and it every request.
  Gateway(Engine& engine, GatewayOptions options);

  // Always an answer; what a handler throws is a bug, is logged and becomes a 500.
  net::aw<net::Response> Handle(net::Request request);

  // The same of somebody who is known already: nothing is looked at but policies. The scope of an
  // Authorization header says which service it is for (cloud/inner_gateway.h).
  net::aw<net::Response> HandleAs(Caller caller, net::Request request);

 private:
  struct Passage;
  static bool IsForParticipant(const Passage& passage);
  net::aw<net::Response> Pass(Passage& passage);
  Answer<void> Admit(Passage& passage);
  net::aw<Answer<>> Run(Passage& passage);
  Answer<> RunState(Passage& passage);
  net::aw<Answer<>> RunWait(Passage& passage);
  net::Response Encode(Passage& passage, const Answer<>& answer);
  void Note(const Passage& passage, const ServiceError& error, int status);
  const std::string& HttpDate();

  Engine& engine_;
  Identifier identifier_;
  Authenticator authenticator_;
  std::chrono::sys_seconds date_second_{};
  std::string date_;  // of that second
};

}  // namespace trunkline::cloud
