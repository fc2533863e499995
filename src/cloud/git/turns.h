// Turns: one push (or other change) at a time for each repository, so that what changed can be told
// by comparing before and after.
#pragma once

#include <memory>
#include <string>

#include "cloud/engine.h"
#include "net/async.h"

namespace trunkline::cloud::git {

struct Gate;

// Held while it lives.
class Turn {
 public:
  explicit Turn(std::shared_ptr<Gate> gate);
  Turn(Turn&& other) noexcept = default;
  Turn& operator=(Turn&&) = delete;
  ~Turn();

 private:
  std::shared_ptr<Gate> gate_;  // shared with the others that wait for it
};

// Waits until nobody has the turn of `name`. In the order they came.
net::aw<Turn> TakeTurn(Engine& engine, std::string name);

}  // namespace trunkline::cloud::git
