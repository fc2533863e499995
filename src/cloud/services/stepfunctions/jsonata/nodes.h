// What computed values share: texts, arrays and objects.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

struct TextNode final : Counted {
  explicit TextNode(std::string value) : text(std::move(value)) {}
  std::string text;
};

struct ArrayNode final : Counted {
  explicit ArrayNode(std::vector<Value> values);
  std::vector<Value> items;
  std::uint32_t depth = 1;
};

// Members in the order they were set; looked up by hash when there are many.
struct ObjectNode final : Counted {
  Value* Find(std::string_view key);
  void Set(std::string_view key, Value value);  // undefined values are kept, as members
  void Remove(std::string_view key);

  std::vector<std::pair<std::string, Value>> members;
  std::uint32_t depth = 1;

 private:
  std::size_t IndexOf(std::string_view key) const;

  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace trunkline::cloud::jsonata
