// How functions stand in the store, and how callers name them.
//
//   function  id = name             body: Configuration (as the wire has it), CodeId, Unpacked
//                                   (bytes), Build, Tags, Policies, Published, Reserved,
//                                   NextVersion
//   version   id = name:number      parent = name; body: Configuration, CodeId, Unpacked, Build
//   alias     id = name:alias       parent = name; body: as the wire has it
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

inline constexpr Kind kFunction{"lambda", "function"};
inline constexpr Kind kVersion{"lambda", "version"};
inline constexpr Kind kAlias{"lambda", "alias"};
inline constexpr std::string_view kLatest = "$LATEST";

// A function as a caller names it: a name, "account:function:name", or an ARN, each with an
// optional qualifier, and the Qualifier member.
struct Name {
  std::string function;
  std::string qualifier;  // empty: none was given
};

// Errors: InvalidParameterValueException, ResourceNotFoundException for another account or Region.
Answer<Name> ReadName(const Context& context, const json::Object& input);

std::string FunctionArn(const Context& context, std::string_view name,
                        std::string_view qualifier = {});

// Lambda's own form of a time: milliseconds and a numeric zone.
std::string WireTime(TimePoint time);

// The function's record, or ResourceNotFoundException. Valid until the kind is written.
Answer<const Record*> FindFunction(Context& context, std::string_view name);

// An alias's or version's permissions go with it: one of the same name starts with none.
void DropPolicy(Context& context, const Name& name);

// What a qualifier stands for: the configuration and code of $LATEST, a version, or an alias's
// version.
struct Resolved {
  json::Object configuration;
  std::string code_id;
  std::string version;  // "$LATEST", "3"
  std::string build;    // another one whenever code or configuration changed
};
std::string BuildOf(const Record& record);
Answer<Resolved> Resolve(Context& context, const Name& name);

}  // namespace trunkline::cloud::lambda
