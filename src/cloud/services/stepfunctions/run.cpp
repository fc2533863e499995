#include "cloud/services/stepfunctions/run.h"

#include <algorithm>

namespace trunkline::cloud::stepfunctions {
namespace {

void SetTime(json::Object& body, std::string_view key, const std::optional<TimePoint>& time) {
  if (time) body.Set(key, time->time_since_epoch().count());
}

std::optional<TimePoint> GetTime(const json::Object& body, std::string_view key) {
  if (!body.Has(key)) return std::nullopt;
  return TimePoint(Milliseconds(body.GetInt(key)));
}

const json::Value& ValueAt(const json::Object& body, std::string_view key) {
  static const json::Value kNull;
  const json::Value* value = body.Find(key);
  return value ? *value : kNull;
}

}  // namespace

json::Object Strand::ToJson() const {
  json::Array tries(attempts.begin(), attempts.end());
  json::Object body{{"id", id},
                    {"parent", parent},
                    {"index", index},
                    {"state", state},
                    {"phase", static_cast<int>(phase)},
                    {"input", input},
                    {"variables", variables},
                    {"last", last_event},
                    {"entered", entered_event},
                    {"before", before_event},
                    {"at", entered.time_since_epoch().count()},
                    {"attempts", std::move(tries)},
                    {"retries", retries},
                    {"retrying", retrying},
                    {"call", call},
                    {"task", task},
                    {"output", output},
                    {"item", item}};
  SetTime(body, "wake", wake);
  SetTime(body, "deadline", deadline);
  SetTime(body, "heartbeat", heartbeat);
  return body;
}

Strand Strand::FromJson(const json::Object& body) {
  Strand strand;
  strand.id = static_cast<int>(body.GetInt("id"));
  strand.parent = static_cast<int>(body.GetInt("parent", -1));
  strand.index = static_cast<int>(body.GetInt("index"));
  strand.state = body.GetString("state");
  strand.phase = static_cast<Phase>(body.GetInt("phase"));
  strand.input = ValueAt(body, "input");
  strand.variables = body.GetObject("variables");
  strand.last_event = body.GetInt("last");
  strand.entered_event = body.GetInt("entered");
  strand.before_event = body.GetInt("before");
  strand.entered = TimePoint(Milliseconds(body.GetInt("at")));
  for (const json::Value& tries : body.GetArray("attempts"))
    strand.attempts.push_back(static_cast<int>(tries.AsInt()));
  strand.retries = static_cast<int>(body.GetInt("retries"));
  strand.retrying = body.GetBool("retrying");
  strand.call = static_cast<int>(body.GetInt("call"));
  strand.task = body.GetObject("task");
  strand.output = ValueAt(body, "output");
  strand.item = ValueAt(body, "item");
  strand.wake = GetTime(body, "wake");
  strand.deadline = GetTime(body, "deadline");
  strand.heartbeat = GetTime(body, "heartbeat");
  return strand;
}

std::optional<TimePoint> Strand::NextDue() const {
  std::optional<TimePoint> due;
  const auto take = [&due](const std::optional<TimePoint>& time) {
    if (time && (!due || *time < *due)) due = time;
  };
  if (phase == Phase::kWait) take(wake);
  if (phase == Phase::kTask) {
    take(deadline);
    take(heartbeat);
  }
  return due;
}

bool Strand::CanGoOn() const {
  return phase == Phase::kEnter || phase == Phase::kExecute ||
         (phase == Phase::kTask && task.Has("starting"));
}

std::int64_t Run::AddEvent(std::string_view type, std::int64_t previous, TimePoint now,
                           std::string_view details_name, json::Object details) {
  json::Object event{{"timestamp", ToSeconds(now)},
                     {"type", type},
                     {"id", ++last_event},
                     {"previousEventId", previous}};
  if (!details_name.empty()) event.Set(details_name, std::move(details));
  events.push_back(std::move(event));
  return last_event;
}

Strand& Run::Touch(int id) {
  touched.insert(id);
  return strands.at(id);
}

void Run::Remove(int id) {
  for (const int child : ChildrenOf(id)) Remove(child);
  strands.erase(id);
  touched.erase(id);
  gone.insert(id);
}

std::vector<int> Run::ChildrenOf(int id) const {
  std::vector<int> children;
  for (auto at = strands.upper_bound(id); at != strands.end(); ++at) {
    if (at->second.parent == id) children.push_back(at->first);
  }
  return children;
}

void Run::CountChildren() {
  for (const auto& [id, strand] : strands) {
    if (strand.parent < 0) continue;
    Strand& parent = strands.at(strand.parent);
    ++parent.started;
    if (strand.phase == Strand::Phase::kDone) ++parent.done;
  }
}

json::Array Run::Checkpoint() const {
  json::Array kept;
  for (const auto& [id, strand] : strands) kept.emplace_back(strand.ToJson());
  return kept;
}

std::string ToIsoMillis(TimePoint time) {
  std::string text = ToIso8601(time);
  if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000");
  return text;
}

json::Value ToSeconds(TimePoint time) {
  return json::Number{EpochSeconds(time)};
}

}  // namespace trunkline::cloud::stepfunctions
