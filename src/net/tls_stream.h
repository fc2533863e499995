// TLS on a socket, for clients: TLS 1.2 or later, the other side's certificate and name are
// checked.
#pragma once

#include <memory>
#include <string>

#include "net/tcp_stream.h"

namespace trunkline::net {

class TlsStream : public ByteStream {
 public:
  // First of all. Errors say why the certificate is not trusted.
  virtual aw<Result<void>> Handshake() = 0;
};

// What connections share: the certificates that are trusted. Reading them takes 30 ms, so it is
// made when needed.
class TlsContext {
 public:
  // Trusts what `ca_bundle` (a PEM file) names.
  static Result<std::unique_ptr<TlsContext>> Make(const std::string& ca_bundle);
  ~TlsContext();

  // `host`: the name, or IP address, that the certificate must be for.
  std::unique_ptr<TlsStream> Wrap(Socket socket, const std::string& host);

 private:
  struct State;
  explicit TlsContext(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace trunkline::net
