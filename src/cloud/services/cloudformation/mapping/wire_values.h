// Properties as the service's operations say them, and what they answer in a template's words.
//
// Templates are loosely typed (parameters are texts) and differ from the API in the case of names,
// in enumerations ("TOP_RESOLUTION" is TopResolution) and in documents, which are objects in a
// template and texts in most APIs. The model's shape decides what a value becomes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/cloudformation/mapping/mapping.h"

namespace trunkline::cloud::cloudformation {

// The vocabulary of a type.
struct Vocabulary {
  std::span<const Name> names;
  bool ids_of_arns = false;
};

// The member that a property or key means, or null.
const aws::MemberRow* FindMember(const aws::Shape& shape, std::string_view word,
                                 const Vocabulary& vocabulary);

// The value as the member's shape wants it. The error says what is wrong as CloudFormation's own
// validation does, with the place: "#/Code/Foo: extraneous key [Foo] is not permitted".
Answer<json::Value> ToWire(const aws::Shape& shape, const json::Value& value,
                           const Vocabulary& vocabulary, const std::string& place);

// The same for a member: with ids_of_arns, what is called "...Id" or "...Ids" takes ids only.
Answer<json::Value> ToMember(const aws::MemberRow& member, const json::Value& value,
                             const Vocabulary& vocabulary, const std::string& place);

// What was answered, in the words of what was wanted: equal to `expected` when it means the same.
// Members nobody asked for are left out; a null `expected` takes all of it.
json::Value FromWire(const json::Value* expected, const json::Value& actual,
                     const Vocabulary& vocabulary);

// Tags in any of the forms templates and APIs use, as {key: value}.
json::Object ReadTags(const json::Value& tags);
// Tags in the form that the shape has: a map, or a list of Key and Value, TagKey and TagValue.
json::Value WriteTags(const aws::Shape& shape, const json::Object& tags);

// "Properties validation failed ..." with the places named.
ServiceError InvalidProperties(std::string_view place, std::string_view what);

// The value at "A.b", names without regard to case; null when there is none.
const json::Value* FindPath(const json::Object& object, std::string_view path);
const json::Value* FindIgnoringCase(const json::Object& object, std::string_view key);

}  // namespace trunkline::cloud::cloudformation
