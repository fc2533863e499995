#include "cloud/execute_api/jwt.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/rsa.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::size_t kLongestToken = 16U << 10U;

Result<json::Object> ReadPart(std::string_view part) {
  const auto bytes = FromBase64Url(part);
  if (bytes) {
    Result<json::Value> value = json::Parse(*bytes);
    if (value && value->IsObject()) return std::move(value->AsObject());
  }
  return Error(ErrorKind::kInvalid,
               "expected a JSON object in Base64url in each part of the token");
}

// A claim that is a text or a list of them.
std::vector<std::string> Texts(const json::Value* value) {
  std::vector<std::string> texts;
  if (value && value->IsString()) texts.push_back(value->AsString());
  if (!value || !value->IsArray()) return texts;
  for (const json::Value& one : value->AsArray()) {
    if (one.IsString()) texts.push_back(one.AsString());
  }
  return texts;
}

bool NamesAudience(const json::Object& claims, const json::Array& wanted) {
  const json::Value* audience = claims.Find("aud");
  for (const std::string& one : Texts(audience ? audience : claims.Find("client_id"))) {
    if (std::ranges::find(wanted, json::Value(one)) != wanted.end()) return true;
  }
  return false;
}

const json::Object* FindKey(const json::Object& keys, std::string_view kid) {
  for (const json::Value& key : keys.GetArray("keys")) {
    if (key.IsObject() && key.AsObject().GetString("kid") == kid) return &key.AsObject();
  }
  return nullptr;
}

}  // namespace

Result<Token> ReadToken(std::string_view text) {
  if (text.size() > kLongestToken)
    return Error(ErrorKind::kInvalid, "expected a token of at most {} bytes", kLongestToken);
  const std::vector<std::string_view> parts = Split(text, '.');
  if (parts.size() != 3)
    return Error(ErrorKind::kInvalid, "expected three parts in the token but got {}", parts.size());
  Token token;
  TL_TRY(token.header, ReadPart(parts[0]));
  TL_TRY(token.claims, ReadPart(parts[1]));
  token.signed_text = text.substr(0, parts[0].size() + 1 + parts[1].size());
  auto signature = FromBase64Url(parts[2]);
  if (!signature) return Error(ErrorKind::kInvalid, "expected a signature in Base64url");
  token.signature = std::move(*signature);
  return token;
}

Result<void> CheckClaims(const json::Object& claims, const json::Object& jwt_configuration,
                         TimePoint now) {
  const double seconds = static_cast<double>(now.time_since_epoch().count()) / 1000.0;
  if (claims.GetString("iss") != jwt_configuration.GetString("Issuer"))
    return Error(ErrorKind::kDenied, "the token's issuer is not the authorizer's");
  if (!NamesAudience(claims, jwt_configuration.GetArray("Audience")))
    return Error(ErrorKind::kDenied, "the token does not have a valid audience");
  const json::Value* expires = claims.Find("exp");
  if (!expires || !expires->IsNumber())
    return Error(ErrorKind::kDenied, "the token does not say when it expires");
  if (expires->AsDouble() <= seconds) return Error(ErrorKind::kDenied, "the token has expired");
  for (const std::string_view name : {"nbf", "iat"}) {
    const json::Value* value = claims.Find(name);
    if (value && (!value->IsNumber() || value->AsDouble() > seconds))
      return Error(ErrorKind::kDenied, "the token is not valid yet ({})", name);
  }
  return {};
}

std::vector<std::string> ScopesOf(const json::Object& claims) {
  const json::Value* value = claims.Has("scope") ? claims.Find("scope") : claims.Find("scp");
  std::vector<std::string> scopes;
  for (const std::string& text : Texts(value)) {
    for (const std::string_view one : Split(text, ' ')) {
      if (!one.empty()) scopes.emplace_back(one);
    }
  }
  return scopes;
}

bool HasKey(const json::Object& keys, std::string_view kid) {
  return FindKey(keys, kid) != nullptr;
}

Result<void> CheckSignature(const Token& token, const json::Object& keys) {
  const std::string_view kid = token.header.GetString("kid");
  const json::Object* key = FindKey(keys, kid);
  if (!key) return Error(ErrorKind::kDenied, "the issuer has no key '{}'", kid);
  if (key->GetString("kty") != "RSA")
    return Error(ErrorKind::kDenied, "the key '{}' is not an RSA key", kid);
  const auto modulus = FromBase64Url(key->GetString("n"));
  const auto exponent = FromBase64Url(key->GetString("e"));
  const bool right = modulus && exponent &&
                     VerifyRsa({.modulus = *modulus, .exponent = *exponent},
                               token.header.GetString("alg"), token.signed_text, token.signature);
  if (right) return {};
  return Error(ErrorKind::kDenied, "the token's signature is not of the key '{}'", kid);
}

}  // namespace trunkline::cloud::execute_api
