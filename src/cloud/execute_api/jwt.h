// JSON Web Tokens of HTTP APIs' authorizers.
//
// A token is three parts of Base64url: header, claims, signature (RFC 7519, RFC 7515). The issuer's
// keys are read from <issuer>/.well-known/openid-configuration and its "jwks_uri" (OpenID Connect
// Discovery), from this machine only: tokens of an issuer elsewhere are refused, and the log says
// why. API Gateway takes RSA signatures (RS256, RS384, RS512) and so do we.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::execute_api {

struct Token {
  json::Object header;
  json::Object claims;
  std::string signed_text;  // what the signature is over
  std::string signature;
};
Result<Token> ReadToken(std::string_view text);

// Issuer, audience ("aud", else "client_id"), "exp", "nbf" and "iat".
Result<void> CheckClaims(const json::Object& claims, const json::Object& jwt_configuration,
                         TimePoint now);

// Of "scope" (a text with blanks) or "scp" (that, or a list).
std::vector<std::string> ScopesOf(const json::Object& claims);

// By the key of a JWKS document that has the token's "kid".
Result<void> CheckSignature(const Token& token, const json::Object& keys);
bool HasKey(const json::Object& keys, std::string_view kid);

}  // namespace trunkline::cloud::execute_api
