// What a test of a Map state shows of it before its iterations.
#include "base/json_write.h"
#include "cloud/services/stepfunctions/interpreter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

// "1.0": a share is shown as a fraction.
json::Value Share(const json::Value& percentage) {
  const bool whole = percentage.AsNumber().text.find_first_of(".eE") == std::string::npos;
  return json::Number{percentage.AsNumber().text + (whole ? ".0" : "")};
}

}  // namespace

// As far as the selected items fit into an output together.
Outcome<void> Interpreter::NoteSelected(Strand& strand) {
  const json::Object& state = *NodeOf(strand).body;
  if (!state.Has("ItemSelector") && !state.Has("Parameters")) return {};
  const json::Array items = strand.task.GetArray("items");
  json::Array selected;
  std::size_t size = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    TL_TRY(json::Value one, SelectItem(strand, static_cast<int>(i), items[i]));
    size += json::Write(one).size();
    if (size > kPayloadLimit) return {};
    selected.push_back(std::move(one));
  }
  trace->Set("afterItemSelector", json::Write(json::Value(std::move(selected))));
  return {};
}

Outcome<void> Interpreter::NoteMap(Strand& strand, const StateView& view,
                                   const json::Value& effective) {
  const json::Object& state = *view.node.body;
  if (!view.node.jsonata && !state.Has("ItemReader"))
    view.Note("afterItemsPath", strand.task.At("items"));
  TL_DO(NoteSelected(strand));
  TL_TRY(const json::Value width,
         LimitOf(view, effective, state, "MaxConcurrency", LimitKind::kInteger));
  trace->Set("maxConcurrency", width.IsNull() ? json::Value(0) : width);
  TL_TRY(const json::Value count,
         LimitOf(view, effective, state, "ToleratedFailureCount", LimitKind::kInteger));
  if (!count.IsNull()) trace->Set("toleratedFailureCount", count);
  TL_TRY(const json::Value share,
         LimitOf(view, effective, state, "ToleratedFailurePercentage", LimitKind::kFloat));
  if (!share.IsNull()) trace->Set("toleratedFailurePercentage", Share(share));
  return {};
}

}  // namespace trunkline::cloud::stepfunctions
