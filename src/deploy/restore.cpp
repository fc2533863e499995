#include "deploy/restore.h"

#include "net/timers.h"

namespace trunkline::deploy {

net::aw<Result<void>> RestorePatiently(Session& session, Undo undo) {
  constexpr int kTries = 4;
  Milliseconds pause{1000};
  const ResourceKind& kind = *FindResourceKind(undo.kind);
  for (int attempt = 1;; ++attempt) {
    Result<void> restored = co_await kind.restore(session, undo);
    if (restored || attempt == kTries) co_return restored;
    const ErrorKind why = restored.error().kind();
    if (why != ErrorKind::kThrottled && why != ErrorKind::kUnreached) co_return restored;
    co_await session.world.timers.Wait(pause);
    pause *= 2;
  }
}

}  // namespace trunkline::deploy
