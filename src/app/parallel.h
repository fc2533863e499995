// Doing many things that do not depend on each other on all cores.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace trunkline::app {

// Calls work(0) to work(count - 1), each once, in no order, and returns when all are done. What
// `work` throws comes out here. A few calls are not worth a thread. `most`: so many at once; 0: as
// many as there are cores.
template <class Work>
void InParallel(std::size_t count, const Work& work, std::size_t most = 0) {
  constexpr std::size_t kWorth = 8;  // calls for a thread
  const std::size_t cores =
      most != 0 ? most : std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  const std::size_t threads = std::min(cores, count / kWorth + 1);
  // Whoever is free takes the next one: calls take unequally long.
  std::atomic<std::size_t> next = 0;
  const auto take = [&work, &next, count] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < threads; ++i) others.push_back(std::async(std::launch::async, take));
  take();
  for (std::future<void>& other : others) other.get();
}

}  // namespace trunkline::app
