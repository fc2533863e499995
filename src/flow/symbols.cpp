#include "flow/symbols.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json_read.h"
#include "flow/reference.h"
#include "flow/slots.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kPlaceholderWord = "ARNREPLACE";
constexpr std::string_view kPlaceholderQuoted = "<<ARNREPLACE>>";

// Where a symbol or a placeholder may begin, from `at` on; the text's size when nowhere.
std::size_t FindSymbolMark(std::string_view text, std::size_t at = 0) {
  while (at < text.size() && text[at] != '$' && text[at] != '<' && text[at] != 'A') ++at;
  return at;
}

// A symbol at `at` ("${kind:name}"); false, and nothing changed, when there is none.
bool ReadSymbol(std::string_view text, std::size_t& at, SymbolPiece& piece) {
  if (text.substr(at, 2) != "${") return false;
  const std::size_t colon = text.find_first_of(":}", at);
  if (colon == std::string_view::npos || text[colon] != ':') return false;
  const std::optional<ResourceKind> kind = ResourceKindOf(text.substr(at + 2, colon - at - 2));
  if (!kind) return false;
  std::string name;
  std::size_t end = colon + 1;
  while (end < text.size() && text[end] != '}') {
    if (text[end] == '\\' && end + 1 < text.size()) ++end;
    name += text[end++];
  }
  if (end >= text.size() || name.empty()) return false;
  ++end;
  piece = {.text = std::string(text.substr(at, end - at)),
           .is_symbol = true,
           .kind = *kind,
           .name = std::move(name)};
  at = end;
  return true;
}

bool ReadPlaceholder(std::string_view text, std::size_t& at, SymbolPiece& piece) {
  for (const std::string_view form : {kPlaceholderQuoted, kPlaceholderWord}) {
    if (text.substr(at, form.size()) != form) continue;
    piece = {.text = std::string(form),
             .is_placeholder = true,
             .kind = ResourceKind::kLambda,
             .name = std::string(kMappingName)};
    at += form.size();
    return true;
  }
  return false;
}

class Finder {
 public:
  explicit Finder(const Document& document) : document_(document) {}

  std::vector<Reference> Find() {
    for (const Slot<const json::Value>& slot : FindSlots(document_.content)) Look(slot);
    return std::move(found_);
  }

 private:
  void Look(const Slot<const json::Value>& slot) {
    const std::string& text = slot.value->AsString();
    bool has_symbol = false;
    for (SymbolPiece& piece :
         MayHoldSymbols(text) ? ScanSymbols(text) : std::vector<SymbolPiece>()) {
      if (!piece.is_symbol && !piece.is_placeholder) continue;
      has_symbol = true;
      Add(slot, piece.kind, std::move(piece.name),
          piece.is_symbol ? ReferenceStyle::kSymbol : ReferenceStyle::kPlaceholder);
    }
    if (has_symbol) return;
    if (std::optional<Arn> arn = ParseArn(text);
        arn && (slot.position != nullptr || arn->kind != ResourceKind::kNone)) {
      Reference& reference = Add(slot, arn->kind, arn->id, ReferenceStyle::kArn);
      reference.arn = std::move(arn);
      return;
    }
    if (slot.position == nullptr || text.empty()) return;
    if (const std::optional<AttributeKey> attribute = ParseAttributeKey(text)) {
      Add(slot, slot.position->reference, attribute->key, ReferenceStyle::kAttribute);
    } else if (!HasReference(text)) {
      const bool is_id = IsUuid(text.substr(0, text.find(':')));
      Add(slot, slot.position->reference, text,
          is_id ? ReferenceStyle::kId : ReferenceStyle::kOther);
    }
  }

  Reference& Add(const Slot<const json::Value>& slot, ResourceKind kind, std::string name,
                 ReferenceStyle style) {
    Reference reference{.kind = kind,
                        .name = std::move(name),
                        .style = style,
                        .arn = {},
                        .text = slot.value->AsString(),
                        .action = std::string(slot.action),
                        .path = slot.path,
                        .offset = slot.value->offset(),
                        .place = {},
                        .in_position = slot.position != nullptr,
                        .in_metadata = slot.in_metadata};
    reference.place = PlaceOf(document_, reference.offset,
                              json::TokenLength(ContentText(document_), reference.offset));
    found_.push_back(std::move(reference));
    return found_.back();
  }

