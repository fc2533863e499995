#include "app/placeholders.h"

#include <algorithm>
#include <memory>

#include "flow/link_metadata.h"
#include "flow/stub.h"

namespace trunkline::app {
namespace {

using flow::Reference;
using flow::ReferenceStyle;
using flow::ResourceKind;

sim::FlowResource Stub(std::string id, std::string arn, std::string name, const std::string& type) {
  flow::Parsed parsed = flow::ParseContent(flow::MinimalContent(type), type);
  return {.id = std::move(id),
          .arn = std::move(arn),
          .name = std::move(name),
          .type = type,
          .document = std::make_shared<const flow::Document>(std::move(*parsed.document))};
}

// What type a flow has by where it is named.
std::string TypeAt(std::string_view path) {
  for (const auto& [hook, type] : {std::pair("AgentHold", "AGENT_HOLD"),
                                   {"AgentWhisper", "AGENT_WHISPER"},
                                   {"CustomerHold", "CUSTOMER_HOLD"},
                                   {"CustomerQueue", "CUSTOMER_QUEUE"},
                                   {"CustomerWhisper", "CUSTOMER_WHISPER"}}) {
    if (path.ends_with(std::string("EventHooks.") + hook)) return type;
  }
  return "CONTACT_FLOW";
}

bool Knows(const std::vector<sim::NamedArn>& all, std::string_view arn) {
  return std::ranges::find(all, arn, &sim::NamedArn::arn) != all.end();
}

// A contact uses what is published: "<id>:$LATEST" names the same as "<id>".
std::string WithoutStatus(std::string text) {
  for (const std::string_view suffix : {":$LATEST", "$LATEST", ":$SAVED", "$SAVED"}) {
    if (text.ends_with(suffix)) return text.substr(0, text.size() - suffix.size());
  }
  return text;
}

class Maker {
 public:
  Maker(const flow::Document& document, const StagePlace& place, flow::SymbolTable& table,
        Stage& stage)
      : document_(document), place_(place), table_(table), stage_(stage) {}

  void Look(const Reference& reference, bool guess_keys) {
    if (reference.in_metadata || reference.kind == ResourceKind::kNone) return;
    switch (reference.style) {
      case ReferenceStyle::kSymbol:
      case ReferenceStyle::kPlaceholder:
        return MakeSymbol(reference);
      case ReferenceStyle::kAttribute:
        if (guess_keys && reference.in_position && reference.text.starts_with("$.External"))
          MakeSymbol(reference);
        return;
      case ReferenceStyle::kArn:
      case ReferenceStyle::kId:
      case ReferenceStyle::kOther:
        if (!IsThere(reference.kind, reference.text)) MakeNamed(reference);
        return;
    }
  }

 private:
  void MakeSymbol(const Reference& reference) {
    if (table_.Find(reference.kind, reference.name) != nullptr) return;
    const std::string arn = place_.Arn(reference.kind, reference.name);
    const bool is_number = reference.kind == ResourceKind::kNumber;
    table_.Add(
        reference.kind, reference.name,
        {.arn = arn, .id = reference.name, .number = is_number ? "+15550199" : std::string()});
    Make(reference, reference.name, arn, reference.name);
  }

  // An ARN, an id, or a text that other tools would replace.
  void MakeNamed(const Reference& reference) {
    std::string name = flow::DisplayName(document_, reference);
    if (name.empty()) {
      name = WithoutStatus(reference.name);
      if (reference.kind == ResourceKind::kLambda) name = name.substr(0, name.find(':'));
      if (reference.kind == ResourceKind::kBot) name = name.substr(0, name.find('/'));
    }
    const std::string arn = WithoutStatus(reference.text);
    const bool is_arn = reference.style == ReferenceStyle::kArn;
    Make(reference, is_arn ? WithoutStatus(reference.name) : arn, arn, std::move(name));
  }

  bool IsThere(ResourceKind kind, const std::string& text) const {
    const sim::World& world = stage_.world;
    switch (kind) {
      case ResourceKind::kQueue:
        return world.FindQueue(text) != nullptr;
      case ResourceKind::kHours:
        return world.FindHours(text) != nullptr;
      case ResourceKind::kFlow:
        return world.FindFlow(text) != nullptr;
      case ResourceKind::kModule:
        return world.FindModule(text) != nullptr;
      case ResourceKind::kPrompt:
        return world.FindPrompt(text) != nullptr;
      case ResourceKind::kUser:
        return world.FindAgent(text) != nullptr;
      case ResourceKind::kLambda:
        return Knows(world.functions, text);
      case ResourceKind::kBot:
        return Knows(world.bots, text);
      default:
        return true;  // nothing of these kinds is looked up in a call
    }
  }

  void Make(const Reference& reference, std::string id, std::string arn, std::string name) {
    sim::World& world = stage_.world;
    switch (reference.kind) {
      case ResourceKind::kQueue:
        world.queues.push_back({.id = std::move(id), .arn = std::move(arn), .name = name});
        break;
      case ResourceKind::kHours:
        world.hours.push_back({.id = std::move(id),
                               .arn = std::move(arn),
                               .name = name,
                               .time_zone = "UTC",
                               .slots = AlwaysOpen()});
        break;
      case ResourceKind::kFlow:
        world.flows.push_back(Stub(std::move(id), std::move(arn), name, TypeAt(reference.path)));
        break;
      case ResourceKind::kModule:
        world.modules.push_back({.latest = Stub(std::move(id), std::move(arn), name, "MODULE")});
        break;
      case ResourceKind::kPrompt:
        world.prompts.push_back({.id = std::move(id), .arn = std::move(arn), .name = name});
        break;
      case ResourceKind::kUser:
        world.agents.push_back({.id = std::move(id), .arn = std::move(arn), .user_name = name});
        break;
      case ResourceKind::kLambda:
        world.functions.push_back({.arn = std::move(arn), .name = name});
        break;
      case ResourceKind::kBot:
        world.bots.push_back({.arn = std::move(arn), .name = name});
        break;
      default:
        return;
    }
    stage_.placeholders.push_back({.kind = reference.kind, .name = std::move(name)});
  }

  const flow::Document& document_;
  const StagePlace& place_;
  flow::SymbolTable& table_;
  Stage& stage_;
};

}  // namespace

void AddPlaceholders(const flow::Document& document, const StagePlace& place, bool guess_keys,
                     flow::SymbolTable& table, Stage& stage) {
  const std::vector<Reference> references = flow::References(document);
  const bool asks_mapping = std::ranges::any_of(references, [](const Reference& reference) {
    return reference.style == ReferenceStyle::kPlaceholder;
  });
  Maker maker(document, place, table, stage);
  for (const Reference& reference : references) maker.Look(reference, guess_keys && asks_mapping);
}

}  // namespace trunkline::app
