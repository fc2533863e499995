// What a template's values refer to, and whether it exists.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "cloud/services/cloudformation/template/evaluate.h"

namespace trunkline::cloud::cloudformation {

struct Reference {
  std::string name;            // a resource, parameter or pseudo parameter
  std::string attribute = {};  // of Fn::GetAtt and ${A.B}; empty where it is not known yet
  bool get_attribute = false;
};

// Calls `visit` for each reference within `value`. With a scope, only for branches of Fn::If that
// are taken.
void VisitReferences(const json::Value& value, const Scope* scope,
                     const std::function<void(const Reference&)>& visit);

// Whether all that is referred to exists in the document, whichever way conditions turn out.
Answer<void> CheckReferences(const Template& document);

// The resources of the document whose condition holds, each with those it needs: by DependsOn and
// by references in the branches that are taken. The error names a cycle, or a reference to what is
// not there.
using Dependencies = std::map<std::string, std::set<std::string>, std::less<>>;
Answer<Dependencies> FindDependencies(const Scope& scope);

// "Circular dependency between resources: [A, B]", if there is one.
Answer<void> CheckNoCycle(const Dependencies& dependencies);

}  // namespace trunkline::cloud::cloudformation
