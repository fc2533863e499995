#include "cloud/services/cloudformation/stacks/last_operations.h"

namespace trunkline::cloud::cloudformation {

std::string_view OperationType(const OperationOrder& order) {
  if (order.phase.starts_with("rollback"))
    return order.members.Has("Skip") ? "CONTINUE_ROLLBACK" : "ROLLBACK";
  if (order.kind == "CREATE") return "CREATE_STACK";
  return order.kind == "DELETE" ? "DELETE_STACK" : "UPDATE_STACK";
}

void NoteOperation(Context& context, std::string_view stack_id, std::string_view type,
                   const std::string& id, bool alone) {
  UpdateStackRecord(context, stack_id, [&](json::Object& body) {
    json::Array operations{json::Object{{"OperationType", type}, {"OperationId", id}}};
    if (!alone) {
      for (const json::Value& one : body.GetArray("LastOperations")) operations.push_back(one);
    }
    body.Set("LastOperations", std::move(operations));
  });
}

}  // namespace trunkline::cloud::cloudformation
