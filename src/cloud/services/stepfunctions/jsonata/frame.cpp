#include "cloud/services/stepfunctions/jsonata/frame.h"

namespace trunkline::cloud::jsonata {

Frame::Frame(Frames& frames, Ref<Frame> around)
    : parent(std::move(around)),
      depth(parent ? parent->depth + 1 : 0),
      frames_(frames),
      next_(frames.first_) {
  if (next_ != nullptr) next_->previous_ = this;
  frames.first_ = this;
}

Frame::~Frame() {
  (previous_ != nullptr ? previous_->next_ : frames_.first_) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  frames_.TakeApart(*this);
}

void Frame::Bind(std::string_view name, Value value) {
  for (auto& [bound, old] : bindings_) {
    if (bound != name) continue;
    old = std::move(value);
    return;
  }
  bindings_.emplace_back(name, std::move(value));
}

const Value* Frame::Find(std::string_view name, Value& scratch) const {
  for (const Frame* frame = this; frame != nullptr; frame = frame->parent.get()) {
    for (const auto& [bound, value] : frame->bindings_) {
      if (bound == name) return &value;
    }
    if (!frame->tuple.IsObject()) continue;
    scratch = frame->tuple.Find(name);
    if (!scratch.IsUndefined()) return &scratch;
  }
  return nullptr;
}

void Frames::TakeApart(Frame& frame) {
  waiting_.push_back({.bindings = std::move(frame.bindings_),
                      .tuple = std::move(frame.tuple),
                      .parent = std::move(frame.parent)});
  if (busy_) return;
  busy_ = true;
  while (!waiting_.empty()) {
    const Remains remains = std::move(waiting_.back());
    waiting_.pop_back();
  }
  busy_ = false;
}

Frames::~Frames() {
  std::vector<Ref<Frame>> left;
  for (Frame* frame = first_; frame != nullptr; frame = frame->next_) left.emplace_back(frame);
  for (const Ref<Frame>& frame : left) {
    frame->bindings_.clear();
    frame->tuple = Value();
  }
}

}  // namespace trunkline::cloud::jsonata
