// json::Value: one JSON document in memory, faithful to its text.
//
// Objects keep the order of their keys; numbers keep their spelling ("28.4" stays "28.4"); every
// value read from a text knows its byte offset there, so that errors can name line and column
// (base/json_read.h: Locate). Strings are bytes, UTF-8 when they come from a text; the wire codec
// keeps blobs in them as raw bytes. Reading: base/json_read.h. Writing: base/json_write.h.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace trunkline::json {

class Value;
struct Member;

using Array = std::vector<Value>;

// A number, kept as the text it was written with.
struct Number {
  std::string text;
  bool operator==(const Number&) const = default;
};

inline constexpr std::uint32_t kNoOffset = std::numeric_limits<std::uint32_t>::max();

// Keys in the order they were set; no key twice. Look-up is linear up to 16 members, hashed above.
class Object {
 public:
  Object();
  Object(std::initializer_list<Member> members);
  Object(const Object& other);
  Object(Object&&) noexcept;
  Object& operator=(const Object& other);
  Object& operator=(Object&&) noexcept;
  ~Object();

  const Value* Find(std::string_view key) const;  // nullptr when there is none
  Value* Find(std::string_view key);
  bool Has(std::string_view key) const { return Find(key) != nullptr; }
  const Value& At(std::string_view key) const;  // a missing key is a bug: throws std::out_of_range

  // Reading with a default where the key is missing or of another type.
  std::string_view GetString(std::string_view key, std::string_view fallback = {}) const;
  std::int64_t GetInt(std::string_view key, std::int64_t fallback = 0) const;
  double GetDouble(std::string_view key, double fallback = 0) const;
  bool GetBool(std::string_view key, bool fallback = false) const;
  const Object& GetObject(std::string_view key) const;  // an empty one
  const Array& GetArray(std::string_view key) const;    // an empty one

  Value& operator[](std::string_view key);  // appends null when missing
  Value& Set(std::string_view key, Value value);
  // Sets only what is not empty: for optional members of an answer.
  void SetIfNotEmpty(std::string_view key, std::string_view text);
  bool Remove(std::string_view key);

  bool empty() const;
  std::size_t size() const;
  std::vector<Member>::const_iterator begin() const;
  std::vector<Member>::const_iterator end() const;
  std::vector<Member>::iterator begin();
  std::vector<Member>::iterator end();

  // Appends a member; false, and nothing is changed, if the key was there.
  bool Append(Member member);
  // Appends null under a new key, for its value to be read into; nullptr if the key was there.
  Value* Add(std::string&& key, std::uint32_t key_offset);

  bool operator==(const Object& other) const;  // same keys with equal values, order ignored

 private:
  struct Index;
  std::size_t IndexOf(std::string_view key) const;

  std::vector<Member> members_;
  std::unique_ptr<Index> index_;
};

class Value {
 public:
  // Whatever JSON can hold converts: {{"Name", name}, {"MaxResults", 100}} is an object. Not
  // inline, nor is the end of a value: every handler makes dozens, and each cost compile time.
  // NOLINTBEGIN(google-explicit-constructor)
  Value() noexcept;  // null
  Value(std::nullptr_t) noexcept;
  Value(bool value) noexcept;
  Value(Number value) noexcept;
  Value(std::string value) noexcept;
  Value(std::string_view value);
  Value(const char* value);
  Value(Array value) noexcept;
  Value(Object value) noexcept;
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>)
  Value(T value) : Value(NumberOf(value)) {}
  Value(double value);  // shortest text that reads back the same
  // NOLINTEND(google-explicit-constructor)
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  bool IsNull() const { return data_.index() == 0; }
  bool IsBool() const { return std::holds_alternative<bool>(data_); }
  bool IsNumber() const { return std::holds_alternative<Number>(data_); }
  bool IsString() const { return std::holds_alternative<std::string>(data_); }
  bool IsArray() const { return std::holds_alternative<Array>(data_); }
  bool IsObject() const { return std::holds_alternative<Object>(data_); }
  // "null", "a boolean", "a number", "a string", "an array", "an object": for messages.
  std::string_view TypeName() const;

  // The wrong type is a bug and throws std::bad_variant_access: check first, or use Object's
  // Get....
  bool AsBool() const { return std::get<bool>(data_); }
  const Number& AsNumber() const { return std::get<Number>(data_); }
  const std::string& AsString() const { return std::get<std::string>(data_); }
  std::string& AsString() { return std::get<std::string>(data_); }
  const Array& AsArray() const { return std::get<Array>(data_); }
  Array& AsArray() { return std::get<Array>(data_); }
  const Object& AsObject() const { return std::get<Object>(data_); }
  Object& AsObject() { return std::get<Object>(data_); }
  // Makes it an empty one, to be filled in place.
  std::string& BecomeString();
  Array& BecomeArray();
  Object& BecomeObject();
  double AsDouble() const;     // of a number
  std::int64_t AsInt() const;  // of a number; a fraction is cut off, out of range is clamped

  std::uint32_t offset() const { return offset_; }  // kNoOffset when not read from a text
  void set_offset(std::uint32_t offset) { offset_ = offset; }

  bool operator==(
      const Value& other) const;  // places ignored; numbers by their text, else by value

 private:
  static Number NumberOf(long long value);
  static Number NumberOf(unsigned long long value);
  template <class T>
  static Number NumberOf(T value) {
    if constexpr (std::is_signed_v<T>) return NumberOf(static_cast<long long>(value));
    return NumberOf(static_cast<unsigned long long>(value));
  }

  std::variant<std::nullptr_t, bool, Number, std::string, Array, Object> data_;
  std::uint32_t offset_ = kNoOffset;
};

struct Member {
  std::string key;
  Value value;
  std::uint32_t key_offset = kNoOffset;
};

}  // namespace trunkline::json
