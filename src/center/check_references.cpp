#include "center/check_references.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "center/declared.h"
#include "center/reader.h"
#include "flow/symbols.h"

namespace trunkline::center {
namespace {

using flow::ReferenceStyle;
using flow::ResourceKind;

// What a hook's flow, and the target of a transfer, must be (administrator guide: contact flow
// types).
struct Use {
  std::string_view path;  // of the parameter, or its beginning
  std::vector<std::string_view> types;
};

const std::vector<Use>& Uses() {
  static const std::vector<Use> kUses = {
      {"Parameters.EventHooks.AgentHold", {"AGENT_HOLD"}},
      {"Parameters.EventHooks.AgentWhisper", {"AGENT_WHISPER"}},
      {"Parameters.EventHooks.CustomerHold", {"CUSTOMER_HOLD"}},
      {"Parameters.EventHooks.CustomerQueue", {"CUSTOMER_QUEUE"}},
      {"Parameters.EventHooks.CustomerRemaining", {"CONTACT_FLOW"}},
      {"Parameters.EventHooks.CustomerWhisper", {"CUSTOMER_WHISPER"}},
      {"Parameters.EventHooks.DefaultAgentUI", {"CONTACT_FLOW"}},
      {"Parameters.EventHooks.DisconnectAgentUI", {"CONTACT_FLOW"}},
      {"Parameters.EventHooks.PauseContact", {"CONTACT_FLOW"}},
      {"Parameters.EventHooks.ResumeContact", {"CONTACT_FLOW"}},
  };
  return kUses;
}

constexpr std::string_view kTransferTypes[] = {"CONTACT_FLOW", "AGENT_TRANSFER", "QUEUE_TRANSFER"};

std::vector<std::string> TypesFor(const flow::Reference& reference, std::string_view action_type) {
  if (action_type == "TransferToFlow")
    return {std::begin(kTransferTypes), std::end(kTransferTypes)};
  const auto use = std::ranges::find(Uses(), std::string_view(reference.path), &Use::path);
  if (use == Uses().end()) return {};
  return {use->types.begin(), use->types.end()};
}

class ReferenceCheck {
 public:
  ReferenceCheck(const Center& center, const std::set<ResourceKind>& unread)
      : center_(center), declared_(center, unread) {
    for (const Flow& flow : center.flows) types_.emplace(*flow.name, flow.type);
  }

  Findings Run() {
    for (const Flow& flow : center_.flows) CheckFlow(flow);
    for (const Flow& module : center_.modules) CheckFlow(module);
    for (const Function& function : center_.functions) {
      for (const auto& [name, value] : function.environment) CheckText(value);
    }
    for (const Bot& bot : center_.bots) {
      for (const BotAliasLocale& locale : bot.alias_locales) CheckText(locale.code_hook);
    }
    return std::move(findings_);
  }

 private:
  void Say(Severity severity, std::string_view code, const Place& place, std::string message,
           std::string hint) {
    findings_.push_back(
        FindingAt(center_, severity, code, place, std::move(message), std::move(hint)));
  }

  void CheckFlow(const Flow& flow) {
    for (const flow::Reference& reference : flow::References(flow.document)) {
      if (reference.in_metadata) continue;
      if (reference.style == ReferenceStyle::kSymbol) {
        CheckSymbol(reference.kind, reference.name, reference.place);
        CheckType(flow, reference);
      } else if (reference.style == ReferenceStyle::kAttribute && reference.in_position) {
        CheckKey(reference);
        CheckType(flow, reference);
      }
    }
  }

  // Symbols in a text of a function or a bot.
  void CheckText(const Text& text) {
    for (const flow::SymbolPiece& piece : flow::ScanSymbols(*text)) {
      if (piece.is_symbol) CheckSymbol(piece.kind, piece.name, text.place);
    }
  }

  void CheckSymbol(ResourceKind kind, const std::string& name, const Place& place) {
    if (!declared_.Knows(kind) || declared_.Has(kind, name)) return;
    // A template of the user's may make it: only the delivery, which sees the account, can tell.
    const bool may_be_made = !center_.templates.empty();
    Say(may_be_made ? Severity::kNote : Severity::kError, "TL-C104", place,
        fmt::format("{} '{}' is not declared in this center{}", flow::ToText(kind), name,
                    may_be_made ? ", so a template must make it" : ""),
        Suggest(kind, name));
  }

  // The nearest symbol of the kind, else the same name of another kind.
  std::string Suggest(ResourceKind kind, const std::string& name) const {
    if (const auto near = Nearest(name, declared_.Names(kind))) {
      return fmt::format("did you mean '{}'?", flow::WriteSymbol(kind, *near));
    }
    for (const ResourceKind other : flow::AllResourceKinds()) {
      if (!declared_.Knows(other) || !declared_.Has(other, name)) continue;
      return fmt::format("did you mean '{}'?", flow::WriteSymbol(other, name));
    }
    return {};
  }

  // A key that no resource has may be another function's answer; one that is nearly a resource's
  // name is a mistake.
  void CheckKey(const flow::Reference& reference) {
    if (!declared_.Knows(reference.kind) || declared_.Has(reference.kind, reference.name)) return;
    const std::string near = DidYouMean(reference.name, declared_.Names(reference.kind));
    if (near.empty()) return;
    Say(Severity::kWarning, "TL-C105", reference.place,
        fmt::format("the mapping function serves no {} '{}'", flow::ToText(reference.kind),
                    reference.name),
        near);
  }

  void CheckType(const Flow& flow, const flow::Reference& reference) {
    if (reference.kind != ResourceKind::kFlow) return;
    const flow::Action* action = flow.document.FindAction(reference.action);
    const auto type = types_.find(reference.name);
    if (action == nullptr || type == types_.end() || type->second.empty()) return;
    const std::vector<std::string> allowed = TypesFor(reference, action->type);
    if (allowed.empty() || std::ranges::find(allowed, type->second) != allowed.end()) return;
    Say(Severity::kError, "TL-C106", reference.place,
        fmt::format("expected flow '{}' to be {} here but it is {}", reference.name,
                    Join(allowed, " or "), type->second),
        {});
  }

  const Center& center_;
  DeclaredNames declared_;
  std::map<std::string, std::string> types_;  // flow -> type
  Findings findings_;
};

}  // namespace

Findings CheckReferences(const Center& center, const std::set<flow::ResourceKind>& unread) {
  return ReferenceCheck(center, unread).Run();
}

}  // namespace trunkline::center
