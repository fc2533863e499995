#include "base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

namespace trunkline::json {
namespace {

constexpr std::size_t kLinear = 16;
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

}  // namespace

// Positions by the hash of the key: keys move when the vector grows, hashes do not.
struct Object::Index {
  std::unordered_multimap<std::size_t, std::size_t> positions;

  void Add(std::string_view key, std::size_t position) {
    positions.emplace(std::hash<std::string_view>()(key), position);
  }
};

Object::Object() = default;
Object::Object(std::initializer_list<Member> members) {
  members_.reserve(members.size());
  for (const Member& member : members) Set(member.key, member.value);
}
Object::Object(const Object& other)
    : members_(other.members_),
      index_(other.index_ ? std::make_unique<Index>(*other.index_) : nullptr) {}
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object& other) {
  if (this != &other) *this = Object(other);
  return *this;
}
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

std::size_t Object::IndexOf(std::string_view key) const {
  if (index_) {
    const auto [begin, end] = index_->positions.equal_range(std::hash<std::string_view>()(key));
    for (auto it = begin; it != end; ++it) {
      if (members_[it->second].key == key) return it->second;
    }
    return kNowhere;
  }
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (members_[i].key == key) return i;
  }
  return kNowhere;
}

const Value* Object::Find(std::string_view key) const {
  const std::size_t at = IndexOf(key);
  return at == kNowhere ? nullptr : &members_[at].value;
}

Value* Object::Find(std::string_view key) {
  const std::size_t at = IndexOf(key);
  return at == kNowhere ? nullptr : &members_[at].value;
}

const Value& Object::At(std::string_view key) const {
  const Value* value = Find(key);
  if (value == nullptr) throw std::out_of_range("no member '" + std::string(key) + "'");
  return *value;
}

std::string_view Object::GetString(std::string_view key, std::string_view fallback) const {
  const Value* value = Find(key);
  return value != nullptr && value->IsString() ? std::string_view(value->AsString()) : fallback;
}

std::int64_t Object::GetInt(std::string_view key, std::int64_t fallback) const {
  const Value* value = Find(key);
  return value != nullptr && value->IsNumber() ? value->AsInt() : fallback;
}

double Object::GetDouble(std::string_view key, double fallback) const {
  const Value* value = Find(key);
  return value != nullptr && value->IsNumber() ? value->AsDouble() : fallback;
}

bool Object::GetBool(std::string_view key, bool fallback) const {
  const Value* value = Find(key);
  return value != nullptr && value->IsBool() ? value->AsBool() : fallback;
}

const Object& Object::GetObject(std::string_view key) const {
  static const Object kEmpty;
  const Value* value = Find(key);
  return value != nullptr && value->IsObject() ? value->AsObject() : kEmpty;
}

const Array& Object::GetArray(std::string_view key) const {
  static const Array kEmpty;
  const Value* value = Find(key);
  return value != nullptr && value->IsArray() ? value->AsArray() : kEmpty;
}

Value& Object::operator[](std::string_view key) {
  const std::size_t at = IndexOf(key);
  if (at != kNowhere) return members_[at].value;
  Append({.key = std::string(key), .value = {}});
  return members_.back().value;
}

Value& Object::Set(std::string_view key, Value value) {
  Value& slot = (*this)[key];
  slot = std::move(value);
  return slot;
}

void Object::SetIfNotEmpty(std::string_view key, std::string_view text) {
  if (!text.empty()) Set(key, text);
}

bool Object::Remove(std::string_view key) {
  const std::size_t at = IndexOf(key);
  if (at == kNowhere) return false;
  members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(at));
  if (index_) {
    index_->positions.clear();
    for (std::size_t i = 0; i < members_.size(); ++i) index_->Add(members_[i].key, i);
  }
  return true;
}

bool Object::Append(Member member) {
  Value* const slot = Add(std::move(member.key), member.key_offset);
  if (slot != nullptr) *slot = std::move(member.value);
  return slot != nullptr;
}

Value* Object::Add(std::string&& key, std::uint32_t key_offset) {
  if (IndexOf(key) != kNowhere) return nullptr;
  constexpr std::size_t kUsual =
      4;  // members of most objects; saves growing from one to two to four
  if (members_.capacity() == 0) members_.reserve(kUsual);
  members_.push_back({.key = std::move(key), .value = {}, .key_offset = key_offset});
  if (index_) {
    index_->Add(members_.back().key, members_.size() - 1);
  } else if (members_.size() > kLinear) {
    index_ = std::make_unique<Index>();
    for (std::size_t i = 0; i < members_.size(); ++i) index_->Add(members_[i].key, i);
  }
  return &members_.back().value;
}

bool Object::empty() const {
  return members_.empty();
}
std::size_t Object::size() const {
  return members_.size();
}
std::vector<Member>::const_iterator Object::begin() const {
  return members_.begin();
}
std::vector<Member>::const_iterator Object::end() const {
  return members_.end();
}
std::vector<Member>::iterator Object::begin() {
  return members_.begin();
}
std::vector<Member>::iterator Object::end() {
  return members_.end();
}

bool Object::operator==(const Object& other) const {
  if (size() != other.size()) return false;
  return std::all_of(begin(), end(), [&](const Member& member) {
    const Value* value = other.Find(member.key);
    return value != nullptr && *value == member.value;
  });
}

Value::Value() noexcept = default;
Value::Value(std::nullptr_t) noexcept {}
Value::Value(bool value) noexcept : data_(value) {}
Value::Value(Number value) noexcept : data_(std::move(value)) {}
Value::Value(std::string value) noexcept : data_(std::move(value)) {}
Value::Value(std::string_view value) : data_(std::string(value)) {}
Value::Value(const char* value) : data_(std::string(value)) {}
Value::Value(Array value) noexcept : data_(std::move(value)) {}
Value::Value(Object value) noexcept : data_(std::move(value)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

std::string& Value::BecomeString() {
  return data_.emplace<std::string>();
}

Array& Value::BecomeArray() {
  return data_.emplace<Array>();
}

Object& Value::BecomeObject() {
  return data_.emplace<Object>();
}

Number Value::NumberOf(long long value) {
  return {std::to_string(value)};
}

Number Value::NumberOf(unsigned long long value) {
  return {std::to_string(value)};
}

Value::Value(double value) {
  if (!std::isfinite(value)) throw std::invalid_argument("JSON has no NaN and no infinity");
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  data_ = Number{std::string(buffer.data(), result.ptr)};
}

std::string_view Value::TypeName() const {
  constexpr std::string_view kNames[] = {"null",     "a boolean", "a number",
                                         "a string", "an array",  "an object"};
  return kNames[data_.index()];
}

double Value::AsDouble() const {
  const std::string& text = AsNumber().text;
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t Value::AsInt() const {
  const std::string& text = AsNumber().text;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  constexpr double kLimit = 9.2e18;
  return static_cast<std::int64_t>(std::clamp(AsDouble(), -kLimit, kLimit));
}

bool Value::operator==(const Value& other) const {
  if (IsNumber() && other.IsNumber()) {
    return AsNumber() == other.AsNumber() || AsDouble() == other.AsDouble();
  }
  return data_ == other.data_;
}

}  // namespace trunkline::json
