#include "sim/debugger.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "flow/catalogue.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kAnyDepth = std::numeric_limits<std::size_t>::max();

// Every flow and module of a world, in each version.
template <class Use>
void ForEachFlow(const World& world, const Use& use) {
  for (const FlowResource& flow : world.flows) use(flow);
  for (const ModuleResource& module : world.modules) {
    use(module.latest);
    for (const auto& [version, flow] : module.versions) use(flow);
  }
}

bool IsCalled(const flow::Action& action, std::string_view name) {
  if (action.id == name || EqualsIgnoreCase(action.type, name)) return true;
  const flow::ActionKind* kind = flow::FindActionKind(action.type);
  return kind != nullptr &&
         std::ranges::any_of(flow::BlockNames(*kind),
                             [&](std::string_view block) { return EqualsIgnoreCase(block, name); });
}

void FindIn(const FlowResource& flow, std::string_view name, std::vector<Spot>& found) {
  for (const flow::Action& action : flow.document->actions) {
    if (IsCalled(action, name)) found.push_back({.flow = &flow, .action = action.id});
  }
}

std::size_t DepthOf(const Contact& contact) {
  std::size_t depth = 0;
  for (const FlowRun& run : contact.state().runs) depth += run.frames.size();
  return depth;
}

}  // namespace

std::vector<Spot> FindActions(const World& world, std::string_view name) {
  std::vector<Spot> found;
  ForEachFlow(world, [&](const FlowResource& flow) {
    const std::string_view title = flow.name;
    const bool is_this = EqualsIgnoreCase(title, name);
    const flow::Action* first = flow.document->FindAction(flow.document->start);
    if (is_this && first != nullptr) found.push_back({.flow = &flow, .action = first->id});
    FindIn(flow, name, found);
    // Names of flows may have a slash.
    const bool within = name.size() > title.size() + 1 && name[title.size()] == '/' &&
                        EqualsIgnoreCase(name.substr(0, title.size()), title);
    if (within) FindIn(flow, name.substr(title.size() + 1), found);
  });
  return found;
}

Debugger::Debugger(std::shared_ptr<const World> world, Call call, StandIns stand_ins)
    : world_(std::move(world)),
      call_(std::move(call)),
      stand_ins_(std::move(stand_ins)),
      given_{Started{}},
      until_{.depth = kAnyDepth} {
  Begin();
  rehearsal_->Give(given_.front());
}

void Debugger::Begin() {
  Director* const director = this;
  rehearsal_.emplace(world_, call_, stand_ins_, director);
  begun_ = 0;
  stopped_ = false;
}

bool Debugger::StandsBefore(const Contact& contact) const {
  if (begun_ == until_.number) return true;
  const Spot spot = SpotOf(contact.state());
  if (until_.breakpoints && breakpoints_.contains(Key(spot.flow, spot.action))) return true;
  return DepthOf(contact) <= until_.depth;
}

Steering Debugger::Before(const Contact& contact, const Stopped& stopped) {
  ++begun_;
  stopped_ = StandsBefore(contact);
  request_ = stopped.request;
  Steering steering;
  steering.stop = stopped_;
  return steering;
}

Result<void> Debugger::Run(const Until& until) {
  if (standing() == Standing::kEnded)
    return Error(ErrorKind::kConflict, "the contact has ended: 'back' goes back");
  if (!stopped_)
    return Error(ErrorKind::kConflict,
                 "the contact waits for the outside: 'say', 'press', 'silence', 'agent' or "
                 "'hangup' goes on");
  until_ = until;
  stopped_ = false;
  rehearsal_->Give(GoOn{.request = request_});
  return {};
}

std::size_t Debugger::Depth() const {
  return DepthOf(rehearsal_->contact());
}

Result<void> Debugger::Step() {
  return Run({.depth = kAnyDepth});
}

Result<void> Debugger::Next() {
  return Run({.depth = Depth()});
}

Result<void> Debugger::Finish() {
  return Run({.depth = Depth() - 1});
}

Result<void> Debugger::Continue() {
  return Run({});
}

Result<void> Debugger::Give(const Event& event) {
  if (standing() == Standing::kEnded) return Run({});
  if (stopped_)
    return Error(ErrorKind::kConflict,
                 "the contact stands before an action: 'step' or 'continue' first");
  given_.push_back(event);
  rehearsal_->Give(event);
  return {};
}

std::size_t Debugger::Back(std::size_t actions) {
  const std::size_t target = ran() - std::min(actions, ran()) + 1;
  until_ = {.number = target, .breakpoints = false};
  Begin();
  std::size_t used = 0;
  while (used < given_.size() && !stopped_) rehearsal_->Give(given_[used++]);
  const std::size_t forgotten = given_.size() - used;
  given_.resize(used);
  until_ = {.depth = kAnyDepth};
  return forgotten;
}

std::vector<Spot> Debugger::breakpoints() const {
  std::vector<Spot> all;
  for (const auto& [flow, action] : breakpoints_) all.push_back({.flow = flow, .action = action});
  return all;
}

Debugger::Standing Debugger::standing() const {
  if (rehearsal_->contact().phase() == Phase::kEnded) return Standing::kEnded;
  return stopped_ ? Standing::kBeforeAction : Standing::kNeedsCaller;
}

bool Debugger::IsAtBreakpoint() const {
  const Spot spot = SpotOf(rehearsal_->contact().state());
  return stopped_ && breakpoints_.contains(Key(spot.flow, spot.action));
}

std::vector<Spot> Debugger::stack() const {
  std::vector<Spot> stack;
  for (const FlowRun& run : rehearsal_->contact().state().runs) {
    for (const Frame& frame : run.frames)
      stack.push_back({.flow = frame.resource, .action = frame.action});
  }
  return stack;
}

}  // namespace trunkline::sim
