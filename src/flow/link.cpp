// Linking flows.
//
// The problem. A flow names queues, prompts, functions, bots and other flows. On the wire they are
// ARNs, which differ in every account and Region; so a repository's flow holds names instead
// (flow/symbols.h lists the forms) and is an object file, an instance is a symbol table, and
// delivering is linking.
//
// Static mode writes the ARN where the symbol stands. It works in every position, costs nothing at
// run time, and the service can check the ARN when the flow is published. The workshop's attributes
// ($.External.<name>) are linked too when they stand where a resource is named and the table has
// that name, so an unadapted workshop flow needs no function call to find its queue.
// $.Attributes.<name> could be anybody's attribute: it is linked unless the flow itself writes that
// attribute with something else than $.External.<name>.
//
// Attribute mode writes $.External.<key> and leaves the rest to the mapping function, so that a
// resource can be exchanged without publishing flows. That is right only where $.External holds the
// mapping function's answer on *every* path: each call of another function replaces it. FindFillers
// (flow/external_state.h) follows all paths; where another function may have answered last, where
// the position takes no reference (looped prompts, templates) or wants something else than an ARN,
// the symbol is linked statically and a note says so. A flow that has symbols but no call of the
// mapping function gets one as its first action.
//
// Names. A symbol says its kind, so a queue and a flow may share a name; an attribute has its kind
// from its position. In attribute mode a shared name needs a key of its own (MappingEntries), also
// where a workshop flow used the plain one.
//
// The console draws Metadata, not Parameters: it shows display names and ids from there. They are
// set wherever the metadata already has such a member, and nothing is invented for flows that came
// without layout.
//
// Cost: a copy of the content and one walk over its texts; following the paths is linear in actions
// and branches, since an action is visited at most once for each of the three bits.
#include "flow/link.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "flow/external_state.h"
#include "flow/link_insert.h"
#include "flow/link_metadata.h"
#include "flow/lint_suppression.h"
#include "flow/reference.h"
#include "flow/slots.h"

namespace trunkline::flow {
namespace {

using MutableSlot = Slot<json::Value>;

std::string Quoted(ResourceKind kind, std::string_view name) {
  return fmt::format("{} '{}'", ToText(kind), name);
}

// What to try instead of a name that is not there.
std::string HintFor(const SymbolTable& table, ResourceKind kind, std::string_view name) {
  const std::vector<ResourceKind> others = table.KindsOf(name);
  if (!others.empty()) {
    return fmt::format("there is a {} of this name: '{}'", ToText(others.front()),
                       WriteSymbol(others.front(), name));
  }
  const std::optional<std::string> nearest = Nearest(name, table.Names(kind));
  return nearest ? fmt::format("did you mean '{}'?", WriteSymbol(kind, *nearest)) : std::string();
}

// How an ARN is spelt where nothing says otherwise.
const std::string& TextOf(const Symbol& symbol) {
  if (!symbol.number.empty()) return symbol.number;
  return symbol.arn.empty() ? symbol.id : symbol.arn;
}

const std::string& TextAt(const Parameter& position, const Symbol& symbol) {
  if (position.form == ReferenceForm::kNumber && !symbol.number.empty()) return symbol.number;
  if (position.form == ReferenceForm::kId && !symbol.id.empty()) return symbol.id;
  return symbol.arn.empty() ? symbol.id : symbol.arn;
}

// Attributes that the document writes with something else than their own $.External value.
std::set<std::string> OwnAttributes(const Document& document) {
  std::set<std::string> own;
  for (const Action& action : document.actions) {
    if (!action.Is("UpdateContactAttributes")) continue;
    for (const json::Member& member : action.parameters.GetObject("Attributes")) {
      const std::optional<AttributeKey> source =
          member.value.IsString() ? ParseAttributeKey(member.value.AsString()) : std::nullopt;
      if (!source || source->root != "External" || source->key != member.key)
        own.insert(member.key);
    }
  }
  return own;
}

class Linker {
 public:
  Linker(const Document& document, const SymbolTable& table, LinkMode mode)
      : document_(document), table_(table), mode_(mode), own_attributes_(OwnAttributes(document)) {
    const Symbol* mapping = table.Find(ResourceKind::kLambda, kMappingName);
    if (mapping != nullptr) mapping_arn_ = mapping->arn;
    if (mode == LinkMode::kAttribute) {
      for (MappingEntry& entry : MappingEntries(table)) {
        if (entry.own) keys_[{entry.kind, entry.name}] = std::move(entry.key);
      }
      fillers_ = FindFillers(document, mapping_arn_);
    }
  }

