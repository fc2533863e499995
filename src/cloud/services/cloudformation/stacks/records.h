// What is kept of stacks, all in the scope of an account and Region:
//
//   stack       id: its ARN; name: its name; parent "live", or "deleted". body: what DescribeStacks
//               shows and "Revision" (what it is now), "Stable" (the last revision that was
//               complete), "Operation" (the last one)
//   revision    id: random; parent: the stack. body: template, parameters, tags, capabilities
//   operation   id: random; parent: the stack. body: what is being done, and how far it is
//   resource    id: "<stack>/<logical id>"; parent: the stack; name: logical id (see resources.h)
//   leftover    a physical resource that is to be deleted when the operation ends; parent: the
//   stack event       parent: the stack; name: falls with time, so that a listing begins with the
//   newest change-set  id: its ARN; parent: the stack; name: its name export      id and name: the
//   export's name import      id: "<export>|<stack>"; parent: the export; name: the stack's name
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {

inline constexpr Kind kStack{"cloudformation", "stack"};
inline constexpr Kind kRevision{"cloudformation", "revision"};
inline constexpr Kind kOperation{"cloudformation", "operation"};
inline constexpr Kind kResource{"cloudformation", "resource"};
inline constexpr Kind kLeftover{"cloudformation", "leftover"};
inline constexpr Kind kEvent{"cloudformation", "event"};
inline constexpr Kind kChangeSet{"cloudformation", "change-set"};
inline constexpr Kind kExport{"cloudformation", "export"};
inline constexpr Kind kImport{"cloudformation", "import"};

inline constexpr std::string_view kLive = "live";
inline constexpr std::string_view kDeleted = "deleted";
inline constexpr std::string_view kStackType = "AWS::CloudFormation::Stack";

struct StackIdentity {
  std::string id;
  std::string name;
};

std::string NewStackId(const Context& context, std::string_view name);
std::string ResourceId(std::string_view stack_id, std::string_view logical_id);

// By name (live ones only) or ARN. The record is a copy.
Answer<Record> FindStack(Context& context, std::string_view name_or_id);
// Null: there is none of this name.
const Record* FindLiveStack(Context& context, std::string_view name);
StackIdentity IdentityOf(const Record& stack);
// Changes the body of a stack in place.
void UpdateStackRecord(Context& context, std::string_view stack_id,
                       const std::function<void(json::Object& body)>& change);
std::string_view StatusOf(const Record& stack);
bool IsInProgress(std::string_view status);

// A revision's body; empty if there is none of this id.
json::Object FindRevision(Context& context, std::string_view revision_id);
std::string PutRevision(Context& context, const std::string& stack_id, json::Object body);

// Seconds since the epoch, as records carry times.
json::Value Timestamp(const Context& context);
json::Value TimestampOf(TimePoint time);

}  // namespace trunkline::cloud::cloudformation
