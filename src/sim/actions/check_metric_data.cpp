// Check staffing and check queue status.
#include <algorithm>
#include <iterator>

#include "sim/actions/list.h"
#include "sim/named_queue.h"

namespace trunkline::sim {
namespace {

struct Metric {
  std::string_view name;
  std::int64_t (*read)(const QueueMetrics&);
};

constexpr Metric kMetrics[] = {
    {"NumberOfAgentsAvailable",
     [](const QueueMetrics& m) -> std::int64_t { return m.agents_available; }},
    {"NumberOfAgentsOnline", [](const QueueMetrics& m) -> std::int64_t { return m.agents_online; }},
    {"NumberOfAgentsStaffed",
     [](const QueueMetrics& m) -> std::int64_t { return m.agents_staffed; }},
    {"NumberOfContactsInQueue", [](const QueueMetrics& m) -> std::int64_t { return m.contacts; }},
    // Conditions compare milliseconds (flow-language 3.4).
    {"OldestContactInQueueAgeSeconds",
     [](const QueueMetrics& m) { return m.oldest_age_seconds * 1000; }},
};

Outcome RunCheckMetricData(Turn& turn) {
  NamedQueue named;
  if (std::string why; !FindNamedQueue(turn, named, why)) return Fail("{}", why);
  const std::string type = turn.Text("MetricType").value_or("");
  const auto* metric = std::ranges::find(kMetrics, type, &Metric::name);
  if (metric == std::end(kMetrics)) return Fail("there is no metric '{}'", type);
  return Returned{std::to_string(metric->read(named.queue->metrics))};
}

}  // namespace

constinit const Runner kRunCheckMetricData{.run = RunCheckMetricData};

}  // namespace trunkline::sim
