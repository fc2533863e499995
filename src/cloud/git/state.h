// Changes of git's own records, which belong to no account.
#pragma once

#include <functional>

#include "cloud/context.h"
#include "cloud/engine.h"

namespace trunkline::cloud::git {

// One transaction as the root of the default account in the default Region.
Answer<> InState(Engine& engine, const std::function<Answer<>(Context&)>& work);

}  // namespace trunkline::cloud::git
