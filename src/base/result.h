// Result<T>: a value, or the reason why there is none.
//
// TL_TRY(const Queue queue, FindQueue(name));   declares `queue`, or returns the error to the
// caller TL_DO(Publish(flow));                         for Result<void> In a coroutine: TL_CO_TRY
// and TL_CO_DO. A type with a comma inside does not pass through the macros: name it first. E is
// Error everywhere but in cloud/, whose handlers answer with ServiceError.
//
// Nearly every function answers with one, so it is written to be little code: an error is on the
// heap, and what few calls need is not inline. std::variant in its place makes a file of the cloud
// a quarter longer to compile, and the program a quarter larger.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace trunkline {

[[noreturn]] void ThrowNoValue();
[[noreturn]] void ThrowNoError();

// An error, or none.
template <class E>
class ErrorBox {
 public:
  ErrorBox() = default;
  explicit ErrorBox(E error) : error_(new E(std::move(error))) {}
  ErrorBox(const ErrorBox& other) : error_(other.error_ ? new E(*other.error_) : nullptr) {}
  ErrorBox(ErrorBox&& other) noexcept : error_(std::exchange(other.error_, nullptr)) {}
  ErrorBox& operator=(ErrorBox other) noexcept {
    std::swap(error_, other.error_);
    return *this;
  }
  ~ErrorBox() {
    if (error_) Delete(error_);
  }
  E& Get() const {
    if (!error_) ThrowNoError();
    return *error_;
  }

 private:
  [[gnu::noinline]] static void Delete(E* error) noexcept { delete error; }
  E* error_ = nullptr;
};

template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  using Value = T;

  // NOLINTBEGIN(google-explicit-constructor): `return value;` and `return Error(...);` convert
  Result(T value) : value_(std::move(value)), ok_(true) {}
  Result(E error) : error_(std::move(error)) {}
  // From what converts to T or to E: a derived pointer, another error type.
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, E> && std::is_convertible_v<U &&, E> &&
             !std::is_convertible_v<U &&, T>)
  Result(U&& error) : error_(E(std::forward<U>(error))) {}
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, E> && std::is_convertible_v<U &&, T>)
  Result(U&& value) : value_(std::forward<U>(value)), ok_(true) {}
  // NOLINTEND(google-explicit-constructor)
  Result(Result&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
      : error_(std::move(other.error_)), ok_(other.ok_) {
    if (ok_) std::construct_at(&value_, std::move(other.value_));
  }
  Result(const Result& other)
    requires(std::is_copy_constructible_v<T>)
      : error_(other.error_), ok_(other.ok_) {
    if (ok_) std::construct_at(&value_, other.value_);
  }
  Result& operator=(Result&& other) noexcept(std::is_nothrow_move_constructible_v<T>) {
    if (this != &other) {
      std::destroy_at(this);
      std::construct_at(this, std::move(other));
    }
    return *this;
  }
  Result& operator=(const Result& other)
    requires(std::is_copy_constructible_v<T>)
  {
    return *this = Result(other);
  }
  ~Result() {
    if (ok_) std::destroy_at(&value_);
  }

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }

  // Only when ok(): anything else is a bug and throws std::logic_error.
  T& value() & { return Checked(); }
  const T& value() const& {
    if (!ok_) ThrowNoValue();
    return value_;
  }
  T&& value() && { return std::move(Checked()); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return error_.Get(); }
  const E& error() const& { return error_.Get(); }
  E&& error() && { return std::move(error_.Get()); }

 private:
  T& Checked() {
    if (!ok_) ThrowNoValue();
    return value_;
  }

  union {
    T value_;  // when ok_
  };
  ErrorBox<E> error_;
  bool ok_ = false;
};

template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  using Value = void;

  Result() = default;
  // NOLINTBEGIN(google-explicit-constructor)
  Result(E error) : error_(std::move(error)), ok_(false) {}
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, E> && std::is_convertible_v<U &&, E>)
  Result(U&& error) : error_(E(std::forward<U>(error))), ok_(false) {}
  // NOLINTEND(google-explicit-constructor)

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  void value() const {
    if (!ok_) ThrowNoValue();
  }
  E& error() & { return error_.Get(); }
  const E& error() const& { return error_.Get(); }
  E&& error() && { return std::move(error_.Get()); }

 private:
  ErrorBox<E> error_;
  bool ok_ = true;
};

}  // namespace trunkline

#define TL_CONCAT_(a, b) a##b
#define TL_CONCAT(a, b) TL_CONCAT_(a, b)

#define TL_TRY(declaration, ...)                                                                   \
  auto TL_CONCAT(tl_result_, __LINE__) = (__VA_ARGS__);                                            \
  if (!TL_CONCAT(tl_result_, __LINE__)) return std::move(TL_CONCAT(tl_result_, __LINE__)).error(); \
  declaration = std::move(TL_CONCAT(tl_result_, __LINE__)).value()

#define TL_DO(...)                                                                       \
  do {                                                                                   \
    if (auto tl_result = (__VA_ARGS__); !tl_result) return std::move(tl_result).error(); \
  } while (false)

#define TL_CO_TRY(declaration, ...)                               \
  auto TL_CONCAT(tl_result_, __LINE__) = (__VA_ARGS__);           \
  if (!TL_CONCAT(tl_result_, __LINE__))                           \
    co_return std::move(TL_CONCAT(tl_result_, __LINE__)).error(); \
  declaration = std::move(TL_CONCAT(tl_result_, __LINE__)).value()

#define TL_CO_DO(...)                                                                       \
  do {                                                                                      \
    if (auto tl_result = (__VA_ARGS__); !tl_result) co_return std::move(tl_result).error(); \
  } while (false)
