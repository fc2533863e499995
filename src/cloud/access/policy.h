// Policy: a policy document read once, in the form in which it is asked again and again.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::access {

// Whom a statement of a resource's policy is about.
struct Principals {
  bool others = false;  // NotPrincipal: everybody but these
  bool everybody = false;
  std::vector<std::string> aws;
  std::vector<std::string> services;
};

struct Statement {
  std::string name;  // "statement 'Sid'" or "statement 2": for explanations
  bool denies = false;
  bool other_actions = false;        // NotAction
  std::vector<std::string> actions;  // in lower case
  bool has_resources = false;        // a trust policy's have none, and mean the role
  bool other_resources = false;      // NotResource
  std::vector<std::string> resources;
  std::optional<Principals> principals;
  json::Object condition;
  std::size_t offset = 0;  // where it begins in the text
};

struct Policy {
  std::string text;
  bool variables = false;  // Version 2012-10-17
  std::vector<Statement> statements;
};

// A text that is no policy has no statements.
std::shared_ptr<const Policy> ReadPolicy(std::string_view text);

// The policies of a running cloud by their texts: the same few decide on every call.
class PolicyCache {
 public:
  std::shared_ptr<const Policy> Read(std::string_view text);

 private:
  // Both are bounds: more is forgotten, all at once.
  static constexpr std::size_t kMaxPolicies = 1024;
  static constexpr std::size_t kMaxSize = 8 << 20;  // characters of all texts

  // Keys lie in the policies themselves.
  std::unordered_map<std::string_view, std::shared_ptr<const Policy>> policies_;
  std::size_t size_ = 0;
};

}  // namespace trunkline::cloud::access
