// Draws the facts of one flow for the rules about sets.
#include "flow/lint/facts.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "flow/content_slot.h"
#include "flow/lint/paths.h"
#include "flow/lint/words.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kRoot = "Attributes";

// The key of $.Attributes.<key> when the text is exactly that.
std::string AttributeOf(std::string_view text) {
  const std::optional<AttributeKey> key = ParseAttributeKey(text);
  return key && key->root == kRoot ? key->key : std::string();
}

class FactFinder {
 public:
  explicit FactFinder(const LintContext& context)
      : document_(context.document), context_(context) {}

  FlowFacts Find() {
    FindNames();
    NumberNodes();
    for (const Action* action : order_) AddNode(*action);
    for (const LintText& text : context_.texts) ReadText(text);
    for (const Action* action : context_.Actions()) FindSets(*action);
    facts_.contract = ReadContract(document_);
    facts_.read_keys.assign(read_.begin(), read_.end());
    return std::move(facts_);
  }

 private:
  void FindNames() {
    facts_.file = document_.file;
    facts_.type = document_.type;
    facts_.is_module = document_.is_module;
    facts_.name = document_.name;
    if (facts_.name.empty()) {
      facts_.name = FileName(document_.file);
      if (facts_.name.ends_with(".json")) facts_.name.resize(facts_.name.size() - 5);
    }
    const json::Object* around = FindDescription(document_.format, document_.root);
    if (around != nullptr) facts_.id = around->GetString("Id");
  }

  // The start first, then the others in the order of the file.
  void NumberNodes() {
    const std::size_t start = context_.graph.start();
    node_of_.assign(document_.actions.size(), 0);
    if (start == kNoAction) return;
    order_.push_back(&document_.actions[start]);
    for (const Action* action : context_.Actions()) {
      if (context_.IndexOf(*action) != start) order_.push_back(action);
    }
    for (std::size_t i = 0; i < order_.size(); ++i) node_of_[context_.IndexOf(*order_[i])] = i;
  }

  void AddNode(const Action& action) {
    const ActionKind* kind = FindActionKind(action.type);
    FactNode node;
    node.action = action.id;
    node.is_return = action.Is("EndFlowModuleExecution");
    node.is_queue = action.Is("TransferContactToQueue");
    node.decides = kind == nullptr || kind->waits_for_input || !action.conditions.empty();
    node.hangs_up = action.Is("DisconnectParticipant");
    node.kind = kind;
    node.is_mute = kind != nullptr && !kind->waits_for_input &&
                   (kind->category != Category::kParticipant || node.hangs_up);
    for (const GraphEdge& edge : context_.graph.Edges(context_.IndexOf(action))) {
      FactEdge fact;
      fact.target = node_of_[edge.target];
      if (edge.kind != EdgeKind::kNext) fact.branch = BranchName(action, edge);
      fact.sets = SetBehind(action, edge);
      node.edges.push_back(std::move(fact));
    }
    facts_.nodes.push_back(std::move(node));
    if (action.Is("EndFlowModuleExecution")) AddReturn(action);
  }

  void AddReturn(const Action& action) {
    facts_.results.emplace_back(action.parameters.GetString("Result"));
    for (const json::Member& member : action.parameters.GetObject("ResultData"))
      facts_.data.push_back(member.key);
  }

  // A comparison that came out true was with a value.
  static std::vector<std::string> SetBehind(const Action& action, const GraphEdge& edge) {
    std::vector<std::string> sets;
    if (action.Is("Compare") && edge.kind == EdgeKind::kCondition) {
      std::string key = AttributeOf(action.parameters.GetString("ComparisonValue"));
      if (!key.empty()) sets.push_back(std::move(key));
    }
    const json::Object& attributes = action.parameters.GetObject(kRoot);
    if (!SetsAttributes(action) || (edge.kind == EdgeKind::kError && !IsStatic(attributes)))
      return sets;
    for (const json::Member& member : attributes) {
      if (!HasReference(member.key)) sets.push_back(member.key);
    }
    return sets;
  }

  // What fails is an empty value, which a reference may have; without one the error branch is there
  // for form's sake.
  static bool IsStatic(const json::Object& attributes) {
    return std::ranges::none_of(attributes, [](const json::Member& member) {
      return HasReference(member.key) ||
             (member.value.IsString() && HasReference(member.value.AsString()));
    });
  }

