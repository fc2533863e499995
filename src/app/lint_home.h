// The contact center that a flow file belongs to, and how it wants its flows linted.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/lint.h"
#include "flow/lint_center.h"
#include "flow/lint_suppression.h"
#include "flow/symbols.h"

namespace trunkline::app {

// The nearest folder at or above a folder that has a trunkline.json or an amzconnect-contact-flows.
// The search ends at a repository's top (.git).
std::optional<std::string> FindMonorepo(const Files& files, const std::string& folder);

struct LintHome {
  std::string monorepo;  // its folder; empty: none
  flow::LintOptions options;
  // What `options` point to, of a contact center.
  std::optional<flow::SymbolTable> names;
  flow::CenterFacts facts;
  flow::LintSuppressor suppressor;
  Findings findings;  // of trunkline.json itself
};

class LintHomes {
 public:
  // `environment` may be empty; `today` as flow/lint_suppression.h has it.
  LintHomes(const Files& files, std::string environment, std::string today);

  // Of a flow's file. Files of one contact center have one home; those of none have one, too. An
  // error when the environment is not declared there.
  Result<LintHome*> Of(const std::string& file);
  // Lets the home's options know what its contact center has, if it is one.
  void TakeCenter(LintHome& home) const;

  // What trunkline.json and its suppressions give to say, of every home that was asked for.
  // `complete`: all flows of the homes were linted.
  Findings Judge(bool complete) const;

 private:
  LintHome Home(const std::string& monorepo, flow::LintLevels levels,
                std::vector<flow::LintSuppression> suppressions, Findings findings) const;
  Result<LintHome> Read(const std::string& monorepo) const;

  const Files& files_;
  const std::string environment_;
  const std::string today_;
  std::map<std::string, LintHome*> by_folder_;
  std::map<std::string, std::unique_ptr<LintHome>> by_monorepo_;  // "" is no monorepo
};

}  // namespace trunkline::app
