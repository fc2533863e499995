// Following pages: where an answer says that there are more, and how to ask for them.
#pragma once

#include <string_view>

#include "aws/model.h"
#include "base/json.h"

namespace trunkline::aws {

// A value by a path as the published models write it: "Contents[-1].Key"; alternatives are
// separated by "||".
const json::Value* FindByPath(const json::Object& object, std::string_view path);

// Sets the tokens of the next page in `input`; false when `output` is the last page. An answer that
// repeats the token it was asked with is the last one too (logs:GetLogEvents).
bool NextPage(const Page& page, const json::Object& output, json::Object& input);

// Appends the page's lists to the first answer's.
void JoinPage(const Page& page, json::Object& first, const json::Object& page_output);

}  // namespace trunkline::aws
