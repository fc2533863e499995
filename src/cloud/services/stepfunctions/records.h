// Records of Step Functions, in the scope of an account and Region.
//
//   machine    id, name: the machine's name; body: the members of DescribeStateMachine but for the
//              definition, "tags", "revision": the id of the newest one, "versions": how many there
//              were
//   revision   id "<machine>/<uuid>", parent: the machine; what an update replaces: "definition",
//              "roleArn", "loggingConfiguration", ...; executions and versions go on with theirs
//   version    id "<machine>:<n>", parent: the machine, name: newest first
//   alias      id "<machine>:<alias>", parent: the machine
//   execution  id: the ARN's end ("execution:<machine>:<name>"), parent: the machine or the map
//   run,
//              name: newest first; body: the members of DescribeExecution, "revision"
//   history    id "<execution>/<number>", parent: the execution; the events of one step
//   run        id: the execution's; what only an execution under way has, beside its strands
//   strand     id "<execution>/<number>", parent: the execution (run.h)
//   redrive    id: the execution's; the strands of a failed execution as they were
//   token      id: a task's token, parent: the execution
//   activity, activity-task (parent: the activity, name: in the order they were scheduled)
//   map-run    id: the ARN's end ("mapRun:<machine>/<label>:<uuid>"), parent: the execution
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::stepfunctions {

inline constexpr Kind kMachine{"states", "machine"};
inline constexpr Kind kRevision{"states", "revision"};
inline constexpr Kind kVersion{"states", "version"};
inline constexpr Kind kAlias{"states", "alias"};
inline constexpr Kind kExecution{"states", "execution"};
inline constexpr Kind kHistory{"states", "history"};
inline constexpr Kind kRun{"states", "run"};
inline constexpr Kind kStrand{"states", "strand"};
inline constexpr Kind kRedrive{"states", "redrive"};
inline constexpr Kind kTaskToken{"states", "token"};
inline constexpr Kind kActivity{"states", "activity"};
inline constexpr Kind kActivityTask{"states", "activity-task"};
inline constexpr Kind kMapRun{"states", "map-run"};

// "arn:aws:states:eu-central-1:111122223333:" and `end`.
std::string MakeArn(const Context& context, std::string_view end);
// The end of an ARN that is ours: of this account and Region, and one of its resource types
// ("stateMachine"). InvalidArn else.
Answer<std::string> ArnEnd(const Context& context, std::string_view arn,
                           std::string_view resource_type);

ServiceError InvalidArn(std::string_view arn);
ServiceError NoSuchMachine(std::string_view arn);

// A key that sorts newest first.
std::string NewestFirst(TimePoint time);

// The names of machines, executions, activities: 1 to 80 characters, without white space, brackets
// and some others. InvalidName else.
Answer<void> CheckName(std::string_view name);

// What an ARN of a machine, a version or an alias leads to.
struct MachineRef {
  Record machine;
  std::string revision;     // the id of the revision to run
  std::string version_arn;  // of a version, or of the one the alias chose
  std::string alias_arn;
};
// An alias chooses one of its versions by their weights.
Answer<MachineRef> FindMachine(Context& context, std::string_view arn);

// What can be tagged: "stateMachine:..." and "activity:...".
Answer<Record> FindActivity(Context& context, std::string_view arn);

}  // namespace trunkline::cloud::stepfunctions
