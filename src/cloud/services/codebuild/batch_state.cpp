#include "cloud/services/codebuild/batch_state.h"

#include <fmt/format.h>

#include "cloud/services/codebuild/records.h"

namespace trunkline::cloud::codebuild {

Answer<const Record*> FindBatch(Context& context, std::string_view id_or_arn) {
  const std::string id = IdOf(context, "build-batch", id_or_arn);
  if (const Record* record = context.store.Find(context.RegionScope(), kBatch, id)) return record;
  return NotFound(fmt::format("Build batch with id {} does not exist", id));
}

bool ChangeBatch(Context& context, const std::string& id,
                 const std::function<void(json::Object& body)>& change) {
  const Record* found = context.store.Find(context.RegionScope(), kBatch, id);
  if (!found || found->body.GetObject("batch").GetBool("complete")) return false;
  Record record = *found;
  change(record.body);
  if (record.body == found->body) return true;  // it is looked at often, and changes seldom
  context.store.Put(context.RegionScope(), kBatch, std::move(record));
  return true;
}

void CompleteBatch(json::Object& batch, const PhaseEnd& end, std::string_view status,
                   TimePoint now) {
  EndPhase(batch, end, now);
  BeginPhase(batch, status, now);
  batch.Set("buildBatchStatus", status);
  batch.Set("complete", true);
  batch.Set("endTime", Seconds(now));
}

}  // namespace trunkline::cloud::codebuild
