// Metrics of the named queue or agent, else of the working queue, over all channels.
#include "sim/actions/list.h"
#include "sim/named_queue.h"

namespace trunkline::sim {
namespace {

Outcome RunGetMetricData(Turn& turn) {
  NamedQueue named;
  if (std::string why; !FindNamedQueue(turn, named, why)) return Fail("{}", why);
  const Queue* queue = named.queue;
  if (turn.Has("QueueChannel"))
    turn.Warn("queue metrics are not kept by channel: they count all channels");
  const QueueMetrics& now = queue->metrics;
  const auto count = [](int agents) { return json::Object{{"Count", std::to_string(agents)}}; };
  turn.scratch().metrics = {
      {"Queue", json::Object{{"Name", queue->name},
                             {"ARN", queue->arn},
                             {"Size", std::to_string(now.contacts)},
                             {"OldestContactAge", std::to_string(now.oldest_age_seconds)}}},
      {"Agents", json::Object{{"Online", count(now.agents_online)},
                              {"Available", count(now.agents_available)},
                              {"Staffed", count(now.agents_staffed)},
                              {"Busy", count(now.agents_busy)},
                              {"AfterContactWork", count(now.agents_after_contact_work)},
                              {"NonProductive", count(now.agents_non_productive)}}}};
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunGetMetricData{.run = RunGetMetricData};

}  // namespace trunkline::sim
