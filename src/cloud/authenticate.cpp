#include "cloud/authenticate.h"

#include <utility>

#include "aws/sigv4_chunked.h"
#include "base/hash.h"
#include "cloud/errors.h"

namespace trunkline::cloud {
namespace {

bool IsS3(const Identity& identity) {
  return identity.model->service == "s3";
}

ServiceError Refuse(const Identity& identity, AuthenticationFault fault,
                    std::string_view detail = {}) {
  return NotAuthenticated(*identity.model, fault, detail);
}

Answer<Caller> AuthenticateUnsigned(const Identity& identity, bool require_signatures) {
  const bool allowed = identity.route.row->unsigned_ || (IsS3(identity) && !require_signatures);
  if (!allowed) return Refuse(identity, AuthenticationFault::kMissing);
  return RootCaller(kDefaultAccount);
}

bool LinkExpired(const aws::Authorization& authorization, TimePoint now) {
  return authorization.presigned && authorization.time && authorization.expires &&
         *authorization.time + *authorization.expires < now;
}

AuthenticationFault FaultOf(const Error& error) {
  if (error.code() == "RequestTimeTooSkewed") return AuthenticationFault::kSkewed;
  if (error.code() == "AccessDenied") return AuthenticationFault::kExpiredLink;
  if (error.code() == "XAmzContentSHA256Mismatch") return AuthenticationFault::kWrongBody;
  if (error.code() == "SignatureDoesNotMatch") return AuthenticationFault::kWrongSignature;
  return AuthenticationFault::kMalformed;
}

}  // namespace

Answer<void> Authenticator::CheckSignature(const net::Request& request, const Identity& identity,
                                           std::string_view secret, TimePoint now) {
  const auto verified =
      aws::Verify(request, *identity.authorization, secret, now, IsS3(identity), &keys_);
  if (verified) return CheckChunks(request, identity, secret);
  const AuthenticationFault fault = FaultOf(verified.error());
  // What the other faults are about stands in their own texts.
  const bool explain =
      fault == AuthenticationFault::kSkewed || fault == AuthenticationFault::kMalformed;
  return Refuse(identity, fault,
                explain ? std::string_view(verified.error().message()) : std::string_view());
}

Answer<void> Authenticator::CheckChunks(const net::Request& request, const Identity& identity,
                                        std::string_view secret) {
  if (!IsS3(identity) || !aws::HasSignedChunks(request)) return {};
  const aws::ChunkSigning signing = aws::MakeChunkSigning(*identity.authorization, secret);
  aws::Trailers trailers;
  const auto decoded = aws::DecodeAwsChunked(request.body, trailers, &signing);
  if (decoded) return {};
  if (decoded.error().code() == "SignatureDoesNotMatch") {
    return Refuse(identity, AuthenticationFault::kWrongSignature);
  }
  return ServiceError(decoded.error().code(), decoded.error().message());
}

Answer<Caller> Authenticator::AuthenticateIssued(IssuedKey key, const net::Request& request,
                                                 const Identity& identity, TimePoint now) {
  if (!key.active) return Refuse(identity, AuthenticationFault::kUnknownKey);
  if (!EqualsConstantTime(key.session_token, identity.authorization->session_token)) {
    return Refuse(identity, AuthenticationFault::kWrongToken);
  }
  TL_DO(CheckSignature(request, identity, key.secret, now));
  if (key.expires && *key.expires <= now)
    return Refuse(identity, AuthenticationFault::kExpiredSession);
  return std::move(key.caller);
}

Answer<Caller> Authenticator::Authenticate(const net::Request& request, const Identity& identity,
                                           TimePoint now) {
  if (!identity.authorization) return AuthenticateUnsigned(identity, require_signatures_);
  const std::string& id = identity.authorization->access_key_id;
  if (LinkExpired(*identity.authorization, now))
    return Refuse(identity, AuthenticationFault::kExpiredLink);
  if (LooksIssued(id)) {
    auto key = FindKey(store_, id);
    if (!key) return Refuse(identity, AuthenticationFault::kUnknownKey);
    return AuthenticateIssued(std::move(*key), request, identity, now);
  }
  if (require_signatures_) TL_DO(CheckSignature(request, identity, kCommonSecret, now));
  return CallerOfForeignKey(id);
}

}  // namespace trunkline::cloud
