// The linker: makes a portable flow into the content of one instance.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/document.h"
#include "flow/symbols.h"

namespace trunkline::flow {

enum class LinkMode { kStatic, kAttribute };

struct UsedSymbol {
  ResourceKind kind;
  std::string name;
  bool at_run_time = false;  // asked of the mapping function, not written in

  bool operator==(const UsedSymbol&) const = default;
};

struct LinkOutcome {
  std::optional<std::string>
      content;        // one line, for CreateContactFlow; nothing when a finding is an error
  Findings findings;  // TL-F3xx
  std::vector<UsedSymbol> used;  // each once, in the order of the flow
  bool calls_mapping = false;    // the content calls the mapping function
};

// Findings: TL-F301 a symbol that the table does not have; TL-F302 a symbol of another kind than
// the position's; TL-F303 (note) in attribute mode, a position that had to be linked statically;
// TL-F304 (note) the call of the mapping function was put in.
LinkOutcome Link(const Document& document, const SymbolTable& table, LinkMode mode);

// Of a run of symbols that need no document: every ${kind:name} of the text replaced by its ARN (a
// phone number by its number). For prompts' texts, test cases and other files that name resources.
Result<std::string> LinkText(std::string_view text, const SymbolTable& table);

}  // namespace trunkline::flow
