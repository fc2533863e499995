#include "cloud/services/stepfunctions/jsonata/sorting.h"

namespace trunkline::cloud::jsonata {
namespace {

Outcome<std::vector<Value>> Merge(std::vector<Value> left, std::vector<Value> right,
                                  Comparison& comparison) {
  std::vector<Value> merged;
  merged.reserve(left.size() + right.size());
  std::size_t l = 0;
  std::size_t r = 0;
  while (l < left.size() && r < right.size()) {
    TL_TRY(const bool swap, comparison.IsAfter(left[l], right[r]));
    merged.push_back(std::move(swap ? right[r++] : left[l++]));
  }
  for (; l < left.size(); ++l) merged.push_back(std::move(left[l]));
  for (; r < right.size(); ++r) merged.push_back(std::move(right[r]));
  return merged;
}

}  // namespace

Outcome<std::vector<Value>> MergeSort(std::vector<Value> items, Comparison& comparison) {
  if (items.size() <= 1) return items;
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  std::vector<Value> left(std::make_move_iterator(items.begin()), std::make_move_iterator(middle));
  std::vector<Value> right(std::make_move_iterator(middle), std::make_move_iterator(items.end()));
  TL_TRY(left, MergeSort(std::move(left), comparison));
  TL_TRY(right, MergeSort(std::move(right), comparison));
  return Merge(std::move(left), std::move(right), comparison);
}

}  // namespace trunkline::cloud::jsonata
