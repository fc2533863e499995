#include "sim/steer.h"

namespace trunkline::sim {
namespace {

// Where an action names its resource.
struct SteeredRow {
  std::string_view type, parent, parameter;
};
constexpr SteeredRow kRows[] = {
    {"CheckHoursOfOperation", "", "HoursOfOperationId"},
    {"ConnectParticipantWithLexBot", "LexV2Bot", "AliasArn"},
    {"DequeueContactAndTransferToQueue", "", "QueueId"},
    {"InvokeLambdaFunction", "", "LambdaFunctionARN"},
};
constexpr std::string_view kToTargetQueue = "TransferContactToQueue";

const SteeredRow* RowOf(std::string_view type) {
  for (const SteeredRow& row : kRows) {
    if (row.type == type) return &row;
  }
  return nullptr;
}

}  // namespace

std::string SteeredResource(const Turn& turn) {
  const Queue* queue = turn.contact.queue;
  if (turn.action.type == kToTargetQueue) return queue == nullptr ? std::string() : queue->arn;
  const SteeredRow* row = RowOf(turn.action.type);
  if (row == nullptr) return {};
  const std::string path = row->parent.empty() ? std::string(row->parameter)
                                               : fmt::format("{}.{}", row->parent, row->parameter);
  const std::string named = turn.Text(path).value_or("");
  // Without hours of its own the action checks those of the queue.
  const bool of_queue = named.empty() && queue != nullptr && row->type == kRows[0].type;
  return of_queue ? queue->hours_id : named;
}

void Steer(ContactState& contact, std::string_view type, json::Object& parameters,
           const std::string& resource) {
  if (type == kToTargetQueue) {
    contact.queue = contact.world->FindQueue(resource);
    return;
  }
  const SteeredRow* row = RowOf(type);
  if (row == nullptr) return;
  if (row->parent.empty()) {
    parameters.Set(row->parameter, resource);
  } else {
    parameters.Set(row->parent, json::Object{{std::string(row->parameter), resource}});
  }
}

}  // namespace trunkline::sim
