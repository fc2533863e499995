// Result<T>: a value, or the reason why there is none.
//
// TL_TRY(const Queue queue, FindQueue(name));   declares `queue`, or returns the error to the
// caller TL_DO(Publish(flow));                         for Result<void> In a coroutine: TL_CO_TRY
// and TL_CO_DO. A type with a comma inside does not pass through the macros: name it first. E is
// Error everywhere but in cloud/, whose handlers answer with ServiceError.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "base/error.h"

namespace trunkline {

template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  using Value = T;

  // NOLINTBEGIN(google-explicit-constructor): `return value;` and `return Error(...);` convert
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}
  // From what converts to T or to E: a derived pointer, another error type.
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, E> && std::is_convertible_v<U &&, E> &&
             !std::is_convertible_v<U &&, T>)
  Result(U&& error) : state_(std::in_place_index<1>, std::forward<U>(error)) {}
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, E> && std::is_convertible_v<U &&, T>)
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}
  // NOLINTEND(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Only when ok(): anything else is a bug and throws std::bad_variant_access.
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return std::get<1>(state_); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, E> state_;
};

template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  using Value = void;

  Result() = default;
  // NOLINTBEGIN(google-explicit-constructor)
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, E> && std::is_convertible_v<U &&, E>)
  Result(U&& error) : state_(std::in_place_index<1>, std::forward<U>(error)) {}
  // NOLINTEND(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  void value() const { std::get<0>(state_); }
  E& error() & { return std::get<1>(state_); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<std::monostate, E> state_;
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
