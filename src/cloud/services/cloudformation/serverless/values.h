// Values of parameters and mappings that the transform looks at itself: where a name or a hash is
// made of them. Everything else stays a function for the engine.
#pragma once

#include "base/json.h"

namespace trunkline::cloud::cloudformation::serverless {

class Values {
 public:
  Values(json::Object parameters, json::Object mappings);

  // Ref and Fn::Sub of parameters replaced by their values, all through.
  json::Value Resolve(json::Value value) const;
  // The same, and Fn::FindInMap.
  json::Value ResolveMapped(json::Value value) const;

 private:
  json::Value ResolveSub(json::Value argument) const;
  json::Value FindInMap(const json::Value& call) const;

  json::Object parameters_;
  json::Object mappings_;
};

}  // namespace trunkline::cloud::cloudformation::serverless
