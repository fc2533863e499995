// An HTTP/1.1 client with a pool of keep-alive connections; https with the system's certificates.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/environment.h"
#include "base/result.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::net {

struct ClientOptions {
  std::chrono::milliseconds connect_limit{5000};
  std::chrono::milliseconds answer_limit{60000};  // from the last byte sent to the whole answer
  std::uint64_t max_body = 512ULL << 20U;
  std::string ca_bundle;  // empty: AWS_CA_BUNDLE, SSL_CERT_FILE, the distribution's
};

class Client {
 public:
  Client(Loop& loop, const Environment& environment, ClientOptions options = {});
  ~Client();

  // Sends `request` (target as it stands) to `origin` ("http://127.0.0.1:4566"; the path is
  // ignored). Errors are kUnreached and name the origin and the reason; a request on a pooled
  // connection that the other side had closed is sent again once on a fresh one.
  aw<Result<Response>> Send(Url origin, Request request);
  // The same of a request that its owner keeps, and that outlives the call: nothing is copied.
  aw<Result<Response>> SendKept(Url origin, const Request& request);

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with requests under way
};

}  // namespace trunkline::net
