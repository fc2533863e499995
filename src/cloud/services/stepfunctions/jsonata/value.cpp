#include "cloud/services/stepfunctions/jsonata/value.h"

#include <algorithm>

#include "cloud/services/stepfunctions/jsonata/function.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"

namespace trunkline::cloud::jsonata {

Value::Value(const Value& other)
    : kind_(other.kind_), storage_(other.storage_), marks_(other.marks_), payload_(other.payload_) {
  if (IsShared()) Keep(payload_.shared);
}

Value::Value(Value&& other) noexcept
    : kind_(std::exchange(other.kind_, Kind::kUndefined)),
      storage_(std::exchange(other.storage_, Storage::kInline)),
      marks_(std::exchange(other.marks_, kPlain)),
      payload_(other.payload_) {}

Value& Value::operator=(Value other) noexcept {
  std::swap(kind_, other.kind_);
  std::swap(storage_, other.storage_);
  std::swap(marks_, other.marks_);
  std::swap(payload_, other.payload_);
  return *this;
}

Value::~Value() {
  if (IsShared()) Drop(payload_.shared);
}

Value Value::Null() {
  Value value;
  value.kind_ = Kind::kNull;
  return value;
}

Value Value::Bool(bool boolean) {
  Value value;
  value.kind_ = Kind::kBool;
  value.payload_.boolean = boolean;
  return value;
}

Value Value::Number(double number) {
  Value value;
  value.kind_ = Kind::kNumber;
  value.payload_.number = number;
  return value;
}

Value Value::Text(std::string text) {
  Value value;
  value.kind_ = Kind::kText;
  value.storage_ = Storage::kShared;
  value.payload_.shared = new TextNode(std::move(text));
  Keep(value.payload_.shared);
  return value;
}

Value Value::TextOf(const std::string& lasting) {
  Value value;
  value.kind_ = Kind::kText;
  value.storage_ = Storage::kLasting;
  value.payload_.lasting = &lasting;
  return value;
}

Value Value::OfJson(const json::Value& lasting) {
  if (lasting.IsNull()) return Null();
  if (lasting.IsBool()) return Bool(lasting.AsBool());
  if (lasting.IsString()) return TextOf(lasting.AsString());
  Value value;
  value.kind_ = lasting.IsNumber()  ? Kind::kNumber
                : lasting.IsArray() ? Kind::kArray
                                    : Kind::kObject;
  value.storage_ = Storage::kJson;
  value.payload_.json = &lasting;
  return value;
}

Value Value::Array(std::vector<Value> items, std::uint8_t marks) {
  Value value;
  value.kind_ = Kind::kArray;
  value.storage_ = Storage::kShared;
  value.marks_ = marks;
  value.payload_.shared = new ArrayNode(std::move(items));
  Keep(value.payload_.shared);
  return value;
}

Value Value::Object(ObjectNode* object) {
  Value value;
  value.kind_ = Kind::kObject;
  value.storage_ = Storage::kShared;
  value.payload_.shared = object;
  Keep(value.payload_.shared);
  return value;
}

Value Value::Function(FunctionNode* function) {
  Value value;
  value.kind_ = Kind::kFunction;
  value.storage_ = Storage::kShared;
  value.payload_.shared = function;
  Keep(value.payload_.shared);
  return value;
}

Value Value::Function(const Builtin& builtin) {
  Value value;
  value.kind_ = Kind::kFunction;
  value.storage_ = Storage::kBuiltin;
  value.payload_.builtin = &builtin;
  return value;
}

double Value::AsNumber() const {
  return storage_ == Storage::kJson ? ReadNumber(payload_.json->AsNumber().text) : payload_.number;
}

std::string_view Value::AsText() const {
  return IsShared() ? static_cast<const TextNode*>(payload_.shared)->text : *payload_.lasting;
}

std::size_t Value::size() const {
  if (IsArray())
    return IsShared() ? computed_array()->items.size() : payload_.json->AsArray().size();
  return IsShared() ? computed_object()->members.size() : payload_.json->AsObject().size();
}

Value Value::Item(std::size_t index) const {
  return IsShared() ? computed_array()->items[index] : OfJson(payload_.json->AsArray()[index]);
}

std::vector<Value> Value::Items() const {
  if (IsShared()) return computed_array()->items;
  std::vector<Value> items;
  items.reserve(payload_.json->AsArray().size());
  for (const json::Value& item : payload_.json->AsArray()) items.push_back(OfJson(item));
  return items;
}

std::string_view Value::KeyAt(std::size_t index) const {
  if (IsShared()) return computed_object()->members[index].first;
  return payload_.json->AsObject().begin()[static_cast<std::ptrdiff_t>(index)].key;
}

Value Value::MemberAt(std::size_t index) const {
  if (IsShared()) return computed_object()->members[index].second;
  return OfJson(payload_.json->AsObject().begin()[static_cast<std::ptrdiff_t>(index)].value);
}

Value Value::Find(std::string_view key) const {
  if (IsShared()) {
    const Value* found = computed_object()->Find(key);
    return found != nullptr ? *found : Value();
  }
  const json::Value* found = payload_.json->AsObject().Find(key);
  return found != nullptr ? OfJson(*found) : Value();
}

ArrayNode* Value::computed_array() const {
  return IsArray() && IsShared() ? static_cast<ArrayNode*>(payload_.shared) : nullptr;
}
ObjectNode* Value::computed_object() const {
  return IsObject() && IsShared() ? static_cast<ObjectNode*>(payload_.shared) : nullptr;
}
FunctionNode* Value::function() const {
  return IsFunction() && IsShared() ? static_cast<FunctionNode*>(payload_.shared) : nullptr;
}
const Builtin* Value::builtin() const {
  return storage_ == Storage::kBuiltin ? payload_.builtin : nullptr;
}
const json::Value* Value::origin() const {
  return storage_ == Storage::kJson ? payload_.json : nullptr;
}

std::uint32_t Value::Depth() const {
  if (!IsShared()) return 0;
  if (IsArray()) return static_cast<ArrayNode*>(payload_.shared)->depth;
  return IsObject() ? static_cast<ObjectNode*>(payload_.shared)->depth : 0;
}

bool Value::IsSame(const Value& other) const {
  if (kind_ != other.kind_) return false;
  switch (kind_) {
    case Kind::kUndefined:
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return payload_.boolean == other.payload_.boolean;
    case Kind::kNumber:
      return AsNumber() == other.AsNumber();
    case Kind::kText:
      return AsText() == other.AsText();
    default:
      return storage_ == other.storage_ && payload_.shared == other.payload_.shared;
  }
}

namespace {

bool AreEqualArrays(const Value& a, const Value& b, std::uint64_t& steps) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!IsDeepEqual(a.Item(i), b.Item(i), steps)) return false;
  }
  return true;
}

bool AreEqualObjects(const Value& a, const Value& b, std::uint64_t& steps) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Value other = b.Find(a.KeyAt(i));
    if (other.IsUndefined() || !IsDeepEqual(a.MemberAt(i), other, steps)) return false;
  }
  return true;
}

}  // namespace

bool IsDeepEqual(const Value& a, const Value& b, std::uint64_t& steps) {
  if (steps == 0) return false;
  --steps;
  if (a.IsSame(b)) return true;
  if (a.IsArray() && b.IsArray()) return AreEqualArrays(a, b, steps);
  return a.IsObject() && b.IsObject() && AreEqualObjects(a, b, steps);
}

}  // namespace trunkline::cloud::jsonata
