// Finding: something a reader should know about a place in a document. Findings are values and are
// collected, so that one run shows all of them; base/finding_text.h prints them as compilers do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline {

// A place in a text file. Lines and columns count from 1, columns in bytes; 0 means "not known".
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 0;  // how much to underline; at least 1 when a column is known

  bool operator==(const Place&) const = default;
};

// The line a place is in, for the caret; may be empty. Of a long one (minified JSON) it may be the
// part around the place only: `cut_...` says how much was left out before it.
struct SourceLine {
  std::string text;
  std::uint32_t cut_bytes = 0;
  std::uint32_t cut_characters = 0;
};

enum class Severity { kNote, kWarning, kError };

struct Finding {
  Severity severity = Severity::kError;
  std::string code;     // stable, like "TL-F012"
  std::string message;  // one sentence as base/error.h says
  std::string hint;     // "did you mean '...'?", or what to do; may be empty
  Place place;
  SourceLine source_line;
};

using Findings = std::vector<Finding>;

bool HasErrors(const Findings& findings);

}  // namespace trunkline