  LinkOutcome Run() {
    json::Value content = document_.content;
    DropAnnotations(content);
    const bool calls_it = std::ranges::any_of(document_.actions, [&](const Action& action) {
      return InvokesMapping(action, mapping_arn_);
    });
    insert_ = mode_ == LinkMode::kAttribute && !calls_it && !mapping_arn_.empty();
    for (MutableSlot& slot : FindSlots(content)) {
      if (slot.in_metadata) {
        LinkMetadataText(slot);
      } else {
        LinkSlot(slot);
      }
    }
    for (const Placed& placed : placed_) UpdateMetadata(content, placed);
    if (insert_ && served_) {
      outcome_.findings.push_back(InsertMappingCall(document_, mapping_arn_, content));
    }
    outcome_.calls_mapping = calls_it || (insert_ && served_);
    if (!HasErrors(outcome_.findings)) outcome_.content = json::Write(content);
    return std::move(outcome_);
  }

 private:
  void Report(Severity severity, std::string_view code, const MutableSlot& slot,
              std::string message, std::string hint = {}) {
    outcome_.findings.push_back(FindingAt(document_, severity, code, std::move(message),
                                          std::move(hint), slot.value->offset()));
  }

  void Use(ResourceKind kind, std::string_view name, bool at_run_time) {
    UsedSymbol used{.kind = kind, .name = std::string(name), .at_run_time = at_run_time};
    if (std::ranges::find(outcome_.used, used) == outcome_.used.end())
      outcome_.used.push_back(std::move(used));
  }

  const Symbol* Resolve(const MutableSlot& slot, const SymbolPiece& piece) {
    if (const Symbol* symbol = table_.Find(piece.kind, piece.name)) return symbol;
    if (piece.is_placeholder) {
      Report(Severity::kError, "TL-F301", slot,
             fmt::format("action '{}' calls the mapping function ('{}'), which does not exist here",
                         slot.action, piece.text));
    } else {
      Report(Severity::kError, "TL-F301", slot,
             fmt::format("{} names {}, which does not exist here", Owner(slot),
                         Quoted(piece.kind, piece.name)),
             HintFor(table_, piece.kind, piece.name));
    }
    return nullptr;
  }

  static std::string Owner(const MutableSlot& slot) {
    return slot.action.empty() ? "the flow" : fmt::format("action '{}'", slot.action);
  }

  void LinkSlot(MutableSlot& slot) {
    const std::vector<SymbolPiece> pieces = ScanSymbols(slot.value->AsString());
    const bool has_symbol = std::ranges::any_of(
        pieces, [](const SymbolPiece& piece) { return piece.is_symbol || piece.is_placeholder; });
    if (!has_symbol) {
      if (slot.position != nullptr) LinkAttribute(slot);
    } else if (slot.position != nullptr && (pieces[0].is_symbol || pieces[0].is_placeholder)) {
      LinkPosition(slot, pieces);
    } else {
      LinkFreeText(slot, pieces);
    }
  }

  // A position that names a resource: a symbol, perhaps with a version behind it (":live").
  void LinkPosition(MutableSlot& slot, const std::vector<SymbolPiece>& pieces) {
    const SymbolPiece& piece = pieces[0];
    const ResourceKind expected = slot.position->reference;
    if (piece.kind != expected) {
      Report(Severity::kError, "TL-F302", slot,
             fmt::format("expected a {} in '{}' of action '{}' but got {}", ToText(expected),
                         slot.path, slot.action, Quoted(piece.kind, piece.name)),
             HintFor(table_, expected, piece.name));
      return;
    }
    const Symbol* symbol = Resolve(slot, piece);
    if (symbol == nullptr) return;
    if (pieces.size() > 1) return LinkFreeText(slot, pieces);
    const bool is_mapping = piece.kind == ResourceKind::kLambda && piece.name == kMappingName;
    if (mode_ == LinkMode::kAttribute && !is_mapping && MayAskAtRunTime(slot, piece)) {
      PutKey(slot, piece.kind, piece.name);
    } else {
      PutText(slot, piece.kind, piece.name, *symbol);
    }
  }

  // Whether $.External may stand in the slot; if not, a note says why.
  bool MayAskAtRunTime(const MutableSlot& slot, const SymbolPiece& piece) {
    std::string reason;
    if (slot.position->value == ValueKind::kStatic) {
      reason = "the position takes no reference";
    } else if (slot.position->form != ReferenceForm::kArn) {
      reason = "the position takes no ARN";
    } else if (!keys_.contains({piece.kind, piece.name})) {
      reason = "the mapping function does not serve it";
    } else if (!AnsweredByMapping(slot.action_index)) {
      reason = "another function may have replaced $.External there";
    }
    if (reason.empty()) return true;
    Report(Severity::kNote, "TL-F303", slot,
           fmt::format("{} in '{}' of action '{}' is linked statically: {}",
                       Quoted(piece.kind, piece.name), slot.path, slot.action, reason));
    return false;
  }

  bool AnsweredByMapping(std::size_t entry) const {
    for (std::size_t i = 0; i < document_.actions.size(); ++i) {
      if (document_.actions[i].index != entry) continue;
      // With the mapping function put in front, nobody means the mapping function.
      const Fillers fillers = fillers_[i];
      return insert_ ? (fillers & kFilledByOther) == 0 : fillers == kFilledByMapping;
    }
    return false;
  }

