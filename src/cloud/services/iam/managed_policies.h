// Policies that AWS manages ("arn:aws:iam::aws:policy/..."): those that contact centers, their
// functions and pipelines attach. The documents are short forms: they allow the main actions of
// AWS's own on every resource, without its conditions (docs/differences.md).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::iam {

inline constexpr std::string_view kManagedPrefix = "arn:aws:iam::aws:policy/";
// One version of each is known.
inline constexpr std::string_view kManagedVersion = "v1";

struct ManagedPolicy {
  std::string_view name;
  std::string_view path;     // "/", "/service-role/" or "/job-function/"
  std::string_view actions;  // separated by blanks; a statement that allows them on every resource
  std::string_view all_but = {};  // another one that allows everything but these (NotAction)
};

std::span<const ManagedPolicy> AllManagedPolicies();           // by name, in the order of bytes
const ManagedPolicy* FindManagedPolicy(std::string_view arn);  // nullptr: not one we know
std::string ManagedArn(const ManagedPolicy& policy);
std::string ManagedDocument(const ManagedPolicy& policy);

json::Object ToPolicy(Context& context, const ManagedPolicy& policy);
json::Object ToManagedVersion(const ManagedPolicy& policy, bool with_document);

}  // namespace trunkline::cloud::iam
