// Doing many things that do not depend on each other on all cores, and using what comes of them in
// their order.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace trunkline::app {

// Calls work(0) to work(count - 1) on all cores, and take(what came of it) on the calling thread,
// one after the other, in order, while others are being worked on. At most kAhead of them are held
// before they are taken. What `work` or `take` throws comes out of Run(); the rest is not done
// then.
template <class Made, class Work, class Take>
class InOrder {
 public:
  static constexpr std::size_t kAhead = 256;

  InOrder(std::size_t count, const Work& work, const Take& take)
      : count_(count), work_(work), take_(take), slots_(std::min(count, kAhead)) {}

  void Run() {
    constexpr std::size_t kWorth = 8;  // calls for a thread
    const std::size_t cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    const std::size_t threads = std::min(cores, count_ / kWorth + 1);
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < threads; ++i)
      others.push_back(std::async(std::launch::async, [this] { Help(); }));
    Lead();
    for (std::future<void>& other : others) other.get();
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  using Lock = std::unique_lock<std::mutex>;

  bool Done() const { return thrown_ != nullptr || taken_ == count_; }
  bool CanTake() const { return taken_ < count_ && slots_[taken_ % slots_.size()].has_value(); }
  bool CanWork() const { return next_ < count_ && next_ < taken_ + slots_.size(); }

  // The calling thread takes what is ready; while nothing is, it works like the others.
  void Lead() {
    Lock lock(mutex_);
    while (!Done()) {
      changed_.wait(lock, [this] { return Done() || CanTake() || CanWork(); });
      if (thrown_ == nullptr && CanTake()) {
        TakeOne(lock);
      } else if (!Done()) {
        WorkOnOne(lock);
      }
    }
  }

  void Help() {
    Lock lock(mutex_);
    while (thrown_ == nullptr && next_ < count_) {
      changed_.wait(lock, [this] { return thrown_ != nullptr || next_ == count_ || CanWork(); });
      if (thrown_ == nullptr && next_ < count_) WorkOnOne(lock);
    }
  }

  void TakeOne(Lock& lock) {
    std::optional<Made>& slot = slots_[taken_ % slots_.size()];
    Made made = std::move(*slot);
    slot.reset();
    Unlocked(lock, [&] { take_(std::move(made)); });
    ++taken_;
    changed_.notify_all();
  }

  void WorkOnOne(Lock& lock) {
    const std::size_t mine = next_++;
    std::optional<Made> made;
    Unlocked(lock, [&] { made.emplace(work_(mine)); });
    slots_[mine % slots_.size()] = std::move(made);
    changed_.notify_all();
  }

  template <class Step>
  void Unlocked(Lock& lock, const Step& step) {
    lock.unlock();
    std::exception_ptr thrown;
    try {
      step();
    } catch (...) {
      thrown = std::current_exception();
    }
    lock.lock();
    if (thrown_ == nullptr) thrown_ = thrown;
  }

  const std::size_t count_;
  const Work& work_;
  const Take& take_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Made>> slots_;  // of call i at i % size
  std::size_t next_ = 0;                    // the first that nobody works on
  std::size_t taken_ = 0;
  std::exception_ptr thrown_;
};

// The same as a call.
template <class Work, class Take>
void WorkInOrder(std::size_t count, const Work& work, const Take& take) {
  InOrder<decltype(work(std::size_t{})), Work, Take>(count, work, take).Run();
}

}  // namespace trunkline::app
