#include "app/action_mock.h"

#include <algorithm>
#include <vector>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/catalogue.h"
#include "sim/steered_outcome.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kMembers[] = {"Condition", "Error", "Attributes"};

Result<sim::SteeredOutcome> ReadDocument(const std::string& name, const std::string& text) {
  const Result<json::Value> read = json::Parse(text);
  if (!read || !read->IsObject()) {
    return Error(
        ErrorKind::kInvalid,
        "expected an object such as {{\"Condition\": \"Next\"}} for action '{}' but got {}", name,
        read ? std::string(read->TypeName()) : read.error().message());
  }
  const json::Object& object = read->AsObject();
  for (const json::Member& one : object) {
    if (std::ranges::find(kMembers, one.key) != std::end(kMembers)) continue;
    return Error(ErrorKind::kInvalid,
                 "expected 'Condition', 'Error' or 'Attributes' for action "
                 "'{}' but got '{}'",
                 name, one.key);
  }
  return sim::SteeredOutcome{.condition = std::string(object.GetString("Condition")),
                             .error = std::string(object.GetString("Error")),
                             .attributes = object.GetObject("Attributes")};
}

Result<sim::SteeredOutcome> ReadOutcome(const std::string& name, const std::string& value,
                                        const Files& files) {
  if (value.starts_with('@')) {
    TL_TRY(const std::string text, files.Read(value.substr(1)));
    return ReadDocument(name, text);
  }
  if (value.starts_with('{')) return ReadDocument(name, value);
  sim::SteeredOutcome outcome;
  if (value.starts_with("error:")) {
    outcome.error = Trim(value.substr(6));
  } else if (value == "error") {
    outcome.error = "NoMatchingError";
  } else if (value != "success") {
    outcome.condition = value;
  }
  return outcome;
}

// Nothing fits, or why the last one does not.
Error WhyNot(const std::string& name, const std::string& fault, const Stage& stage) {
  if (!fault.empty())
    return Error(ErrorKind::kInvalid, "action '{}' cannot be mocked so: {}", name, fault);
  std::vector<std::string> names;
  for (const sim::FlowResource& flow : stage.world.flows) {
    for (const flow::Action& action : flow.document->actions) names.push_back(action.id);
  }
  for (const flow::ActionKind* kind : flow::AllActionKinds()) names.emplace_back(kind->name);
  const auto nearest = Nearest(name, names);
  return Error(ErrorKind::kNotFound, "no flow has an action '{}', and no type is called so{}", name,
               nearest ? fmt::format(", did you mean '{}'?", *nearest) : "");
}

// What the actions of this name cannot do; nothing when one can.
class Fitting {
 public:
  Fitting(const std::string& name, const sim::SteeredOutcome& outcome)
      : name_(name), outcome_(outcome) {}

  void Try(const sim::FlowResource& flow) {
    const flow::Action* action =
        flow.document == nullptr ? nullptr : flow.document->FindAction(name_);
    if (action != nullptr) Try(flow::FindActionKind(action->type), &action->parameters);
  }
  // A kind that nobody knows can do anything.
  void Try(const flow::ActionKind* kind, const json::Object* parameters) {
    const auto fault = kind == nullptr ? std::nullopt : sim::FaultOf(*kind, outcome_, parameters);
    fits_ = fits_ || !fault;
    if (fault) fault_ = fault->message;
  }

  bool fits() const { return fits_; }
  const std::string& fault() const { return fault_; }

 private:
  const std::string& name_;
  const sim::SteeredOutcome& outcome_;
  bool fits_ = false;
  std::string fault_;
};

}  // namespace

Result<void> AddActionMock(const std::string& name, const std::string& value, const Files& files,
                           Stage& stage) {
  TL_TRY(sim::SteeredOutcome outcome, ReadOutcome(name, value, files));
  Fitting fitting(name, outcome);
  if (const flow::ActionKind* kind = flow::FindActionKind(name)) fitting.Try(kind, nullptr);
  for (const sim::FlowResource& flow : stage.world.flows) fitting.Try(flow);
  for (const sim::ModuleResource& module : stage.world.modules) fitting.Try(module.latest);
  if (!fitting.fits()) return WhyNot(name, fitting.fault(), stage);
  stage.stand_ins.actions[name].push_back(std::move(outcome));
  return {};
}

}  // namespace trunkline::app
