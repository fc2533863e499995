// Connections and hosts: how they are named, kept and found.
//
//   {"connections","connection"}  by UUID, name: ConnectionName
//   {"connections","host"}        by "<name>-<8 hex digits>", name: Name
// Both in the scope of an account and Region; bodies have the members as GetConnection and
// ListHosts call them, Service (the ARN's: "codestar-connections" or "codeconnections"), Tags, and
// of a connection Host, an id.
//
// On AWS a connection stays PENDING until a person finishes the handshake in the console. Here the
// cloud itself serves repositories, so a connection is AVAILABLE soon; one with a host when the
// host's endpoint is a folder (file://) or an address of this machine.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connections {

inline constexpr Kind kConnection{"connections", "connection"};
inline constexpr Kind kHost{"connections", "host"};

inline constexpr std::string_view kNewService = "codeconnections";
inline constexpr std::string_view kOldService = "codestar-connections";

inline constexpr std::string_view kPending = "PENDING";
inline constexpr std::string_view kAvailable = "AVAILABLE";

// Of a record in the caller's account and Region.
std::string ConnectionArn(const Context& context, const Record& connection);
std::string HostArn(const Context& context, const Record& host);

// By either of the two ARNs, in the caller's account and Region.
Answer<const Record*> FindConnection(Context& context, std::string_view arn);
Answer<const Record*> FindHost(Context& context, std::string_view arn);

// Whether repositories can be had there: "" or why not.
std::string ObjectionToEndpoint(std::string_view endpoint);
// Schedules what makes the caller's connections and hosts AVAILABLE.
void ScheduleSettling(Context& context);

// What a pipeline or a build needs of a connection, whosever it is.
struct Access {
  std::string provider;  // "GitHub"
  std::string endpoint;  // of its host; empty: what this cloud serves
};
// The error is for people: there is no such connection, or it is not available.
Answer<Access> Use(Store& store, std::string_view connection_arn);

}  // namespace trunkline::cloud::connections
