// Shared ownership inside one evaluation: a count in the object, not atomic (an evaluation has one
// thread).
#pragma once

#include <cstdint>
#include <utility>

namespace trunkline::cloud::jsonata {

struct Counted {
  Counted() = default;
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  virtual ~Counted() = default;

  std::uint32_t owners = 0;
};

inline void Keep(Counted* counted) {
  if (counted != nullptr) ++counted->owners;
}
inline void Drop(Counted* counted) {
  if (counted != nullptr && --counted->owners == 0) delete counted;
}

template <class T>
class Ref {
 public:
  Ref() = default;
  explicit Ref(T* object) : object_(object) { Keep(object_); }
  Ref(const Ref& other) : object_(other.object_) { Keep(object_); }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() { Drop(object_); }

  T* get() const { return object_; }
  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  T* object_ = nullptr;
};

}  // namespace trunkline::cloud::jsonata
