// From one format of flow files to another: legacy export -> flow language, bare <-> wrapped <->
// describe-contact-flow, Content as a string <-> as an object.
#pragma once

#include <optional>
#include <string>

#include "base/finding.h"
#include "flow/document.h"

namespace trunkline::flow {

enum class Folding {
  kKeep,
  kFold,    // Content becomes a string, as the API has it
  kUnfold,  // Content becomes an object, which people can read and compare
};

struct ConvertOptions {
  std::optional<Format>
      to;  // not kLegacy; nothing: the format stays, and a legacy export gets bare
  Folding folding = Folding::kKeep;  // kKeep: an object in what gets a new wrapper; where the
                                     // format stays, as it was
  std::string type;                  // "CONTACT_FLOW": of a flow that does not say it
};

struct Converted {
  std::optional<std::string> text;  // canonical, as Write gives it; nothing when there are errors
  Findings findings;                // TL-F50x, see flow/legacy.h; TL-F509 a comment is in the way
};

// Nothing is lost without a finding (TL-F505). A wrapper's name, type, description and status go to
// Metadata when the wrapper goes, as the console's own exports have them; name and type come back
// from there. Converting what has the wished format already is formatting it.
Converted Convert(const Document& document, const ConvertOptions& options);

}  // namespace trunkline::flow
