// The webhook's secret and GitHub's token, out of Secrets Manager; kept for half a minute, so that
// a push costs no call and a new secret counts within a minute.
//
// While a secret is replaced the version before it signs, too: for an hour, in which the webhook is
// told the new one ('trunkline webhook create'). Who replaces it twice ends that at once.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "functions/router_session.h"

namespace trunkline::functions::router {

// At least one. What was read less than `most_age` ago is not read again.
net::aw<Result<std::vector<std::string>>> WebhookSecrets(const Session& session,
                                                         Milliseconds most_age);
// Empty when no token is set.
net::aw<Result<std::string>> GithubToken(const Session& session);

inline constexpr Milliseconds kSecretAge{30000};
// For a signature that does not match: the secret may be a newer one. Strangers who send nonsense
// cause no more calls than this.
inline constexpr Milliseconds kSuspectAge{1000};
inline constexpr std::chrono::hours kRotation{1};

}  // namespace trunkline::functions::router
