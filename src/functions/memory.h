// Memory: what a function keeps between the invocations of one process, for a while: Lambda freezes
// the process in between, and may end it at any time. Nothing in it is needed to be right.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/json.h"

namespace trunkline::functions {

class Memory {
 public:
  struct Kept {
    json::Value value;
    TimePoint since;  // when it was true
  };

  // nullptr: never heard of it.
  const Kept* Find(const std::string& name) const {
    const auto found = kept_.find(name);
    return found == kept_.end() ? nullptr : &found->second;
  }
  void Keep(const std::string& name, json::Value value, TimePoint since) {
    kept_.insert_or_assign(name, Kept{.value = std::move(value), .since = since});
  }

 private:
  std::map<std::string, Kept> kept_;
};

}  // namespace trunkline::functions
