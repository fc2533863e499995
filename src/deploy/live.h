// Live: what is there, in one account and Region, as far as a delivery needs to know.
//
// It is read with the fewest calls the API allows (search pages with tags, not a describe per
// resource), and kept up to date while changes are applied, so that later changes find the ids of
// earlier ones.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "deploy/target.h"
#include "flow/symbols.h"

namespace trunkline::deploy {

// What Trunkline manages carries these tags.
inline constexpr std::string_view kManagedTag = "trunkline:managed";
inline constexpr std::string_view kHashTag = "trunkline:sha256";  // of what was applied
inline constexpr std::string_view kContentTag =
    "trunkline:content";  // the service's own hash of it, where it has one
inline constexpr std::string_view kOwnTagsTag =
    "trunkline:tags";  // the keys of the user's tags that were put: only these may be taken away
inline constexpr std::string_view kStackTag = "aws:cloudformation:stack-name";

struct LiveResource {
  std::string id;
  std::string arn;
  std::map<std::string, std::string> tags;
  json::Object body;  // what the listing said

  std::string Tag(std::string_view name) const;
  // Carries exactly these of the user's tags. Tags that others put do not matter.
  bool HasTags(const center::Tags& wanted) const;
  // The keys of tags that an earlier delivery put and that are not wanted any more.
  std::vector<std::string> TagsToRemove(const center::Tags& wanted) const;
  // Carries CloudFormation's tag: it is read as a source of symbols and never changed.
  bool OwnedByStack() const { return tags.count(std::string(kStackTag)) > 0; }
};

struct Live {
  // kind ("queue", "flow", ...) -> name -> resource.
  std::map<std::string, std::map<std::string, LiveResource>, std::less<>> resources;

  const LiveResource* Find(std::string_view kind, std::string_view name) const;
  LiveResource& Put(std::string_view kind, const std::string& name, LiveResource resource);

  const LiveResource* instance() const;  // nullptr: there is none yet
  std::string InstanceId() const;
  // What is in an instance can be read and changed only when it is ACTIVE.
  bool HasActiveInstance() const;
};

// The value of kOwnTagsTag: the keys, apart by blanks. Empty for no tags. A value of a tag ends at 256
// characters (documented for Connect): keys beyond it are left out, and stay when they are removed.
std::string RecordOfTags(const center::Tags& own);

// {"a": "b"} -> a=b; what is not a string is left out.
std::map<std::string, std::string> ReadTags(const json::Object& tags);

// Everything a flow may refer to, by its portable name. Functions that the center declares are in
// it before they exist: their ARNs are known.
flow::SymbolTable Symbols(const Target& target, const Live& live);

}  // namespace trunkline::deploy
