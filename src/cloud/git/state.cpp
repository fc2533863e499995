#include "cloud/git/state.h"

#include "cloud/callers.h"

namespace trunkline::cloud::git {

Answer<> InState(Engine& engine, const std::function<Answer<>(Context&)>& work) {
  Reply dropped;
  return engine.State(RootCaller(kDefaultAccount), kDefaultRegion, NewUuid(engine.random), nullptr,
                      dropped, work);
}

}  // namespace trunkline::cloud::git
