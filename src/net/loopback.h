// What is on this machine and nowhere else.
#pragma once

#include "net/http.h"

namespace trunkline::net {

// By the host as it is written: names are not looked up, but "localhost" is this machine's.
bool IsLoopback(const Url& url);

}  // namespace trunkline::net
