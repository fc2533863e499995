// Callers: which account and identity an access key means.
//
// A key of 12 digits *is* the account. Keys this cloud issued (STS sessions, IAM users' keys) mean
// theirs. Any other key means account 123456789012. The secret of every key that was not issued
// here is "test".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "cloud/context.h"
#include "cloud/store.h"

namespace trunkline::cloud {

inline constexpr std::string_view kDefaultAccount = "123456789012";
inline constexpr std::string_view kDefaultRegion = "us-east-1";
inline constexpr std::string_view kCommonSecret = "test";

// A key this cloud gave out. In the store: kind {"cloud", "key"}, global, by access key id.
struct IssuedKey {
  Caller caller;  // with access_key_id
  std::string secret;
  std::string session_token;         // empty: a user's long-lived key
  std::optional<TimePoint> expires;  // real time
  bool active = true;                // IAM's Status
  // What AssumeRole was given to limit the session: documents, and ARNs of managed policies.
  std::vector<std::string> session_policies;
};

// "AKIA..." for users, "ASIA..." for sessions: 20 characters that a later look-up knows to be ours.
std::string NewAccessKeyId(Random& random, bool session);
std::string NewSecretKey(Random& random);  // 40 characters
std::string NewSessionToken(Random& random);

// In a transaction.
void PutKey(Store& store, const IssuedKey& key);
void DeleteKey(Store& store, std::string_view access_key_id);
std::optional<IssuedKey> FindKey(Store& store, std::string_view access_key_id);
// Whether the key has the form of those issued here: an unknown one was deleted or has expired.
bool LooksIssued(std::string_view access_key_id);

bool IsAccountId(std::string_view text);  // 12 digits
// The account's root user.
Caller RootCaller(std::string_view account);
// The account of a key that was not issued here: itself, or kDefaultAccount.
Caller CallerOfForeignKey(std::string_view access_key_id);

}  // namespace trunkline::cloud
