// ExpressionAttributeNames and ExpressionAttributeValues of one request: checked, normalized, and
// watched for being used. Owns the values that parsed expressions point at.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::dynamodb {

class Placeholders {
 public:
  // `expressions` names the parameters that may have expressions: "FilterExpression". The members
  // of `input` that are there without any expression are an error.
  static Answer<Placeholders> Read(const json::Object& input,
                                   const std::vector<std::string_view>& expressions);

  // Null: not defined.
  const std::string* Name(std::string_view placeholder);
  const json::Value* Value(std::string_view placeholder);
  // Keeps a value that expressions are made of without a placeholder.
  const json::Value* Own(json::Value value);

  // An error when something was given that no expression used.
  Answer<void> CheckAllUsed() const;

 private:
  Answer<void> ReadNames(const json::Object& input);
  Answer<void> ReadValues(const json::Object& input);

  json::Object names_;
  json::Object values_;
  std::set<std::string, std::less<>> used_;
  std::vector<std::unique_ptr<const json::Value>> owned_;
};

}  // namespace trunkline::cloud::dynamodb
