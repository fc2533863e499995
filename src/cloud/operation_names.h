// InOrder's weaker sister, for tables whose handlers are templates: g++ 12 with
// -fsanitize=undefined takes the address of one for no constant. That each row has one handler is a
// test's business there.
#pragma once

#include <cstddef>

#include "cloud/operation.h"

namespace trunkline::cloud {

// Alphabetical, no name twice.
template <std::size_t N>
constexpr bool NamesInOrder(const Operation (&rows)[N]) {
  for (std::size_t i = 1; i < N; ++i) {
    if (!(rows[i - 1].name < rows[i].name)) return false;
  }
  return true;
}

}  // namespace trunkline::cloud
