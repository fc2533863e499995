// Reading the flows and modules of a live instance as portable files, whoever made them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "aws/client.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/unlink.h"

namespace trunkline::deploy {

// A flow or module as the instance lists it.
struct ListedFlow {
  std::string id;
  std::string name;
  std::string type;     // "CONTACT_FLOW", ...; "MODULE"
  std::string version;  // changes with the content, when the service says it; else empty
  json::Object body;
};

struct ExportedFlow {
  ListedFlow listed;
  std::string text;  // of the file: {Name, ContactFlowType, Description, Tags, Content}, canonical
  std::vector<flow::Unresolved> unresolved;
};

struct ExportOptions {
  // Also the flows that every instance comes with, where they are as AWS made them.
  bool samples = false;
  // Whether the flow is needed: one that was exported before, and has not changed, is not.
  std::function<bool(const ListedFlow&)> wanted;
  // Takes a flow as soon as it is ready; an error ends the export.
  std::function<Result<void>(ExportedFlow)> take;
};

struct ExportOutcome {
  std::size_t exported = 0;
  std::size_t unchanged = 0;  // not `wanted`
  std::size_t samples = 0;    // left out
  std::size_t archived = 0;   // left out
  Findings findings;  // what cannot be listed; flows that cannot be read, which are left out
};

struct ExportedInstance {
  std::string id;
  std::string alias;
};

// `instance`: its id, ARN or alias. kNotFound names the instances that there are.
net::aw<Result<ExportedInstance>> FindInstance(aws::Client client, std::string instance);

// Modules first, then flows, each by name. Calls are paced as the client's quotas say.
net::aw<Result<ExportOutcome>> Export(aws::Client client, ExportedInstance instance,
                                      ExportOptions options);

}  // namespace trunkline::deploy
