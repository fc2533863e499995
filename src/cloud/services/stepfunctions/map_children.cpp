#include "cloud/services/stepfunctions/map_children.h"

#include <algorithm>

#include "base/json_write.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::int64_t kMostItems = 100'000'000;

// How much a batch takes.
struct BatchLimits {
  std::int64_t items = 0;
  std::size_t bytes = 0;
};

// A number of the batcher, or what its path leads to.
Outcome<std::int64_t> BatchLimit(Interpreter& interpreter, int strand, const json::Object& batcher,
                                 std::string_view field, std::int64_t fallback) {
  const std::string path_field = fmt::format("{}Path", field);
  if (!batcher.Has(path_field)) return batcher.GetInt(field, fallback);
  TL_TRY(const json::Value found,
         interpreter.FillMapField(strand, json::Object{{"n.$", batcher.At(path_field)}},
                                  fmt::format("ItemBatcher/{}", path_field)));
  const json::Value& value = found.AsObject().At("n");
  if (const auto number = WholeNumber(value)) return *number;
  return RuntimeFailure(fmt::format(
      "The {} field refers to value \"{}\" which is not a valid integer: {}", path_field,
      value.IsString() ? value.AsString() : json::Write(value), batcher.GetString(path_field)));
}

Outcome<BatchLimits> ReadLimits(Interpreter& interpreter, int strand, const json::Object& batcher) {
  constexpr auto kMostBytes = static_cast<std::int64_t>(kPayloadLimit);
  TL_TRY(const std::int64_t items,
         BatchLimit(interpreter, strand, batcher, "MaxItemsPerBatch", kMostItems));
  TL_TRY(const std::int64_t bytes,
         BatchLimit(interpreter, strand, batcher, "MaxInputBytesPerBatch", kMostBytes));
  return BatchLimits{
      .items = items,
      .bytes = static_cast<std::size_t>(std::clamp<std::int64_t>(bytes, 0, kMostBytes))};
}

// {"BatchInput": ..., "Items": [...]}, as many items as the limits allow.
Outcome<json::Array> MakeBatches(const BatchLimits& limits, const json::Value& batch_input,
                                 const json::Array& items, std::vector<std::int64_t>& sizes) {
  const std::size_t envelope = json::Write(batch_input).size() + 32;
  json::Array batches;
  json::Array batch;
  std::size_t size = envelope;
  const auto close = [&] {
    if (batch.empty()) return;
    sizes.push_back(static_cast<std::int64_t>(batch.size()));
    json::Object input;
    if (!batch_input.IsNull()) input.Set("BatchInput", batch_input);
    input.Set("Items", std::move(batch));
    batches.emplace_back(std::move(input));
    batch = {};
    size = envelope;
  };
  for (const json::Value& item : items) {
    const std::size_t length = json::Write(item).size() + 1;
    if (envelope + length > kPayloadLimit) {
      return InState(kDataLimit, "An item is too large to be the input of a child execution.");
    }
    if (static_cast<std::int64_t>(batch.size()) >= limits.items || size + length > limits.bytes)
      close();
    batch.push_back(item);
    size += length;
  }
  close();
  return batches;
}

}  // namespace

Outcome<Children> MakeChildren(Run& run, Interpreter& interpreter, int strand_id,
                               const json::Object& state, const json::Array& items) {
  Strand& strand = run.strands.at(strand_id);
  Children children;
  json::Array selected;
  for (std::size_t i = 0; i < items.size(); ++i) {
    TL_TRY(json::Value item, interpreter.SelectItem(strand, static_cast<int>(i), items[i]));
    selected.push_back(std::move(item));
  }
  if (!state.Has("ItemBatcher")) {
    children.sizes.assign(selected.size(), 1);
    children.inputs = std::move(selected);
    return children;
  }
  TL_TRY(const json::Value batcher,
         interpreter.FillMapField(strand_id, state.At("ItemBatcher"), "ItemBatcher"));
  TL_TRY(const BatchLimits limits, ReadLimits(interpreter, strand_id, batcher.AsObject()));
  const json::Value* input = batcher.AsObject().Find("BatchInput");
  TL_TRY(children.inputs,
         MakeBatches(limits, input ? *input : json::Value(), selected, children.sizes));
  return children;
}

NewExecution ChildOf(Context& context, const Record& map_run, const Run& run,
                     const json::Object& state, std::size_t index, std::string_view revision) {
  const json::Object& body = map_run.body;
  const std::string machine(body.GetString("machineName"));
  const std::string name = NewUuid(context.random);
  const json::Object& processor = ProcessorOf(state);
  return {
      .id = fmt::format("execution:{}:{}", machine, name),
      .name = name,
      .parent = map_run.id,
      .machine_arn = std::string(body.GetString("stateMachineArn")),
      .machine_name = run.machine_name,
      .revision = std::string(revision),
      .map_run_arn = std::string(body.GetString("mapRunArn")),
      .start_at = std::string(processor.GetString("StartAt")),
      .label = std::string(body.GetString("label")),
      .index = static_cast<std::int64_t>(index),
      .items = body.GetArray("sizes")[index].AsInt(),
      .input = json::Write(body.GetArray("inputs")[index]),
      .express = processor.GetObject("ProcessorConfig").GetString("ExecutionType") == "EXPRESS"};
}

}  // namespace trunkline::cloud::stepfunctions
