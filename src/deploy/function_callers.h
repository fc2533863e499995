// Which versions of a function its callers get: the alias 'live', which flows call, and Lambda's
// weights on it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

inline constexpr std::string_view kLiveAlias = "live";

struct Callers {
  std::string version;   // empty: there is no alias yet, nobody calls the function
  std::string next;      // the version that has a part of the calls; empty: none
  int percent = 0;       // that part
  std::string revision;  // of the alias, so that somebody else's change is not overwritten

  bool SameAs(const Callers& other) const {
    return version == other.version && next == other.next && percent == other.percent;
  }
};

// `function` is the name in AWS.
net::aw<Result<Callers>> ReadCallers(Session& session, std::string function);

// UpdateAlias's input; weights that were there go unless `callers` has them.
json::Object AliasInput(const std::string& function, const Callers& callers);

// All calls to one version. Makes the alias where there is none.
net::aw<Result<void>> GiveAllCalls(Session& session, std::string function, std::string version);

}  // namespace trunkline::deploy