  const Document& document_;
  std::vector<Reference> found_;
};

}  // namespace

std::vector<Reference> References(const Document& document) {
  std::vector<Reference> found = Finder(document).Find();
  std::ranges::stable_sort(found, {}, &Reference::offset);
  return found;
}

std::string WriteSymbol(ResourceKind kind, std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == '}' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return fmt::format("${{{}:{}}}", ToText(kind), escaped);
}

bool MayHoldSymbols(std::string_view text) {
  return text.find("${") != std::string_view::npos ||
         text.find(kPlaceholderWord) != std::string_view::npos;
}

std::vector<SymbolPiece> ScanSymbols(std::string_view text) {
  std::vector<SymbolPiece> pieces;
  std::size_t literal = 0;
  const auto close_literal = [&](std::size_t end) {
    if (end > literal)
      pieces.push_back({.text = std::string(text.substr(literal, end - literal)), .name = {}});
  };
  for (std::size_t at = FindSymbolMark(text); at < text.size(); at = FindSymbolMark(text, at)) {
    const std::size_t begin = at;
    SymbolPiece piece;
    if (ReadSymbol(text, at, piece) || ReadPlaceholder(text, at, piece)) {
      close_literal(begin);
      pieces.push_back(std::move(piece));
      literal = at;
    } else {
      ++at;
    }
  }
  close_literal(text.size());
  return pieces;
}

std::optional<AttributeKey> ParseAttributeKey(std::string_view text) {
  const std::optional<Path> path = WholePath(text);
  if (!path || path->steps.size() != 2 || path->Key().empty()) return std::nullopt;
  if (path->Root() != "External" && path->Root() != "Attributes") return std::nullopt;
  return AttributeKey{.root = std::string(path->Root()), .key = std::string(path->Key())};
}

void SymbolTable::Add(ResourceKind kind, std::string name, Symbol symbol) {
  symbols_[{kind, std::move(name)}] = std::move(symbol);
}

const Symbol* SymbolTable::Find(ResourceKind kind, std::string_view name) const {
  const auto found = symbols_.find({kind, std::string(name)});
  return found == symbols_.end() ? nullptr : &found->second;
}

std::vector<std::string> SymbolTable::Names(ResourceKind kind) const {
  std::vector<std::string> names;
  for (const auto& [key, symbol] : symbols_) {
    if (key.first == kind) names.push_back(key.second);
  }
  return names;
}

std::vector<ResourceKind> SymbolTable::KindsOf(std::string_view name) const {
  std::vector<ResourceKind> kinds;
  for (const auto& [key, symbol] : symbols_) {
    if (key.second == name) kinds.push_back(key.first);
  }
  return kinds;
}

std::vector<SymbolTable::Entry> SymbolTable::Entries() const {
  std::vector<Entry> entries;
  for (const auto& [key, symbol] : symbols_) {
    entries.push_back({.kind = key.first, .name = key.second, .symbol = symbol});
  }
  return entries;
}

std::vector<MappingEntry> MappingEntries(const SymbolTable& table) {
  std::vector<SymbolTable::Entry> symbols = table.Entries();
  std::erase_if(symbols, [](const SymbolTable::Entry& entry) {
    return entry.symbol.arn.empty() ||
           (entry.kind == ResourceKind::kLambda && entry.name == kMappingName);
  });
  std::map<std::string_view, int> uses;
  for (const SymbolTable::Entry& entry : symbols) ++uses[entry.name];
  std::vector<MappingEntry> entries;
  std::set<std::string> keys;
  for (const SymbolTable::Entry& entry : symbols) {
    if (!keys.insert(entry.name).second) continue;
    entries.push_back(
        {entry.name, entry.kind, entry.name, entry.symbol.arn, uses[entry.name] == 1});
  }
  for (const SymbolTable::Entry& entry : symbols) {
    if (uses[entry.name] == 1) continue;
    std::string key = fmt::format("{}_{}", ToText(entry.kind), entry.name);
    while (!keys.insert(key).second) key += '_';
    entries.push_back({std::move(key), entry.kind, entry.name, entry.symbol.arn, true});
  }
  return entries;
}

}  // namespace trunkline::flow
