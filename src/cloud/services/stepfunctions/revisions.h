// Revisions: what of a machine an update replaces. Executions and versions keep theirs.
#pragma once

#include <string>

#include "cloud/context.h"
#include "cloud/services/stepfunctions/records.h"

namespace trunkline::cloud::stepfunctions {

// InvalidDefinition, InvalidLoggingConfiguration and the like for what is given in `input`;
// AccessDenied for a role that does not exist.
Answer<void> CheckMachineInput(Context& context, const json::Object& input, bool express);

// What `input` gives, and the rest from `before`.
json::Object Revise(const json::Object& input, const json::Object& before, std::string_view type);
// Keeps a revision of what Revise made; the answer is its id.
std::string PutRevision(Context& context, const std::string& machine, json::Object revised,
                        std::string_view revision_id);

// Publishes the machine's newest revision, unless its newest version is of it already; the
// version's record.
Record PublishVersion(Context& context, Record& machine, std::string_view description);

}  // namespace trunkline::cloud::stepfunctions
