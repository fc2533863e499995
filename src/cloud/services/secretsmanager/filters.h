// Filters of ListSecrets and BatchGetSecretValue.
#pragma once

#include "cloud/list_page.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {

// The names of the secrets of the caller's account and Region that all filters let through, a page
// of them. InvalidNextTokenException.
Answer<ListPage> ListSecretNames(Context& context, const json::Object& input,
                                 std::int64_t default_page);

}  // namespace trunkline::cloud::secretsmanager
