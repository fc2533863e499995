// Authenticate: who sends a request, and whether the signature says so.
//
// Keys issued by this cloud are always verified: signature, session token, expiry (on real time).
// Anybody else's are believed, unless everybody must be verified; their secret then is callers.h's
// kCommonSecret.
#pragma once

#include "cloud/callers.h"
#include "cloud/identify.h"
#include "cloud/operation.h"

namespace trunkline::cloud {

class Authenticator {
 public:
  Authenticator(Store& store, bool require_signatures)
      : store_(store), require_signatures_(require_signatures) {}

  // The request must be as it came: a body taken apart no longer has the signed hash. An unsigned
  // request to S3, or to an operation that needs no signature, is the default account's while
  // signatures are not required.
  Answer<Caller> Authenticate(const net::Request& request, const Identity& identity, TimePoint now);

 private:
  Answer<Caller> AuthenticateIssued(IssuedKey key, const net::Request& request,
                                    const Identity& identity, TimePoint now);
  Answer<void> CheckSignature(const net::Request& request, const Identity& identity,
                              std::string_view secret, TimePoint now);
  // Every chunk of an S3 upload may be signed too.
  Answer<void> CheckChunks(const net::Request& request, const Identity& identity,
                           std::string_view secret);

  Store& store_;
  bool require_signatures_;
  aws::SigningKeys keys_;
};

}  // namespace trunkline::cloud
