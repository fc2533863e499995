// Frame: the variables of one scope, and the scopes around it.
//
// Functions keep the frame they were made in, and a frame keeps the functions bound in it, so
// frames may keep each other alive. Frames knows every frame that lives and empties those that are
// left when the evaluation ends; it also takes apart long chains of them one by one, where a
// recursion could overflow the stack.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

class Frames;

struct Frame final : Counted {
  Frame(Frames& frames, Ref<Frame> around);
  ~Frame() override;

  // `name` must outlive the frame: it is of the expression.
  void Bind(std::string_view name, Value value);
  // Null when no scope has it.
  const Value* Find(std::string_view name, Value& scratch) const;

  Ref<Frame> parent;
  Value tuple;  // an object whose members are variables as well, or undefined
  std::uint32_t depth = 0;

 private:
  friend class Frames;

  Frames& frames_;
  std::vector<std::pair<std::string_view, Value>> bindings_;
  Frame* previous_ = nullptr;
  Frame* next_ = nullptr;
};

class Frames {
 public:
  Frames() = default;
  Frames(const Frames&) = delete;
  Frames& operator=(const Frames&) = delete;
  ~Frames();

  Ref<Frame> Make(const Ref<Frame>& around) { return Ref<Frame>(new Frame(*this, around)); }

 private:
  friend struct Frame;
  struct Remains {
    std::vector<std::pair<std::string_view, Value>> bindings;
    Value tuple;
    Ref<Frame> parent;
  };
  void TakeApart(Frame& frame);

  Frame* first_ = nullptr;
  std::vector<Remains> waiting_;
  bool busy_ = false;
};

}  // namespace trunkline::cloud::jsonata
