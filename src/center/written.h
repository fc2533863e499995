// Written: a value and where somebody wrote it, so that a message much later still shows the place.
#pragma once

#include <string>

#include "base/finding.h"

namespace trunkline::center {

// A default has a place without file ("" and 0).
template <class T>
struct Written {
  T value{};
  Place place;

  const T& operator*() const { return value; }
  const T* operator->() const { return &value; }
};
using Text = Written<std::string>;

}  // namespace trunkline::center
