// What else belongs to a user: a login profile, SSH keys, credentials of single services, MFA
// devices. Their parent is the user's id, which a new name does not change.
//   {"iam","login-profile"}       id: the user's id
//   {"iam","ssh-key"}             id: "APKA..."
//   {"iam","service-credential"}  id: "ACCA..."
//   {"iam","mfa-device"}          id: the serial number, an ARN; parent: the user's id while it is
//                                 enabled, else empty
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/iam/users.h"

namespace trunkline::cloud::iam {

inline constexpr Kind kLoginProfile{"iam", "login-profile"};
inline constexpr Kind kSshKey{"iam", "ssh-key"};
inline constexpr Kind kServiceCredential{"iam", "service-credential"};
inline constexpr Kind kMfaDevice{"iam", "mfa-device"};

std::string UserIdOf(const Record& user);

// AWS deletes no user that still has one of them.
Answer<void> CheckHasNoThings(Context& context, const Record& user);

}  // namespace trunkline::cloud::iam
