#include "sim/explore/state_key.h"

#include <algorithm>
#include <set>

#include "base/json_write.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

constexpr char kField = '\x1f';

// Functions in a row without a prompt fail beyond 20 s; more makes no difference.
constexpr Milliseconds kLongestChain{21'000};

class KeyWriter {
 public:
  KeyWriter(const ContactState& contact, const FlowMap& map, const Reads& reads)
      : contact_(contact), map_(map), reads_(reads) {}

  std::string Write() {
    AddContact();
    for (const FlowRun& run : contact_.runs) AddRun(run);
    for (const std::uint32_t name : live_) AddValue(reads_.names()[name]);
    return std::move(key_);
  }

 private:
  void Add(std::string_view text) {
    key_ += text;
    key_ += kField;
  }

  void AddContact() {
    Add(ToText(contact_.phase));
    Add(contact_.queue == nullptr ? "" : contact_.queue->arn);
    Add(contact_.agent == nullptr ? "" : contact_.agent->id);
    Add(std::to_string(contact_.queue_transfers));
    Add(std::to_string(std::min(contact_.function_time, kLongestChain).count()));
    Add(contact_.language);
    Add(contact_.callback_number);
    Add(contact_.buffers_keys ? "+" + contact_.buffered_keys : "");
    Add(contact_.more->media_streams.empty() ? "" : "m");
    for (const auto& [hook, flow] : contact_.hooks) Add(hook + "=" + flow);
    for (const std::string& hook : contact_.disabled_hooks) Add("no " + hook);
  }

  void AddRun(const FlowRun& run) {
    Add(ToText(run.role));
    Add(ToText(run.hears));
    if (run.finished) Add("finished");
    if (run.pending) AddPending(*run.pending);
    for (const Frame& frame : run.frames) AddFrame(run, frame);
  }

  void AddPending(const Pending& pending) {
    Add(std::string{pending.keys ? 'k' : '-', pending.speech ? 's' : '-',
                    pending.request != 0 ? 'r' : '-', pending.stopped ? 'b' : '-',
                    pending.third_party ? 't' : '-', pending.timer != 0 ? 'w' : '-'});
    if (!pending.notes.empty()) Add(json::Write(pending.notes));
  }

  void AddFrame(const FlowRun& run, const Frame& frame) {
    Add(frame.resource->id);
    Add(frame.action);
    const bool visible = &run == &contact_.runs.back() && &frame == &run.frames.back();
    bool own = false;
    for (const std::uint32_t name : reads_.LiveAt(map_.Find(*frame.resource, frame.action))) {
      live_.insert(name);
      own = own || IsOfFrame(reads_.names()[name]);
    }
    if (!visible && own) AddScratch(frame.scratch);
  }

  // What comes back when a module returns.
  void AddScratch(const Scratch& scratch) {
    for (const json::Object* object : {&scratch.flow_attributes, &scratch.external, &scratch.lex,
                                       &scratch.customer, &scratch.metrics, &*scratch.services})
      Add(json::Write(*object));
    Add(scratch.stored_input.value_or(""));
  }

  void AddValue(const std::string& name) {
    if (name.starts_with(kLoopRead)) {
      const auto counter = contact_.loops.find(name.substr(kLoopRead.size()));
      return Add(counter == contact_.loops.end() ? "" : std::to_string(counter->second));
    }
    const auto value = Lookup(contact_, name);
    Add(value ? ScalarText(*value).value_or(json::Write(*value)) : std::string());
  }

  const ContactState& contact_;
  const FlowMap& map_;
  const Reads& reads_;
  std::set<std::uint32_t> live_;
  std::string key_;
};

}  // namespace

std::string KeyOf(const ContactState& contact, const FlowMap& map, const Reads& reads) {
  return KeyWriter(contact, map, reads).Write();
}

}  // namespace trunkline::sim
