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

// The request must be as it came: a body taken apart no longer has the signed hash. An unsigned
// request to S3, or to an operation that needs no signature, is the default account's while
// signatures are not required.
Answer<Caller> Authenticate(Store& store, const net::Request& request, const Identity& identity,
                            TimePoint now, bool require_signatures);

}  // namespace trunkline::cloud
