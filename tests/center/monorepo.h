// A monorepo in memory for tests: a smallest valid one, to which a test adds what it is about.
#pragma once

#include <map>
#include <string>

#include "base/files.h"
#include "center/load.h"

namespace trunkline::center {

inline constexpr char kAccountVars[] = "amzconnect-devops-pipelines/env/accountvars.json";
inline constexpr char kDevops[] = "amzconnect-devops-pipelines/env/devops.json";
inline constexpr char kConfiguration[] =
    "amzconnect-instance/lib/instance-stack/configuration.json";
inline constexpr char kBots[] = "amzconnect-supporting-infra/lib/infra-stack/bots/";
inline constexpr char kFlows[] = "amzconnect-contact-flows/lib/callflows/";
inline constexpr char kAdmin[] = "amzconnect-admin-objects/";
inline constexpr char kFunctions[] = "amzconnect-lambdas/functions/";

class Monorepo {
 public:
  Monorepo();
  Monorepo& With(const std::string& path, std::string text);
  Loaded Load() const;
  Center LoadGood() const;  // ends the test program when there are errors
  std::string Messages() const;

 private:
  std::map<std::string, std::string> files_;  // below the folder "repo"
};

// A flow that ends at once, as the workshop wraps it.
std::string WrappedFlow(const std::string& name, const std::string& type = "CONTACT_FLOW");

}  // namespace trunkline::center
