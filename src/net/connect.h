// A fresh connection to an origin.
#pragma once

#include <memory>

#include "base/clock.h"
#include "net/http.h"
#include "net/stream.h"

namespace trunkline::net {

class TlsContext;

// Looks the name up, tries its addresses one after the other, and with `tls` shakes hands; all of
// it within `limit`. kUnreached: "cannot reach 'http://127.0.0.1:4566': connection refused".
aw<Result<std::unique_ptr<ByteStream>>> ConnectTo(Loop& loop, Url url, TlsContext* tls,
                                                  Milliseconds limit);

}  // namespace trunkline::net
