// Value: what an expression computes with; 16 bytes, cheap to copy.
//
// Beside JSON's kinds there are "undefined" (nothing) and functions. What comes from the input is
// not copied: such a Value points into the json::Value it was made of, which must outlive the
// evaluation; numbers keep their spelling that way. What is computed is shared by counting.
//
// Arrays carry marks, as JSONata's do: a *sequence* (what a path selects) of one item is that item
// and an empty one is undefined, unless marked to keep; *cons* arrays are not flattened into the
// array around them; *tuples* are streams of variable bindings that travel along a path.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/services/stepfunctions/jsonata/counted.h"

namespace trunkline::cloud::jsonata {

struct ArrayNode;
struct ObjectNode;
struct FunctionNode;
struct Builtin;

enum class Kind : std::uint8_t {
  kUndefined,
  kNull,
  kBool,
  kNumber,
  kText,
  kArray,
  kObject,
  kFunction,
};

enum Mark : std::uint8_t {
  kPlain = 0,
  kSequence = 1,
  kKeepSingleton = 2,
  kCons = 4,
  kTuples = 8,
  kOuter = 16,  // holds the input document, an array, as its one item
};

class Value {
 public:
  Value() = default;  // undefined
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(Value other) noexcept;
  ~Value();

  static Value Null();
  static Value Bool(bool value);
  static Value Number(double value);
  static Value Text(std::string value);
  static Value TextOf(const std::string& lasting);  // not copied
  static Value OfJson(const json::Value& lasting);  // not copied
  static Value Array(std::vector<Value> items, std::uint8_t marks = kPlain);
  static Value Object(ObjectNode* object);
  static Value Function(FunctionNode* function);
  static Value Function(const Builtin& builtin);

  Kind kind() const { return kind_; }
  bool IsUndefined() const { return kind_ == Kind::kUndefined; }
  bool IsNull() const { return kind_ == Kind::kNull; }
  bool IsBool() const { return kind_ == Kind::kBool; }
  bool IsNumber() const { return kind_ == Kind::kNumber; }
  bool IsText() const { return kind_ == Kind::kText; }
  bool IsArray() const { return kind_ == Kind::kArray; }
  bool IsObject() const { return kind_ == Kind::kObject; }
  bool IsFunction() const { return kind_ == Kind::kFunction; }
  bool IsSequence() const { return IsArray() && Has(kSequence); }
  bool IsTuples() const { return IsArray() && Has(kTuples); }

  bool AsBool() const { return payload_.boolean; }
  double AsNumber() const;
  std::string_view AsText() const;

  bool Has(std::uint8_t mark) const { return (marks_ & mark) != 0; }
  std::uint8_t marks() const { return marks_; }
  void Set(std::uint8_t mark) { marks_ = static_cast<std::uint8_t>(marks_ | mark); }

  // Of an array: its items; of an object: its members.
  std::size_t size() const;
  Value Item(std::size_t index) const;
  std::vector<Value> Items() const;
  std::string_view KeyAt(std::size_t index) const;
  Value MemberAt(std::size_t index) const;
  Value Find(std::string_view key) const;  // undefined when there is none

  // Null unless the value was computed (was not read from the input).
  ArrayNode* computed_array() const;
  ObjectNode* computed_object() const;
  FunctionNode* function() const;     // null for a built-in one
  const Builtin* builtin() const;     // null for others
  const json::Value* origin() const;  // null when computed

  // How deep computed arrays and objects nest; what comes from the input counts as flat.
  std::uint32_t Depth() const;
  // The same thing in memory; for what is no array, object or function the same value.
  bool IsSame(const Value& other) const;

 private:
  enum class Storage : std::uint8_t { kInline, kJson, kLasting, kShared, kBuiltin };

  bool IsShared() const { return storage_ == Storage::kShared; }

  Kind kind_ = Kind::kUndefined;
  Storage storage_ = Storage::kInline;
  std::uint8_t marks_ = kPlain;
  union Payload {
    double number = 0;
    bool boolean;
    const json::Value* json;
    const std::string* lasting;
    const Builtin* builtin;
    Counted* shared;
  } payload_;
};

// Takes a step off `steps` for every pair it compares, and stops at none: then the answer means
// nothing.
bool IsDeepEqual(const Value& a, const Value& b, std::uint64_t& steps);

}  // namespace trunkline::cloud::jsonata
