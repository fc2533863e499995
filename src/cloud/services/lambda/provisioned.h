// Provisioned concurrency of versions and aliases: kept, counted against the account's, and READY
// after a while. Functions are kept warm here without it.
//
//   provisioned  id = name:qualifier   parent = name; name = qualifier; body: Requested, Status,
//                                      LastModified
#pragma once

#include <string_view>

#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {

inline constexpr Kind kProvisioned{"lambda", "provisioned"};

// What was allocated for it is there from now on.
void SettleProvisioned(Context& context, std::string_view id);

// All of a function's, or that of a version or alias that is deleted.
void DropProvisioned(Context& context, const Name& name);

}  // namespace trunkline::cloud::lambda
