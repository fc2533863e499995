// Within: work that is given up when it takes too long. Its sockets are closed.
//
// The limit runs on real time: it is about how long the other side of a connection takes.
#pragma once

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::functions {

// kUnreached when the limit is over first. A limit of zero or less is over at once.
template <class T>
net::aw<Result<T>> Within(Milliseconds limit, net::aw<Result<T>> work);

extern template net::aw<Result<json::Object>> Within(Milliseconds, net::aw<Result<json::Object>>);
extern template net::aw<Result<net::Response>> Within(Milliseconds, net::aw<Result<net::Response>>);

}  // namespace trunkline::functions
