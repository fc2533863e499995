#include "functions/router_branch.h"

#include "base/hash.h"
#include "functions/attributes.h"

namespace trunkline::functions::router {

Order OrderOf(const BranchRecord& record, const Push& push) {
  if (!record.known()) return Order::kNewer;
  if (record.after == push.after) return Order::kSame;
  if (record.pushed > 0 && push.pushed > 0 && record.pushed != push.pushed)
    return push.pushed > record.pushed ? Order::kNewer : Order::kOlder;
  const bool follows = push.before == record.after;
  const bool precedes = push.after == record.before;
  // There and back within a second looks the same from both ends.
  if (follows == precedes) return Order::kUnknown;
  return follows ? Order::kNewer : Order::kOlder;
}

std::string TokenOf(std::string_view push_key, std::string_view pipeline, std::string_view commit) {
  return ToHex(Sha256(fmt::format("{}\n{}\n{}", push_key, pipeline, commit)));
}

std::string BranchId(std::string_view branch) {
  return fmt::format("branch#{}", branch);
}

json::Object ToItem(const BranchRecord& record) {
  json::Object pipelines;
  for (const auto& [name, mark] : record.pipelines) {
    json::Object fields{{"commit", TextAttribute(mark.commit)},
                        {"token", TextAttribute(mark.token)},
                        {"execution", TextAttribute(mark.execution)},
                        {"since", NumberAttribute(mark.since)}};
    pipelines.Set(name, json::Object{{"M", std::move(fields)}});
  }
  return json::Object{{"id", TextAttribute(BranchId(record.branch))},
                      {"before", TextAttribute(record.before)},
                      {"after", TextAttribute(record.after)},
                      {"pushed", NumberAttribute(record.pushed)},
                      {"version", NumberAttribute(record.version)},
                      {"pipelines", json::Object{{"M", std::move(pipelines)}}}};
}

BranchRecord BranchOf(std::string_view branch, const json::Object& item) {
  BranchRecord record{.branch = std::string(branch),
                      .before = TextOf(item, "before"),
                      .after = TextOf(item, "after"),
                      .pushed = NumberOf(item, "pushed"),
                      .version = NumberOf(item, "version"),
                      .pipelines = {}};
  for (const json::Member& member : item.GetObject("pipelines").GetObject("M")) {
    if (!member.value.IsObject()) continue;
    const json::Object& fields = member.value.AsObject().GetObject("M");
    record.pipelines[member.key] = {.commit = TextOf(fields, "commit"),
                                    .token = TextOf(fields, "token"),
                                    .execution = TextOf(fields, "execution"),
                                    .since = NumberOf(fields, "since")};
  }
  return record;
}

}  // namespace trunkline::functions::router
