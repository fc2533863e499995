#include "cloud/services/cloudformation/stacks/await_stack.h"

#include "cloud/services/cloudformation/resources/polling.h"

namespace trunkline::cloud::cloudformation {
namespace {

void Cancel(Context& state, const Record& stack) {
  const Record* found =
      state.store.Find(state.RegionScope(), kOperation, stack.body.GetString("Operation"));
  if (!found || found->body.Has("Cancelled")) return;
  Record operation = *found;
  operation.body.Set("Cancelled", "Resource creation cancelled.");
  state.store.Put(state.RegionScope(), kOperation, std::move(operation));
}

}  // namespace

net::aw<Answer<Record>> AwaitStack(WaitContext context, std::string id,
                                   std::function<bool()> cancelled) {
  Pauses pauses;
  for (;;) {
    Record stack;
    const auto read = context.State([&](Context& state) -> Answer<> {
      TL_TRY(stack, FindStack(state, id));
      if (IsInProgress(StatusOf(stack)) && cancelled && cancelled()) Cancel(state, stack);
      return json::Object();
    });
    if (!read) co_return read.error();
    if (!IsInProgress(StatusOf(stack))) co_return stack;
    co_await pauses.Next(context);
  }
}

}  // namespace trunkline::cloud::cloudformation