  void PutKey(MutableSlot& slot, ResourceKind kind, const std::string& name) {
    const Path path{.steps = {{.name = "External", .dynamic = {}},
                              {.name = keys_.at({kind, name}), .dynamic = {}}}};
    served_ = true;
    Use(kind, name, true);
    Place(slot, kind, name, ToText(path), true);
  }

  void PutText(MutableSlot& slot, ResourceKind kind, const std::string& name,
               const Symbol& symbol) {
    Use(kind, name, false);
    Place(slot, kind, name, TextAt(*slot.position, symbol), false);
  }

  void Place(MutableSlot& slot, ResourceKind kind, const std::string& name, std::string text,
             bool at_run_time) {
    placed_.push_back({.action = std::string(slot.action),
                       .path = slot.path,
                       .kind = kind,
                       .name = name,
                       .text = text,
                       .at_run_time = at_run_time});
    *slot.value = json::Value(std::move(text));
  }

  void LinkFreeText(MutableSlot& slot, const std::vector<SymbolPiece>& pieces) {
    std::string text;
    for (const SymbolPiece& piece : pieces) {
      if (!piece.is_symbol && !piece.is_placeholder) {
        text += piece.text;
        continue;
      }
      const Symbol* symbol = Resolve(slot, piece);
      if (symbol == nullptr) return;
      Use(piece.kind, piece.name, false);
      text += slot.position != nullptr ? TextAt(*slot.position, *symbol) : TextOf(*symbol);
    }
    *slot.value = json::Value(std::move(text));
  }

  // $.External.<name> or $.Attributes.<name> where a resource is named.
  void LinkAttribute(MutableSlot& slot) {
    const std::optional<AttributeKey> attribute = ParseAttributeKey(slot.value->AsString());
    if (!attribute) return;
    const ResourceKind kind = slot.position->reference;
    const Symbol* symbol = table_.Find(kind, attribute->key);
    if (symbol == nullptr) return;  // anybody's value, known at run time only
    if (attribute->root == "Attributes" && own_attributes_.contains(attribute->key)) return;
    if (mode_ == LinkMode::kStatic) return PutText(slot, kind, attribute->key, *symbol);
    Use(kind, attribute->key, true);
    const auto key = keys_.find({kind, attribute->key});
    const bool shared = key != keys_.end() && key->second != attribute->key;
    if (shared && attribute->root == "External") PutKey(slot, kind, attribute->key);
  }

  // In the layout a symbol stands for what the console shows: an id for an id, else the name.
  void LinkMetadataText(MutableSlot& slot) {
    std::string text;
    bool changed = false;
    const bool is_id = IsLayoutId(slot.path);
    for (const SymbolPiece& piece : ScanSymbols(slot.value->AsString())) {
      const Symbol* symbol = table_.Find(piece.kind, piece.name);
      changed = changed || symbol != nullptr;
      text += symbol == nullptr ? piece.text : is_id ? TextOf(*symbol) : piece.name;
    }
    if (changed) *slot.value = json::Value(std::move(text));
  }

  const Document& document_;
  const SymbolTable& table_;
  LinkMode mode_;
  std::set<std::string> own_attributes_;
  std::string mapping_arn_;
  std::map<std::pair<ResourceKind, std::string>, std::string> keys_;
  std::vector<Fillers> fillers_;
  bool insert_ = false;  // the mapping function is put in if something asks it
  bool served_ = false;
  std::vector<Placed> placed_;
  LinkOutcome outcome_;
};

}  // namespace

LinkOutcome Link(const Document& document, const SymbolTable& table, LinkMode mode) {
  if (!document.content.IsObject()) {
    LinkOutcome outcome;
    outcome.findings.push_back({.severity = Severity::kError,
                                .code = "TL-F005",
                                .message = "a legacy export cannot be linked",
                                .hint = {},
                                .place = {.file = document.file},
                                .source_line = {}});
    return outcome;
  }
  return Linker(document, table, mode).Run();
}

Result<std::string> LinkText(std::string_view text, const SymbolTable& table) {
  std::string linked;
  for (const SymbolPiece& piece : ScanSymbols(text)) {
    if (!piece.is_symbol && !piece.is_placeholder) {
      linked += piece.text;
      continue;
    }
    const Symbol* symbol = table.Find(piece.kind, piece.name);
    if (symbol == nullptr) {
      const std::string hint = HintFor(table, piece.kind, piece.name);
      return Error(ErrorKind::kNotFound, "{} does not exist here{}{}",
                   Quoted(piece.kind, piece.name), hint.empty() ? "" : "; ", hint);
    }
    linked += TextOf(*symbol);
  }
  return linked;
}

}  // namespace trunkline::flow
