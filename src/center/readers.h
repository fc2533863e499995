// The readers: each reads the files of one kind into the Reading's center. LoadCenter calls them in
// this order.
#pragma once

#include "center/reader.h"

namespace trunkline::center {

void ReadSettings(Reading& reading);      // trunkline.json
void ReadAccounts(Reading& reading);      // accountvars.json and all devops.json
void ReadInstance(Reading& reading);      // configuration.json, with the queues in it
void ReadAdminObjects(Reading& reading);  // amzconnect-admin-objects/<kind>/*
void ReadBots(Reading& reading);          // amzconnect-supporting-infra/.../bots/<bot>/*
void ReadFunctions(Reading& reading);     // amzconnect-lambdas/functions/<name>/*
void ReadFlows(Reading& reading);         // amzconnect-contact-flows/lib/callflows/*.json
void ReadTests(Reading& reading);         // amzconnect-contact-flows/tests/*.json
void ReadTemplates(Reading& reading);     // users' own templates, CDK applications
void ReadProjectTests(Reading& reading);  // amzconnect-<project>/test.json

// A flow or a module from a file; nothing when it cannot be read, which is then a finding.
std::optional<Flow> ReadFlowFile(Reading& reading, const std::string& path, bool module);

// Paths of the files in a folder (below the monorepo's) that end with `ending`, sorted; none
// without the folder.
std::vector<std::string> FilesIn(Reading& reading, std::string_view folder,
                                 std::string_view ending);

}  // namespace trunkline::center
