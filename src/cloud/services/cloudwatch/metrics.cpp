#include "cloud/services/cloudwatch/metrics.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::int64_t kBatch = 600;
constexpr std::int64_t kKept = 455LL * 24 * 3600;
constexpr std::size_t kMostValues = 500;  // single values of one point

std::string BatchName(std::int64_t second) {
  return fmt::format("{:012}", std::max<std::int64_t>(0, RoundDown(second, kBatch)));
}

std::string BatchId(std::string_view metric_id, std::string_view batch) {
  return fmt::format("{}\n{}", metric_id, batch);
}

json::Value Written(const Point& point) {
  json::Array values;
  if (point.sample.exact) {
    for (const auto& [value, times] : point.sample.values)
      values.emplace_back(json::Array{value, times});
  }
  const Sample& sample = point.sample;
  return json::Array{point.second,   point.unit,     sample.count,     sample.sum,
                     sample.minimum, sample.maximum, std::move(values)};
}

Point ReadBack(const json::Array& written) {
  Point point{.second = written[0].AsInt(), .unit = written[1].AsString(), .sample = {}};
  point.sample = {.count = written[2].AsDouble(),
                  .sum = written[3].AsDouble(),
                  .minimum = written[4].AsDouble(),
                  .maximum = written[5].AsDouble(),
                  .values = {},
                  .exact = false};
  for (const json::Value& pair : written[6].AsArray())
    point.sample.values.emplace_back(pair.AsArray()[0].AsDouble(), pair.AsArray()[1].AsDouble());
  point.sample.exact = !point.sample.values.empty();
  return point;
}

std::vector<Point> PointsOf(const Record* batch) {
  std::vector<Point> points;
  if (!batch) return points;
  for (const json::Value& written : batch->body.GetArray("points"))
    points.push_back(ReadBack(written.AsArray()));
  return points;
}

void Merge(std::vector<Point>& points, const Point& added) {
  const auto same = std::ranges::find_if(points, [&](const Point& point) {
    return point.second == added.second && point.unit == added.unit;
  });
  if (same != points.end())
    same->sample.Add(added.sample);
  else
    points.push_back(added);
}

// Old batches go when a new one comes.
void Forget(Context& context, std::string_view metric_id) {
  const std::string oldest = BatchName(Seconds(context.Now()) - kKept);
  std::vector<std::string> gone;
  context.store.Scan(context.RegionScope(), kPoints, metric_id, "", [&](const Record& batch) {
    if (batch.name >= oldest) return false;
    gone.push_back(batch.id);
    return true;
  });
  for (const std::string& id : gone) context.store.Delete(context.RegionScope(), kPoints, id);
}

void KeepBatch(Context& context, const std::string& metric_id, const std::string& name,
               const std::vector<Point>& added) {
  const std::string id = BatchId(metric_id, name);
  const Record* before = context.store.Find(context.RegionScope(), kPoints, id);
  std::vector<Point> points = PointsOf(before);
  if (!before) Forget(context, metric_id);
  for (const Point& point : added) Merge(points, point);
  std::ranges::stable_sort(points, {}, &Point::second);
  json::Array written;
  for (const Point& point : points) written.push_back(Written(point));
  context.store.Put(
      context.RegionScope(), kPoints,
      {.id = id, .parent = metric_id, .name = name, .body = {{"points", std::move(written)}}});
}

}  // namespace

std::string MetricId(std::string_view name_space, std::string_view name,
                     const json::Array& dimensions) {
  std::vector<std::string> parts;
  for (const json::Value& one : dimensions) {
    parts.push_back(
        fmt::format("{}={}", one.AsObject().GetString("Name"), one.AsObject().GetString("Value")));
  }
  std::ranges::sort(parts);
  return fmt::format("{}\n{}\n{}", name_space, name, fmt::join(parts, "\n"));
}

std::string MetricId(const json::Object& metric) {
  return MetricId(metric.GetString("Namespace"), metric.GetString("MetricName"),
                  metric.GetArray("Dimensions"));
}

void Sample::Add(const Sample& other) {
  if (other.count == 0) return;
  minimum = count == 0 ? other.minimum : std::min(minimum, other.minimum);
  maximum = count == 0 ? other.maximum : std::max(maximum, other.maximum);
  count += other.count;
  sum += other.sum;
  exact = exact && other.exact;
  for (const auto& [value, times] : other.values) {
    const auto same =
        std::ranges::lower_bound(values, value, {}, &std::pair<double, double>::first);
    if (same != values.end() && same->first == value)
      same->second += times;
    else
      values.insert(same, {value, times});
  }
}

void Keep(Context& context, const Measured& measured) {
  if (measured.points.empty()) return;
  const std::string id = MetricId(measured.metric);
  std::map<std::string, std::vector<Point>> batches;
  std::int64_t last = 0;
  for (const Point& point : measured.points) {
    Point kept = point;
    if (kept.sample.values.size() > kMostValues) kept.sample.exact = false;
    batches[BatchName(point.second)].push_back(std::move(kept));
    last = std::max(last, point.second);
  }
  for (const auto& [name, points] : batches) KeepBatch(context, id, name, points);
  const Record* before = context.store.Find(context.RegionScope(), kMetric, id);
  if (before && before->body.GetInt("Last") >= last) return;
  json::Object body = measured.metric;
  body.Set("Last", last);
  context.store.Put(context.RegionScope(), kMetric,
                    {.id = id, .parent = "", .name = id, .body = std::move(body)});
}

std::vector<Point> ReadPoints(Context& context, std::string_view metric_id, std::int64_t from,
                              std::int64_t to) {
  std::vector<Point> points;
  const std::string end = BatchName(to);
  context.store.Scan(context.RegionScope(), kPoints, metric_id, BatchName(from),
                     [&](const Record& batch) {
                       if (batch.name > end) return false;
                       for (Point& point : PointsOf(&batch)) {
                         if (point.second >= from && point.second < to)
                           points.push_back(std::move(point));
                       }
                       return true;
                     });
  return points;
}

std::int64_t Seconds(TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::int64_t RoundDown(std::int64_t second, std::int64_t to) {
  const std::int64_t rest = second % to;
  return second - (rest < 0 ? rest + to : rest);
}

}  // namespace trunkline::cloud::cloudwatch
