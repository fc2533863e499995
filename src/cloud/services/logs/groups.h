// Log groups, streams and events as they are kept. Scope: account and Region.
//   {"logs","group"}   id and name: the group's name; body: the members of a log group, "tags"
//   {"logs","stream"}  id "<group>:<stream>" (neither holds a colon), parent: the group, name: the
//   stream's name
//   {"logs","batch"}   the events of one PutLogEvents: id "<group>:<stream>:<number>", parent: the
//   stream's id;
//                      body {"ingested": ms, "last": ms of the newest, "events": [[ms, "message"],
//                      ...]}
//   {"logs","metric-filter"} and {"logs","subscription"}  id "<group>:<filter>", parent: the group,
//   name: the filter's name; body: as it is described
// Times are milliseconds since 1970.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::logs {

inline constexpr Kind kGroup{"logs", "group"};
inline constexpr Kind kStream{"logs", "stream"};
inline constexpr Kind kBatch{"logs", "batch"};
inline constexpr Kind kMetricFilter{"logs", "metric-filter"};
inline constexpr Kind kSubscription{"logs", "subscription"};

// Copies, because most callers change and put them.
Answer<Record> FindGroup(Context& context, std::string_view name);
// By `logGroupName` or `logGroupIdentifier` (a name or an ARN): exactly one of them.
Answer<Record> FindAskedGroup(Context& context, const json::Object& input);
Answer<Record> FindStream(Context& context, std::string_view group, std::string_view stream);

std::string StreamId(std::string_view group, std::string_view stream);  // a filter's id, too
std::string GroupArn(const Context& context, std::string_view group);   // without ":*"
std::int64_t Milliseconds1970(const Context& context);

// An event of a stream, with what orders it: its time, then its place among those that were put.
struct Event {
  std::int64_t timestamp = 0;
  std::int64_t ingested = 0;
  std::string message;
  std::string stream;
  std::string id;  // 56 digits, in the order of events
};

// From `start` (inclusive) to `end` (exclusive), oldest first; what the group's retention has
// expired is left out.
struct TimeRange {
  std::int64_t start = 0;
  std::int64_t end = INT64_MAX;
};
// Of one batch, in the order in which they were put.
std::vector<Event> EventsOf(const Record& batch, std::string_view stream);
TimeRange ReadRange(const json::Object& input);
std::vector<Event> ReadEvents(Context& context, const Record& group, const Record& stream,
                              TimeRange range);

// The oldest time that is still kept, by `retentionInDays`; 0 keeps everything.
std::int64_t OldestKept(const Context& context, const Record& group);

// Removes a stream with all its events.
void RemoveStream(Context& context, const std::string& stream_id);

ServiceError NotFound(std::string_view what);      // ResourceNotFoundException
ServiceError BadParameter(std::string_view text);  // InvalidParameterException

}  // namespace trunkline::cloud::logs
