// The tag operations of services that keep a resource's tags in the body of its record:
// TagResource, UntagResource and ListTagsForResource, alike but for how a resource is found, the
// members' names and what too many tags are called.
#pragma once

#include <cstddef>
#include <string_view>

#include "cloud/context.h"
#include "cloud/errors.h"
#include "cloud/operation.h"

namespace trunkline::cloud {

struct Tagged {
  Scope scope;
  Kind kind;
  Record record;
};

struct TagForm {
  Answer<Tagged> (*find)(Context& context, const json::Object& input);  // what the input names
  ServiceError (*too_many)(const json::Object& input);
  std::size_t most = 50;
  std::string_view list = "Tags";     // the member of input, output and body
  std::string_view key = "Key";       // of a tag
  std::string_view keys = "TagKeys";  // what UntagResource names
};

Answer<> AddTags(Context& context, const json::Object& input, const TagForm& form);
Answer<> TakeTags(Context& context, const json::Object& input, const TagForm& form);
Answer<> ShowTags(Context& context, const json::Object& input, const TagForm& form);

template <const TagForm& form>
Answer<> AddTagsOf(Context& context, const json::Object& input) {
  return AddTags(context, input, form);
}
template <const TagForm& form>
Answer<> TakeTagsOf(Context& context, const json::Object& input) {
  return TakeTags(context, input, form);
}
template <const TagForm& form>
Answer<> ShowTagsOf(Context& context, const json::Object& input) {
  return ShowTags(context, input, form);
}

// The family of a service that has just these three.
template <const TagForm& form>
inline constexpr Operation kTagOperationsOf[] = {
    {.name = "ListTagsForResource", .handle = ShowTagsOf<form>},
    {.name = "TagResource", .handle = AddTagsOf<form>},
    {.name = "UntagResource", .handle = TakeTagsOf<form>},
};

}  // namespace trunkline::cloud
