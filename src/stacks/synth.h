// synth: a center becomes its CloudFormation templates, as texts. Byte for byte the same for the
// same center.
//
// What cannot become a template is a finding at its place:
//   TL-S001 a file or project that the templates need is not there
//   TL-S002 an account is still a placeholder
//   TL-S003 a name does not fit what AWS takes
//   TL-S004 two things would have the same name
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "center/center.h"

namespace trunkline::stacks {

struct SynthFile {
  std::string name;     // "amzconnect-tooling.template.json"
  std::string summary;  // one sentence; of a template its description
  std::string text;
};

struct Synthesized {
  std::vector<SynthFile> files;  // none when there are errors
  Findings findings;
};

// Everything, or with `environment` only what is of that environment in its own account.
Synthesized Synthesize(const center::Center& center, std::string_view environment = {});

// What would keep a center from becoming templates.
Findings CheckSynth(const center::Center& center);

}  // namespace trunkline::stacks
