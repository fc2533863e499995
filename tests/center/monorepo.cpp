#include "tests/center/monorepo.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "base/finding_text.h"

namespace trunkline::center {

Monorepo::Monorepo() {
  With(kAccountVars, R"({"accounts": [
  {"env": "dev", "branch": "develop", "enabled": true, "account": "111111111111",
   "region": ["us-east-1"], "app": "ACME"}
]}
)");
}

Monorepo& Monorepo::With(const std::string& path, std::string text) {
  files_["repo/" + path] = std::move(text);
  return *this;
}

Loaded Monorepo::Load() const {
  return LoadCenter(MemoryFiles(files_), "repo");
}

Center Monorepo::LoadGood() const {
  Loaded loaded = Load();
  if (!loaded.center) {
    std::fprintf(stderr, "%s", ToText(loaded.findings).c_str());
    std::abort();
  }
  return *std::move(loaded.center);
}

std::string Monorepo::Messages() const {
  return ToText(Load().findings);
}

std::string WrappedFlow(const std::string& name, const std::string& type) {
  return fmt::format(
      R"({{"Name": "{}", "ContactFlowType": "{}", "Content": "{{\"Version\":\"2019-10-30\",\"StartAction\":\"end\",\"Actions\":[{{\"Identifier\":\"end\",\"Type\":\"DisconnectParticipant\",\"Parameters\":{{}},\"Transitions\":{{}}}}]}}"}})",
      name, type);
}

}  // namespace trunkline::center
