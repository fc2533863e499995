#include "cloud/authenticate.h"

#include <utility>

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

Answer<void> CheckSignature(const net::Request& request, const Identity& identity,
                            std::string_view secret, TimePoint now) {
  const auto verified = aws::Verify(request, *identity.authorization, secret, now, IsS3(identity));
  if (verified) return {};
  const bool skewed = verified.error().code() == "RequestTimeTooSkewed";
  return Refuse(identity,
                skewed ? AuthenticationFault::kSkewed : AuthenticationFault::kWrongSignature,
                skewed ? std::string_view(verified.error().message()) : std::string_view());
}

Answer<Caller> AuthenticateIssued(IssuedKey key, const net::Request& request,
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

}  // namespace

Answer<Caller> Authenticate(Store& store, const net::Request& request, const Identity& identity,
                            TimePoint now, bool require_signatures) {
  if (!identity.authorization) return AuthenticateUnsigned(identity, require_signatures);
  const std::string& id = identity.authorization->access_key_id;
  if (LinkExpired(*identity.authorization, now))
    return Refuse(identity, AuthenticationFault::kExpiredLink);
  if (LooksIssued(id)) {
    auto key = FindKey(store, id);
    if (!key) return Refuse(identity, AuthenticationFault::kUnknownKey);
    return AuthenticateIssued(std::move(*key), request, identity, now);
  }
  if (require_signatures) TL_DO(CheckSignature(request, identity, kCommonSecret, now));
  return CallerOfForeignKey(id);
}

}  // namespace trunkline::cloud
