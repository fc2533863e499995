// OpenID Connect identity providers, for those who tag them.
#pragma once

#include <string_view>

#include "cloud/services/iam/entities.h"

namespace trunkline::cloud::iam {

inline constexpr Kind kOidcProvider{"iam", "oidc-provider"};

Answer<Record> FindOidcProvider(Context& context, std::string_view arn);

}  // namespace trunkline::cloud::iam
