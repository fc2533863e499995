// What EventBridge keeps.
//
//   {"events","bus"}          id and name: the bus's name ("default" need not be there). body:
//                             DescribeEventBus's members, "Tags"
//   {"events","rule"}         id: "<bus>/<name>", parent: the bus, name: the rule's. body:
//                             DescribeRule's members, "Tags", "Job" (of its schedule)
//   {"events","target"}       id: "<rule id>/<target id>", parent: the rule's id. body: as it was
//   put
//   {"events","archive"}      id and name: the archive's. body: DescribeArchive's members
//   {"events","archived"}     parent: the archive. body: the event
//   {"events","connection"}   id and name: its. body: DescribeConnection's members
//   {"events","destination"}  id and name: its. body: DescribeApiDestination's members
//   {"events","replay"}       id and name: the replay's. body: DescribeReplay's members
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::events {

inline constexpr Kind kBus{"events", "bus"};
inline constexpr Kind kRule{"events", "rule"};
inline constexpr Kind kTarget{"events", "target"};
inline constexpr Kind kArchive{"events", "archive"};
inline constexpr Kind kArchived{"events", "archived"};
inline constexpr Kind kConnection{"events", "connection"};
inline constexpr Kind kDestination{"events", "destination"};
inline constexpr Kind kReplay{"events", "replay"};
inline constexpr std::string_view kDefaultBus = "default";

struct Bus {
  Scope scope;
  Record record;
  const std::string& Name() const { return record.id; }
  std::string Arn() const;
};

// By name or ARN; empty: the default one. ResourceNotFoundException. Another account's by ARN,
// where its policy names the caller's (AccessDeniedException otherwise).
Answer<Bus> FindBus(Context& context, std::string_view named);

struct Rule {
  Scope scope;
  Record record;
  std::string Arn() const;
};
// `input` has Name (or Rule) and EventBusName.
Answer<Rule> FindRule(Context& context, const json::Object& input, std::string_view member);

// A record of one of the other kinds by its name; `what` names it in ResourceNotFoundException.
Answer<Record> FindNamed(Context& context, Kind kind, std::string_view name, std::string_view what);

// A page of a kind (of a parent) by name, as `list` of the answer. The input's Limit, NextToken and
// NamePrefix count; `keep` may leave records out.
struct Listed {
  Kind kind;
  std::string parent;
  std::string_view list;
  std::function<bool(const Record&)> keep;
};
Answer<> ListNamed(Context& context, const json::Object& input, const Listed& listed);

json::Number Seconds(const Context& context);
// Copies the members that the input has.
void CopyGiven(const json::Object& input, std::initializer_list<std::string_view> members,
               json::Object& into);

}  // namespace trunkline::cloud::events
