// A stable merge sort whose comparison may fail: std::sort cannot stop, and breaks when a
// comparison contradicts itself.
#pragma once

#include <iterator>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

// Whether `a` belongs behind `b`.
class Comparison {
 public:
  virtual ~Comparison() = default;
  virtual Outcome<bool> IsAfter(const Value& a, const Value& b) = 0;
};

Outcome<std::vector<Value>> MergeSort(std::vector<Value> items, Comparison& comparison);

}  // namespace trunkline::cloud::jsonata
