#include "cloud/services/cloudformation/resources/signals.h"

#include <fmt/format.h>

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Kind kSignal{"cloudformation", "signal"};

}  // namespace

void PutSignalIn(Store& store, std::string_view key, const Signal& signal) {
  json::Object body{{"UniqueId", signal.unique_id},
                    {"Success", signal.success},
                    {"Reason", signal.reason},
                    {"Data", signal.data}};
  store.Put(Context::GlobalScope(), kSignal,
            {.id = fmt::format("{}|{}", key, signal.unique_id),
             .parent = std::string(key),
             .name = signal.unique_id,
             .body = std::move(body)});
}

void PutSignal(Context& context, std::string_view key, const Signal& signal) {
  PutSignalIn(context.store, key, signal);
}

std::vector<Signal> ListSignals(Context& context, std::string_view key) {
  std::vector<Signal> made;
  for (const Record* record : context.store.List(Context::GlobalScope(), kSignal, key)) {
    made.push_back({.unique_id = record->name,
                    .success = record->body.GetBool("Success"),
                    .reason = std::string(record->body.GetString("Reason")),
                    .data = std::string(record->body.GetString("Data"))});
  }
  return made;
}

void DropSignals(Context& context, std::string_view key) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(Context::GlobalScope(), kSignal, key))
    ids.push_back(record->id);
  for (const std::string& id : ids) context.store.Delete(Context::GlobalScope(), kSignal, id);
}

}  // namespace trunkline::cloud::cloudformation
