#include "aws/pattern.h"

#include <algorithm>

#include "base/code_point.h"

namespace trunkline::aws {
bool CharSet::Has(char32_t point) const {
  const bool inside =
      std::ranges::any_of(
          ranges,
          [&](const Range& range) { return point >= range.first && point <= range.last; }) ||
      std::ranges::any_of(parts, [&](const CharSet& part) { return part.Has(point); });
  return inside != negated;
}

// All threads of a program at one place of the text.
struct Pattern::Walk {
  const Pattern& pattern;
  const std::vector<char32_t>& text;

  bool WordAt(std::size_t at) const { return at < text.size() && IsWordCharacter(text[at]); }

  // Whether a step that takes no character lets a thread through.
  bool Passes(const Step& step, std::size_t at) const {
    switch (step.op) {
      case Op::kBegin:
        return at == 0;
      case Op::kEnd:
        return at == text.size();
      case Op::kBoundary:
        return (at > 0 && IsWordCharacter(text[at - 1])) != WordAt(at);
      case Op::kBehind:
        return (at > 0 && pattern.sets_[step.a].Has(text[at - 1])) != step.negated;
      default:
        return true;
    }
  }

  // Adds everything that is reached from `start` without taking a character.
  void Add(std::size_t start, std::size_t at, std::vector<std::size_t>& threads,
           std::vector<bool>& seen) const {
    std::vector<std::size_t> open{start};
    while (!open.empty()) {
      const std::size_t here = open.back();
      open.pop_back();
      if (seen[here]) continue;
      seen[here] = true;
      const Step& step = pattern.steps_[here];
      if (step.op == Op::kSet || step.op == Op::kMatch) {
        threads.push_back(here);
      } else if (step.op == Op::kSplit) {
        open.push_back(step.b);
        open.push_back(step.a);
      } else if (step.op == Op::kJump) {
        open.push_back(step.a);
      } else if (step.op == Op::kAhead) {
        // Expressions nest a few levels at most: this recursion does not grow with the text.
        if (Run(here + 1, at, false) != step.negated) open.push_back(step.a);
      } else if (Passes(step, at)) {
        open.push_back(here + 1);
      }
    }
  }

  bool Run(std::size_t start, std::size_t at, bool whole) const {
    std::vector<std::size_t> threads;
    std::vector<std::size_t> next;
    std::vector<bool> seen(pattern.steps_.size());
    Add(start, at, threads, seen);
    for (;; ++at) {
      const bool matched = std::ranges::any_of(
          threads, [&](std::size_t thread) { return pattern.steps_[thread].op == Op::kMatch; });
      if (matched && (!whole || at == text.size())) return true;
      if (at >= text.size() || threads.empty()) return false;
      next.clear();
      seen.assign(seen.size(), false);
      for (const std::size_t thread : threads) {
        const Step& step = pattern.steps_[thread];
        if (step.op == Op::kSet && pattern.sets_[step.a].Has(text[at]))
          Add(thread + 1, at + 1, next, seen);
      }
      threads.swap(next);
    }
  }
};

bool Pattern::Matches(std::string_view text) const {
  const std::vector<char32_t> points = ToCodePoints(text);
  return Walk{*this, points}.Run(0, 0, true);
}

}  // namespace trunkline::aws
