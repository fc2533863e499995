// The public keys of a token's issuer, read from this machine and kept for a while.
#pragma once

#include <string>

#include "base/result.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// A JWKS document. Read again when it is older than five minutes, or, at most every ten seconds,
// when `kid` is not in it. kUnreached: the issuer is not on this machine, or does not answer.
net::aw<Result<json::Object>> KeysOfIssuer(WaitContext context, std::string issuer,
                                           std::string kid);

}  // namespace trunkline::cloud::execute_api
