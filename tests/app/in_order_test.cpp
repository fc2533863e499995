#include "app/in_order.h"

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace trunkline::app {
namespace {

TEST(WorkInOrder, TakesWhatCameOfEachCallInOrderOnTheCallingThread) {
  constexpr std::size_t kCalls = 5000;  // more than are held at once
  const std::thread::id caller = std::this_thread::get_id();
  std::vector<std::size_t> taken;
  WorkInOrder(
      kCalls, [](std::size_t i) { return i * i; },
      [&](std::size_t made) {
        EXPECT_EQ(std::this_thread::get_id(), caller);
        taken.push_back(made);
      });
  ASSERT_EQ(taken.size(), kCalls);
  for (std::size_t i = 0; i < kCalls; ++i) EXPECT_EQ(taken[i], i * i);
}

TEST(WorkInOrder, HoldsNoMoreThanItSaysBeforeTheyAreTaken) {
  std::atomic<std::size_t> made = 0;
  std::size_t taken = 0;
  std::size_t most = 0;
  WorkInOrder(
      4000, [&](std::size_t) { return ++made; },
      [&](std::size_t) {
        most = std::max(most, made - taken);
        ++taken;
      });
  EXPECT_LE(most, 256U);
}

TEST(WorkInOrder, DoesNothingOfNothing) {
  WorkInOrder(
      0, [](std::size_t i) { return i; }, [](std::size_t) { FAIL(); });
}

TEST(WorkInOrder, LetsOutWhatIsThrownAndGoesOnNoFurther) {
  const auto fail = [](std::size_t i) -> std::size_t {
    if (i == 100) throw std::runtime_error("call 100");
    return i;
  };
  std::size_t taken = 0;
  EXPECT_THROW(WorkInOrder(2000, fail, [&](std::size_t) { ++taken; }), std::runtime_error);
  EXPECT_LE(taken, 100U);
}

TEST(WorkInOrder, LetsOutWhatTakingThrows) {
  const auto same = [](std::size_t i) { return i; };
  EXPECT_THROW(WorkInOrder(2000, same, [](std::size_t) { throw std::runtime_error("full"); }),
               std::runtime_error);
}

}  // namespace
}  // namespace trunkline::app
