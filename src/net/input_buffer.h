// What was read from a connection and not yet understood. Reused from message to message; grows for
// long headers and bodies and shrinks when it is idle, because a server holds one per connection.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace trunkline::net {

class InputBuffer {
 public:
  static constexpr std::size_t kSmall = 8U << 10U;  // holds nearly every header
  static constexpr std::size_t kLarge =
      128U << 10U;  // for bodies; also the longest line that may come in one piece

  std::string_view unread() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  void Consume(std::size_t count) { begin_ += count; }

  // Room for more, behind what is unread; at least `wanted` bytes of capacity in all if that is
  // possible. Empty when kLarge bytes are unread: who reads cannot make sense of them.
  std::span<char> Prepare(std::size_t wanted) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == capacity_ || capacity_ < wanted) {
      const bool full = end_ - begin_ == capacity_;
      Move(std::min(std::max({wanted, kSmall, full ? capacity_ * 2 : capacity_}), kLarge));
    }
    return {bytes_.get() + end_, capacity_ - end_};
  }
  void Commit(std::size_t count) { end_ += count; }

  // Gives memory back that only a large message needed.
  void Shrink() {
    if (empty() && capacity_ > kSmall) {
      bytes_.reset();
      begin_ = end_ = capacity_ = 0;
    }
  }

 private:
  // Unread bytes to the front of a buffer of `capacity`.
  void Move(std::size_t capacity) {
    const std::size_t size = end_ - begin_;
    if (capacity > capacity_) {
      std::unique_ptr<char[]> larger(new char[capacity]);
      if (size > 0) std::memcpy(larger.get(), bytes_.get() + begin_, size);
      bytes_ = std::move(larger);
      capacity_ = capacity;
    } else if (size > 0) {
      std::memmove(bytes_.get(), bytes_.get() + begin_, size);
    }
    begin_ = 0;
    end_ = size;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace trunkline::net
