// Tags of both kinds of APIs, their stages, and of domain names, usage plans and API keys: all are
// named by "arn:aws:apigateway:<region>::/restapis/<id>" and the like, and either service takes
// any.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::execute_api {

// NotFoundException: there is nothing of this name that has tags.
Answer<json::Object> TagsOf(Context& context, std::string_view arn);
Answer<void> AddTags(Context& context, std::string_view arn, const json::Object& tags);
Answer<void> TakeTags(Context& context, std::string_view arn, const json::Array& keys);

// Whether keys and values have a form that AWS takes; their number too.
Answer<void> CheckTags(const json::Object& tags);

}  // namespace trunkline::cloud::execute_api
