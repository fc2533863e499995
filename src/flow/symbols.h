// Symbols: how a portable flow names other resources, and where.
//
//   ${queue:Sales}          a symbol: kind and name. In a name, '}' and '\' are written '\}' and
//   '\\'. ARNREPLACE              the workshop's placeholder of the mapping function, also written
//   <<ARNREPLACE>>
//   $.External.<name>       the workshop's attribute: in a position that names a resource, the key
//   is the resource's
//   $.Attributes.<name>     name, and the position says its kind
//   arn:aws:connect:...     a literal, which ties the flow to one instance
//
// Positions that name a resource come from the catalogue (`Parameter::reference`). Symbols and the
// placeholder are also found in every other text of parameters, condition operands and metadata.
// Each kind is a namespace of its own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "flow/arn.h"
#include "flow/catalogue.h"
#include "flow/document.h"

namespace trunkline::flow {

// The name under which the mapping function is in a symbol table: ARNREPLACE is ${lambda:mapping}.
inline constexpr std::string_view kMappingName = "mapping";

enum class ReferenceStyle { kSymbol, kPlaceholder, kAttribute, kArn, kId, kOther };

struct Reference {
  ResourceKind kind = ResourceKind::kNone;  // of the symbol, else of the position, else of the ARN
  std::string name;  // symbol: the name; attribute: the key; ARN: its id; else the text
  ReferenceStyle style = ReferenceStyle::kSymbol;
  std::optional<Arn> arn;
  std::string text;    // the whole value
  std::string action;  // identifier; empty in metadata outside of ActionMetadata
  std::string path;  // "Parameters.QueueId", "Parameters.EventHooks.CustomerQueue", "Metadata...."
  std::uint32_t offset = 0;  // of the value in the content
  Place place;               // of the value in the file
  bool in_position = false;  // stands where the catalogue says a resource is named
  bool in_metadata = false;
};

// In the order of the file. Values that only the run time knows ($.Queue.ARN) are not in it.
std::vector<Reference> References(const Document& document);

std::string WriteSymbol(ResourceKind kind, std::string_view name);  // "${queue:Sales}"

// A run of text, or a symbol, or the placeholder (as lambda:mapping).
struct SymbolPiece {
  std::string text;  // as written
  bool is_symbol = false;
  bool is_placeholder = false;
  ResourceKind kind = ResourceKind::kNone;
  std::string name;
};
std::vector<SymbolPiece> ScanSymbols(std::string_view text);
// A quick look: false where ScanSymbols would find literal text only.
bool MayHoldSymbols(std::string_view text);

// The key of $.External.<key> or $.Attributes.<key> (also in brackets) when the whole text is one
// such reference.
struct AttributeKey {
  std::string root;  // "External" or "Attributes"
  std::string key;
};
std::optional<AttributeKey> ParseAttributeKey(std::string_view text);

// What a name stands for in one instance.
struct Symbol {
  std::string arn;
  std::string id;
  std::string number;  // of a phone number: E.164
};

class SymbolTable {
 public:
  // A second Add of the same kind and name replaces the first.
  void Add(ResourceKind kind, std::string name, Symbol symbol);
  const Symbol* Find(ResourceKind kind, std::string_view name) const;  // nullptr when there is none
  std::vector<std::string> Names(ResourceKind kind) const;             // sorted
  // Kinds that have a resource of this name.
  std::vector<ResourceKind> KindsOf(std::string_view name) const;

  struct Entry {
    ResourceKind kind;
    std::string name;
    Symbol symbol;
  };
  std::vector<Entry> Entries() const;  // by kind, then name

 private:
  std::map<std::pair<ResourceKind, std::string>, Symbol> symbols_;
};

// What the mapping function answers. Every symbol with an ARN has one key that is its alone
// (`own`): its plain name as in the workshop, or "<kind>_<name>" when another kind has the same
// name. A shared plain name is served too, for the first of its kinds in the order of ResourceKind:
// unadapted workshop flows ask for it. The mapping function itself is not in it.
struct MappingEntry {
  std::string key;
  ResourceKind kind;
  std::string name;
  std::string arn;
  bool own = true;
};
std::vector<MappingEntry> MappingEntries(const SymbolTable& table);

}  // namespace trunkline::flow