  static bool SetsAttributes(const Action& action) {
    return action.Is("UpdateContactAttributes") &&
           action.parameters.GetString("TargetContact") != "Related";
  }

  void FindSets(const Action& action) {
    if (!SetsAttributes(action)) return;
    for (const json::Member& member : action.parameters.GetObject(kRoot)) {
      if (HasReference(member.key) || !set_.insert(member.key).second) continue;
      facts_.set_keys.push_back({.key = member.key, .offset = member.key_offset});
    }
  }

  void ReadText(const LintText& text) {
    FactNode& node = facts_.nodes[node_of_[context_.IndexOf(*text.action)]];
    for (const Piece& piece : text.pieces) {
      ReadModuleData(text, piece);
      if (!piece.path || piece.path->Root() != kRoot || piece.path->Key().empty()) continue;
      std::string key(piece.path->Key());
      read_.insert(key);
      // A comparison sees a missing value; a resource by attribute is the mapping function's.
      const bool felt = !text.action->Is("Compare") && text.position == nullptr;
      if (felt) node.reads.push_back({.key = std::move(key), .offset = text.offset});
    }
    if (text.position != nullptr) AddCall(text);
    const bool spoken = text.path.ends_with(".Text") || text.path.ends_with(".SSML");
    if (spoken && text.pieces.empty())
      facts_.said.push_back(
          {.text = std::string(text.text), .action = text.action->id, .offset = text.offset});
  }

  void ReadModuleData(const LintText& text, const Piece& piece) {
    if (!piece.path || piece.path->Root() != "Modules" || piece.path->Key() != "ResultData" ||
        piece.path->steps.size() < 3 || piece.path->steps[2].name.empty())
      return;
    facts_.data_reads.push_back(
        {.key = piece.path->steps[2].name, .action = text.action->id, .offset = text.offset});
  }

  static void AddInputs(const Action& action, FlowCall& call) {
    const json::Value* input = action.parameters.Find("Input");
    call.knows_inputs = input == nullptr || input->IsObject();
    for (const json::Member& member : action.parameters.GetObject("Input")) {
      json::Value value = member.value;
      if (value.IsObject()) value = json::Value(json::Object());
      if (value.IsArray()) value = json::Value(json::Array());
      call.inputs.push_back(
          {.key = member.key, .value = std::move(value), .offset = member.key_offset});
    }
  }

  void AddCall(const LintText& text) {
    constexpr std::string_view kHooks = "Parameters.EventHooks.";
    FlowCall call;
    call.node = node_of_[context_.IndexOf(*text.action)];
    call.offset = text.offset;
    if (text.path.starts_with(kHooks)) {
      call.kind = CallKind::kHook;
      call.hook = text.path.substr(kHooks.size());
    } else if (text.action->Is("InvokeFlowModule")) {
      call.kind = CallKind::kModule;
      for (const ConditionBranch& branch : text.action->conditions) {
        if (branch.operands.size() == 1) call.results.push_back(branch.operands[0]);
      }
      AddInputs(*text.action, call);
    } else if (!text.action->Is("TransferToFlow")) {
      return;
    }
    NameCall(text, call);
    facts_.calls.push_back(std::move(call));
  }

  static void NameCall(const LintText& text, FlowCall& call) {
    const std::vector<SymbolPiece> symbols = ScanSymbols(text.text);
    if (symbols.size() == 1 && symbols[0].is_symbol) {
      call.name = symbols[0].name;
    } else if (const std::optional<Arn> arn = ParseArn(text.text)) {
      call.id = arn->id;
    } else if (const std::optional<AttributeKey> key = ParseAttributeKey(text.text)) {
      call.name = key->key;
    } else if (IsUuid(text.text.substr(0, text.text.find(':')))) {
      call.id = text.text.substr(0, text.text.find(':'));
    }
  }

  const Document& document_;
  const LintContext& context_;
  FlowFacts facts_;
  std::vector<const Action*> order_;
  std::vector<std::size_t> node_of_;  // by index in document_.actions
  std::set<std::string> read_;
  std::set<std::string> set_;
};

}  // namespace

FlowFacts FactsOf(const LintContext& context) {
  return FactFinder(context).Find();
}

FlowFacts FactsOf(const Document& document) {
  const LintOptions options;
  return FactsOf(LintContext(document, options));
}

Finding ToFinding(const Document& document, const SetFinding& finding) {
  return FindingAt(document, finding.severity, finding.code, finding.message, finding.hint,
                   finding.offset);
}

}  // namespace trunkline::flow
