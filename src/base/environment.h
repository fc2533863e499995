// Environment variables, passed in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace trunkline {

class Environment {
 public:
  virtual ~Environment() = default;
  virtual std::optional<std::string> Get(std::string_view name) const = 0;
  std::string GetOr(std::string_view name, std::string_view fallback) const {
    return Get(name).value_or(std::string(fallback));
  }
};

class SystemEnvironment final : public Environment {
 public:
  std::optional<std::string> Get(std::string_view name) const override;
};

class MapEnvironment final : public Environment {
 public:
  MapEnvironment() = default;
  explicit MapEnvironment(std::map<std::string, std::string> values) : values_(std::move(values)) {}
  MapEnvironment(std::initializer_list<std::pair<const std::string, std::string>> values)
      : values_(values) {}
  std::optional<std::string> Get(std::string_view name) const override;

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace trunkline
