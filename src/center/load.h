// Reads a monorepo into a Center: every file of design.md "Files a user writes" that is there.
//
// All findings of a run are collected: one run shows everything that is wrong. Codes are stable:
//   TL-C0xx  files and fields        (center/reader.h)
//   TL-C1xx  the center as a whole   (center/check.h)
#pragma once

#include <optional>
#include <string>

#include "base/files.h"
#include "base/finding.h"
#include "center/center.h"
#include "center/declared.h"

namespace trunkline::center {

struct Loaded {
  std::optional<Center> center;  // there unless a finding is an error
  Findings findings;
};

// `folder` is the monorepo's top. Paths in places are relative to the working folder, as `folder`
// is.
Loaded LoadCenter(const Files& files, const std::string& folder);

// Only what says where the system is: accounts, branches and the tooling account, and
// trunkline.json. A mistake in a flow keeps nobody from looking at the pipelines.
Loaded LoadSystem(const Files& files, const std::string& folder);

// The names that the center's flows may use, of the kinds that could be read. What is wrong in the
// files is LoadCenter's to say.
struct LoadedNames {
  DeclaredNames names;
  bool has_templates = false;  // of the user's own, which may make things of other names
  Center center;               // as far as it could be read
};
LoadedNames LoadNames(const Files& files, const std::string& folder);

// Only trunkline.json: its settings are the only thing in the center.
Loaded LoadSettings(const Files& files, const std::string& folder);

}  // namespace trunkline::center
